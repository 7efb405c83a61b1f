"""The main job on its embedded default: what it writes, what it says, and that each radar's figure is its own chain's."""

import json
import re
import runpy
from pathlib import Path

import pytest
from msgspec import UNSET

from bongsu.adapters.publish.gather import Gathered
from bongsu.adapters.publish.of_log import brief_of, frame_of
from bongsu.log.reader import LogReader
from bongsu.messages.inputs import Scan
from bongsu.run import demo
from bongsu.run.core import Sink, open_core, settings_from
from bongsu.run.tables import load_tables

ROOT = Path(__file__).parents[2]
MARK = "EXERCISE - EXERCISE - EXERCISE"


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """One demo for all tests of this file, and what it printed."""
    said = []
    done = demo.demo("2025-11-07", onlooker=demo.Quiet(said.append), out=tmp_path_factory.mktemp("out"))
    return done, "\n".join(said)


def test_it_writes_the_log_and_three_briefs_and_names_them(shown):
    done, said = shown
    assert [p.name for p in done.files] == ["log.bongsu", "brief.html", "brief.txt", "brief.geojson"]
    assert all(p.stat().st_size > 1000 and str(p) in said for p in done.files)


def test_everything_it_writes_and_says_is_marked_as_an_exercise(shown):
    done, said = shown
    page, text, places = (p.read_text() for p in done.files[1:])
    for plain in (said, text):
        lines = plain.strip().split("\n")
        assert lines[0].startswith(MARK) and lines[-1].startswith(MARK)
    assert page.count(f'role="note">{MARK}') == 2
    found = json.loads(places)
    assert found["mode"] == "exercise" and all(f["properties"]["mode"] == "exercise" for f in found["features"])


def test_the_launch_is_told_from_lift_off_to_impact(shown):
    a = shown[0].account
    assert a.event is not UNSET and a.event.state in ("confirmed", "over")
    assert all(part is not UNSET for part in (a.detection, a.point, a.flight, a.apogee, a.impact, a.classification))
    whats = [f["properties"]["what"] for f in json.loads(shown[0].files[3].read_bytes())["features"]]
    assert whats.count("impact region") == 2 and "launch point region" in whats and "track" in whats


def test_the_page_asks_nothing_of_the_network(shown):
    page = shown[0].files[1].read_text()
    assert not re.search(r"(src|href)=\"(?!#)|url\(|@import|<script", page)
    assert "default-src 'none'" in page


def test_published_figures_stand_beside_those_of_every_radar(shown):
    _, said = shown
    assert "about 700 km" in said and "about 450 km" in said and "about 50 km" in said
    assert "kor-east alone" in said and "jpn-west alone" in said
    assert "one possible mechanism" in said


def without_ids(finding):
    """A finding without what depends on the other inputs of its log."""
    names = [n for n in finding.__struct_fields__ if n not in ("id", "cause", "rests_on", "label", "supersedes")]
    return {name: getattr(finding, name) for name in names}


def test_the_figure_of_one_radar_is_that_of_a_log_that_never_heard_another(shown, tmp_path):
    done, _ = shown
    solo = {s.sensor_id: s for s in done.account.solo}
    assert sorted(solo) == ["jpn-west", "kor-east"]
    with LogReader(done.files[0]) as log:
        settings, frame = settings_from(log.manifest), frame_of(log.manifest, load_tables())
        inputs = [
            (r.known_ns, r.message)
            for r in log.inputs()
            if not isinstance(r.message, Scan) or r.message.sensor_id == "jpn-west"
        ]
    heard = Gathered(frame)
    with open_core(tmp_path / "far.bongsu", settings, load_tables(), mode="test", sinks=[Sink(heard.take)]) as core:
        for item in inputs:
            core.take([item])
    alone, again = solo["jpn-west"], heard.account()
    for name in ("flight", "impact", "apogee"):
        one, other = getattr(alone, name), getattr(again, name)
        assert (one is UNSET) == (other is UNSET)
        if one is not UNSET:
            assert without_ids(one) == without_ids(other), name


def test_the_brief_of_the_log_tells_the_same_story(shown):
    done, _ = shown
    told = brief_of(done.files[0], tables=load_tables())
    headline = demo.brief.compose(done.account).headline.text
    assert " ".join(headline.split()) in " ".join(told.split())
    assert json.loads(brief_of(done.files[0], form="json"))["brief"]["mode"] == "exercise"


@pytest.mark.parametrize("example", sorted(p.name for p in (ROOT / "examples").glob("*.py")))
def test_every_example_runs_as_printed(example, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    runpy.run_path(str(ROOT / "examples" / example), run_name="__main__")
    assert capsys.readouterr().out
