"""That a brief went out, and with which figures, as an input of the log it was made from: so that it can be corrected later."""

from pathlib import Path

from bongsu.adapters.publish.brief import Brief
from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.geo.tables import Tables
from bongsu.log.writer import LogWriter
from bongsu.messages.inputs import OperatorAct
from bongsu.run.core import Core, settings_from

BUSY_NS = 10 * NS_PER_S  # a node enters a tick a second: a log this fresh has a writer


def record_issue(path: Path, told: Brief, user: str, tables: Tables, now_ns: int) -> None:
    """Append that `user` published this brief, with the ids of all it rests on. Raises BadInput while a node writes the log."""
    log = LogWriter(path)
    refuse_while_written(log, path, now_ns)
    said = [told.headline, *(sentence for section in told.sections for sentence in section.sentences)]
    act = OperatorAct(
        valid_ns=now_ns, user=user, verb="publish", target_id=f"{told.title} ({told.lang})", text=told.headline.text,
        carries=tuple(dict.fromkeys(i for sentence in said for i in sentence.rests_on)),
    )  # fmt: skip
    with Core(log, settings_from(log.manifest), tables) as core:
        core.take([(now_ns, act)])


def refuse_while_written(log: LogWriter, path: Path, now_ns: int) -> None:
    """Raises BadInput, and closes the log, if its last record is so fresh that a node writes it."""
    if abs(now_ns - log.known_ns) < BUSY_NS:
        log.close()
        raise BadInput(
            str(path), "a log that a node is writing to", "a log without a writer",
            "Ask the node, or stop it first; a second writer would end it.",
        )  # fmt: skip
