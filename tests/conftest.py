"""What all tests share: the Hypothesis profile and the one door to data that may not be shipped."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)  # the first compile is slow; repeat exactly
settings.load_profile("house")

_ROOT = Path(__file__).parent.parent
_skipped_for_data: list[str] = []


@pytest.fixture
def shared_data(request: pytest.FixtureRequest) -> Path:
    """The folder of real data ($BONGSU_SHARED_DATA, else ../shared/data beside the project); skips, counted, where absent."""
    folder = Path(os.environ.get("BONGSU_SHARED_DATA") or _ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        _skipped_for_data.append(request.node.nodeid)
        pytest.skip(f"real data not found at {folder}: set BONGSU_SHARED_DATA to run this test")
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly how many tests went unrun for want of the data."""
    if _skipped_for_data:
        terminalreporter.section("real data absent")
        terminalreporter.line(f"{len(_skipped_for_data)} tests skipped: no acceptance figure may come from this run")
