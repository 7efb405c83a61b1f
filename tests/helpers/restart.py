"""What a node would be after starting again on a log."""

from pathlib import Path

from tests.helpers.flights import tables

from bongsu.log.writer import LogWriter
from bongsu.run.core import Core, settings_from


def state_after_restart(path: Path) -> str:
    """The state hash of a core that resumes on `path`: newest checkpoint and the inputs after it."""
    log = LogWriter(path)
    core = Core(log, settings_from(log.manifest), tables())
    found = core.state_hash()
    log.close()  # no checkpoint: the next restart has the same tail to fold
    return found
