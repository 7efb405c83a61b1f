"""A scenario into a log."""

import msgspec
import pytest
from tests.helpers.flights import SCENARIO, flight, tables
from tests.helpers.records import T0_NS, radar_scan

from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.log.reader import LogReader, TruthReader
from bongsu.log.verify import verify
from bongsu.messages.inputs import Scan, Tick
from bongsu.run.simulate import MAX_SILENT_S, fly, simulate, truth_rows, with_ticks


def test_there_is_a_tick_at_every_whole_second_and_inputs_come_in_order_of_known_time():
    feed = list(with_ticks([(T0_NS + 500, radar_scan(0.0)), (T0_NS + 3 * NS_PER_S, radar_scan(3.0))], after_s=2))
    ticks = [known_ns - T0_NS for known_ns, message in feed if isinstance(message, Tick)]
    assert ticks == [0, NS_PER_S, 2 * NS_PER_S, 3 * NS_PER_S, 4 * NS_PER_S]
    assert [known_ns for known_ns, _ in feed] == sorted(known_ns for known_ns, _ in feed)


def test_no_scans_make_no_ticks():
    assert list(with_ticks([])) == []


def test_a_seed_draws_the_same_flight_and_the_same_noise():
    assert fly(SCENARIO, 3).inputs == flight(3).inputs
    assert fly(SCENARIO, 4).inputs != flight(3).inputs


def test_truth_tells_each_object_second_by_second():
    rows = list(truth_rows(flight(3)))
    assert [noun for noun, _ in rows] == ["flight", *["object"] * len(flight(3).flight.bodies)]
    states = msgspec.json.decode(rows[1][1])
    assert len(states["t_ns"]) == len(states["r_ecef_m"]) == len(states["v_ecef_mps"]) > 100
    assert len(states["r_ecef_m"][0]) == 3
    assert b"null" not in b"".join(body for _, body in rows)


@pytest.mark.slow
def test_a_simulated_log_is_an_exercise_with_truth_and_findings(tmp_path):
    path = tmp_path / "a.log"
    run, n_failed = simulate(SCENARIO, path, tables(), seed=3)
    assert n_failed == 0
    found = verify(path)
    assert (found.problems, found.n_inputs, found.manifest.mode) == ((), len(run.inputs), "exercise")
    assert found.manifest.seed == 3
    with LogReader(path) as log:
        assert log.n_stored() == len(run.inputs)
        assert any(isinstance(record.message, Scan) for record in log.inputs())
    with TruthReader(path) as truth:
        assert next(truth.rows("flight"))[1] == next(iter(truth_rows(run)))[1]
    with pytest.raises(BadInput, match="exists"):
        simulate(SCENARIO, path, tables(), seed=4)


def test_a_silence_of_years_is_not_ticked_through() -> None:
    def scan(t_s: int) -> tuple[int, Scan]:
        return t_s * NS_PER_S, Scan(sensor_id="a", scan_id=f"s{t_s}", kind="radar", valid_ns=t_s * NS_PER_S)

    ticks = [
        m.valid_ns // NS_PER_S for _, m in with_ticks([scan(10), scan(10**9), scan(10**9 + 2)]) if isinstance(m, Tick)
    ]
    assert ticks == sorted(set(ticks))
    assert ticks[: MAX_SILENT_S + 1] == list(range(10, MAX_SILENT_S + 11))
    assert ticks[MAX_SILENT_S + 1 : MAX_SILENT_S + 4] == [10**9, 10**9 + 1, 10**9 + 2]
