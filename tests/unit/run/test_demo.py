"""The main job finds its scenario, starts clean, keeps the pace it is asked for, and records an acknowledgement as an act."""

import sqlite3
from pathlib import Path

import pytest
from msgspec import UNSET

from bongsu.adapters.publish.account import Account
from bongsu.errors import BadInput
from bongsu.log.reader import LogReader
from bongsu.messages.inputs import OperatorAct, Tick
from bongsu.models.settings import Settings
from bongsu.run import demo
from bongsu.run.tables import load_tables
from bongsu.sim.scenario import Published

S = 1_000_000_000
T0_NS = 1_762_486_500 * S
TICKS = tuple((T0_NS + k * S, Tick(valid_ns=T0_NS + k * S)) for k in range(10))


class Watching(demo.Quiet):
    """Nobody, but at a pace, and with one key pressed."""

    def __init__(self, is_live=True, presses=()):
        super().__init__(lambda text: None)
        self.is_live, self.rested_s, self.presses, self.n_stopped = is_live, [], list(presses), 0

    def rest(self, seconds):
        self.rested_s.append(seconds)

    def acknowledged(self):
        return self.presses.pop() if self.presses else ""

    def stop(self):
        self.n_stopped += 1


def job(inputs=TICKS, mode="exercise"):
    return demo.Job("ticks", "Ten ticks", mode, Settings(), inputs)


def test_a_scenario_is_found_by_name_and_by_path():
    by_name = demo.find_scenario("2025-11-07")
    assert demo.find_scenario(str(by_name)) == by_name


def test_an_unknown_scenario_is_refused_with_the_known_ones_named():
    with pytest.raises(BadInput, match="2025-11-07"):
        demo.find_scenario("2025-13-32")


def test_a_new_demo_takes_away_what_the_last_one_wrote_and_nothing_else(tmp_path):
    names = ("log.bongsu", "log.bongsu-wal", "brief.html", "notes.txt")
    for name in names:
        (tmp_path / name).write_text("old")
    assert demo.fresh_log(tmp_path) == tmp_path / "log.bongsu"
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_without_a_speed_a_watched_log_lasts_half_a_minute_and_an_unwatched_one_does_not_wait():
    long = tuple((T0_NS + k * 60 * S, Tick(valid_ns=T0_NS + k * 60 * S)) for k in range(11))  # ten minutes
    watching = Watching()
    pace = demo._pace(long, 0.0, watching)
    pace(long[0][0])
    pace(long[-1][0])
    assert sum(watching.rested_s) == pytest.approx(demo.SHOW_S, abs=1.0)
    unwatched = Watching(is_live=False)
    demo._pace(long, 0.0, unwatched)(long[-1][0])
    assert unwatched.rested_s == []


def test_an_acknowledgement_enters_the_log_as_an_act_of_its_user(tmp_path):
    log = demo.fresh_log(tmp_path)
    demo._watch(job(), log, load_tables(), 1e9, Watching(presses=["W000001"]))
    with LogReader(log) as reader:
        acts = [r.message for r in reader.inputs() if isinstance(r.message, OperatorAct)]
    assert [(a.verb, a.target_id, a.valid_ns) for a in acts] == [("acknowledge", "W000001", T0_NS)]
    assert acts[0].user


def test_the_mode_of_the_log_is_the_mode_of_the_account(tmp_path):
    a = demo._watch(job(mode="replay"), demo.fresh_log(tmp_path), load_tables(), 0.0, Watching(is_live=False))
    assert isinstance(a, Account) and a.mode == "replay" and a.event is UNSET


def test_an_error_on_the_way_gives_the_terminal_back(tmp_path):
    watching = Watching()
    watching.hear = lambda *args: 1 / 0
    with pytest.raises(ZeroDivisionError):
        demo._watch(job(), demo.fresh_log(tmp_path), load_tables(), 1e9, watching)
    assert watching.n_stopped == 1


def test_a_recording_needs_its_sensors(tmp_path):
    with pytest.raises(BadInput, match="--sensors"):
        demo.recording_job(tmp_path / "plots.csv", None)


def test_briefs_of_an_exercise_say_so_in_their_first_bytes(tmp_path):
    a = demo._watch(job(), demo.fresh_log(tmp_path), load_tables(), 0.0, Watching(is_live=False))
    page, text, places = demo.write_briefs(a, tmp_path, load_tables())
    assert text.read_text().startswith("EXERCISE") and text.read_text().strip().endswith("not a real launch")
    assert 'class="banner"' in page.read_text() and b'"mode": "exercise"' in places.read_bytes()


def test_the_last_lines_list_every_file_written(tmp_path):
    said = []
    shown = demo.Quiet(said.append)
    a = demo._watch(job(), demo.fresh_log(tmp_path), load_tables(), 0.0, shown)
    shown.close(demo.last_lines(a, job(), (Path("out/a"), Path("out/b"))))
    assert said[0].split("\n")[0] == said[0].split("\n")[-1] and "out/a" in said[0] and "out/b" in said[0]


def test_the_truth_of_a_simulation_stays_out_of_reach_of_whoever_reads_the_log(tmp_path):
    log = demo.fresh_log(tmp_path)
    demo._watch(job(), log, load_tables(), 0.0, Watching(is_live=False))
    with LogReader(log) as reader, pytest.raises(sqlite3.DatabaseError):
        reader._db.execute("SELECT * FROM truth").fetchall()


def test_radars_are_asked_alone_only_where_published_ranges_disagree():
    seoul = Published(who="Seoul", words="", range_m=700_000.0)
    tokyo = Published(who="Tokyo", words="", range_m=450_000.0)
    silent = Published(who="Pyongyang", words="a success")
    assert demo.disagree((seoul, tokyo)) and demo.disagree((silent, tokyo, seoul))
    assert not demo.disagree((seoul, seoul)) and not demo.disagree((seoul, silent)) and not demo.disagree(())
