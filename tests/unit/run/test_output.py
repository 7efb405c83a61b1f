"""How the shell says what was found."""

import io
import json

from tests.helpers.records import T0_NS, small_log, tick
from tests.unit.log.test_reader import change

from bongsu.log.verify import verify
from bongsu.messages import codec
from bongsu.messages.assessment import LaunchEvent
from bongsu.messages.tracking import PlotsRejected
from bongsu.messages.warning import AllClear, WarningCancelled, WarningProposed, WarningUpdated
from bongsu.run.output import Announcer, JsonLines, verification_json, verification_lines

REJECTED = PlotsRejected(id="1.0", cause=1, known_ns=1, sensor_id="a", valid_ns=1, reason="gate", n=2)
WARNING = {"warning_id": "W000001", "event_id": "E000001", "valid_ns": 1, "areas": ("jpn-land",), "reason": "because"}
LIVE = WARNING | {"certainty": "Likely", "hazard": "fall"}


def test_findings_are_written_as_their_canonical_bytes_one_a_line():
    out = io.BytesIO()
    JsonLines(out)(1, 1, tick(0)[1], [REJECTED, REJECTED])
    assert out.getvalue() == (codec.encode(REJECTED) + b"\n") * 2


def test_a_cause_without_findings_writes_nothing():
    out = io.BytesIO()
    JsonLines(out)(1, 1, tick(0)[1], [])
    assert out.getvalue() == b""


def test_launches_and_warnings_are_announced_with_their_ids_and_reasons_and_nothing_else_is():
    said = []
    event = LaunchEvent(
        event_id="E000001", revision=1, state="suspected", valid_ns=1, track_ids=(), detection_ids=(), principles=(),
        reason="two looks",
    )  # fmt: skip
    found = [
        event,
        WarningProposed(**LIVE),
        WarningUpdated(**LIVE),
        WarningCancelled(**WARNING),
        AllClear(**WARNING),
        REJECTED,
    ]
    Announcer(said.append)(1, T0_NS, tick(0)[1], found)
    assert len(said) == 5
    assert "launch E000001 suspected: two looks" in said[0]
    assert [
        word in text for word, text in zip(("proposed", "updated", "cancelled", "all clear"), said[1:], strict=True)
    ]


def test_a_verification_says_intact_or_what_is_wrong(tmp_path):
    path = small_log(tmp_path / "a.log")
    assert list(verification_lines(verify(path)))[-1] == "intact"
    assert json.loads(verification_json(verify(path)))["is_intact"]
    change(path, "DELETE FROM inputs WHERE seq = 2")
    assert any(line.startswith("PROBLEM") for line in verification_lines(verify(path)))
    assert not json.loads(verification_json(verify(path)))["is_intact"]
