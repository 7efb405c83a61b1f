"""What is written reads back as the same message; what could not, or breaks a rule, is not written."""

import msgspec
import pytest
from hypothesis import given
from tests.helpers.cap import SENDER, alerts, bulletin, texts

from bongsu.adapters.publish.cap.alert import Alert
from bongsu.adapters.publish.cap.compose import compose
from bongsu.adapters.publish.cap.read import read
from bongsu.adapters.publish.cap.write import write
from bongsu.errors import BadInput

ALERT = compose(bulletin(), texts(), SENDER)


def lawful(alert: Alert) -> Alert:
    """The same message with references and times that contradict nothing."""
    mentions = tuple({m.identifier: m for m in alert.references if m.identifier != alert.identifier}.values())
    mentions = tuple(msgspec.structs.replace(m, sent=alert.sent) for m in mentions)
    infos = tuple(msgspec.structs.replace(i, effective="", expires="") for i in alert.infos)
    return msgspec.structs.replace(
        alert,
        references=mentions,
        msg_type="Update" if mentions else "Alert",
        infos=infos,
        restriction="x",
        addresses="y",
    )


@given(alerts())
def test_what_is_written_reads_back_as_the_same_message(alert):
    alert = lawful(alert)
    assert read(write(alert)) == alert


@given(alerts())
def test_every_message_is_written_or_refused_with_one_clear_error(alert):
    try:
        body = write(alert)
    except BadInput:
        return
    assert read(body) == alert


def test_the_same_message_is_always_the_same_bytes():
    again = compose(bulletin(), texts(), SENDER)
    assert write(again) == write(ALERT)


@pytest.mark.parametrize(
    "change",
    [
        {"identifier": "a b"},
        {"identifier": "a,b"},
        {"sender": ""},
        {"sent": "2025-11-07T03:30:00Z"},
        {"sent": "2025-02-30T03:30:00+09:00"},
        {"sent": "2025-11-07T03:30:00"},
        {"sent": "2025-11-07T03:30:60+09:00"},
        {"sent": "2025-11-07T03:30:00+25:00"},
        {"status": "actual"},
        {"msg_type": "Warn"},
        {"scope": "Everybody"},
        {"scope": "Restricted"},
        {"scope": "Private"},
        {"note": "bell \x07"},
        {"note": "line\r"},
        {"note": " outer"},
        {"msg_type": "Cancel"},
        {"n_signatures": 1},
    ],
)
def test_what_would_be_refused_on_receipt_is_not_written(change):
    with pytest.raises(BadInput):
        write(msgspec.structs.replace(ALERT, **change))


def test_a_message_too_large_for_receivers_is_not_written():
    with pytest.raises(BadInput, match="bytes"):
        write(msgspec.structs.replace(ALERT, note="x" * 300_000))


def test_a_polygon_that_is_open_or_off_the_earth_is_not_written():
    info, area = ALERT.infos[0], ALERT.infos[0].areas[0]
    for ring in (((1.0, 2.0), (3.0, 4.0), (5.0, 6.0), (7.0, 8.0)), ((91.0, 0.0),) * 4, ((float("nan"), 0.0),) * 4):
        broken = msgspec.structs.replace(info, areas=(msgspec.structs.replace(area, polygons=(ring,)),))
        with pytest.raises(BadInput, match="polygon"):
            write(msgspec.structs.replace(ALERT, infos=(broken,)))
