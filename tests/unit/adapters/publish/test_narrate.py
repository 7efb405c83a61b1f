"""Told line by line, a log says each material change once, and nothing else."""

import re

from msgspec import structs
from tests.helpers import synthetic as syn

from bongsu.adapters.publish.gather import Gathered
from bongsu.adapters.publish.narrate import Narrator


def told(**kinds):
    heard, narrator, lines = Gathered(syn.FRAME), Narrator(), []
    for record in syn.records(**kinds):
        heard.take(*record)
        lines += narrator.lines(heard.account(), heard.now_ns)
    return lines


def test_lines_are_plain_and_stamped():
    for line in told():
        assert re.fullmatch(r"\d\d:\d\d:\d\d UTC  [^\x00-\x1f]+", line)


def test_a_flight_of_a_hundred_forecasts_is_told_in_few_lines():
    lines = told()
    assert 10 <= len(lines) <= 40


def test_state_and_phase_are_told_when_they_change():
    lines = "\n".join(told())
    assert lines.count("SUSPECTED LAUNCH") == lines.count("LAUNCH CONFIRMED") == 1
    assert lines.count("phase: boost") == lines.count("phase: coast") == 1


def test_a_figure_is_told_again_only_when_it_moved_or_is_known_twice_as_well():
    heard, narrator = Gathered(syn.FRAME), Narrator()
    for record in syn.records():
        heard.take(*record)
    a = heard.account()
    narrator.lines(a, a.now_ns)
    assert not [line for line in narrator.lines(a, a.now_ns) if "range" in line]
    nudged = structs.replace(a, flight=structs.replace(a.flight, range_m=a.flight.range_m + 1000.0))
    assert not [line for line in narrator.lines(nudged, a.now_ns) if "range" in line]
    moved = structs.replace(a, flight=structs.replace(a.flight, range_m=a.flight.range_m + 60_000.0))
    assert [line for line in narrator.lines(moved, a.now_ns) if "range 750" in line]


def test_every_word_on_a_warning_is_told_once():
    lines = [line for line in told() if "WARNING" in line]
    assert len(lines) == 2 and "proposed" in lines[0] and "updated" in lines[1]


def test_a_sensor_that_falls_silent_is_told_and_one_that_never_spoke_is_not():
    lines = [line for line in told() if "  sensor " in line]
    assert any("ir-105e" in line and "SILENT" in line for line in lines)
    assert not any("jpn-west" in line for line in lines)
