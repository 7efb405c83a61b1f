"""The report counts what the runs say, and misses stand as plainly as hits."""

from bongsu.evaluate.accuracy import PlaceError
from bongsu.evaluate.flights import FlightMeasures, ImpactCheck
from bongsu.evaluate.report import Line, as_text, report


def error(d2: float) -> PlaceError:
    return PlaceError(error_m=3_000.0, d2=d2, major_m=9_000.0, minor_m=4_000.0)


def run(seed: int, d2: float, declared_s: float = 30.0) -> FlightMeasures:
    check = ImpactCheck(
        checkpoint="+60 s", of="truth", error=error(d2), assumption="unpowered", zones=(("JPN.eez", 0.8, True),)
    )
    return FlightMeasures(
        scenario_id="s", seed=seed, n_scans=9, n_detections=1, n_events=1, n_warnings=0, declared_s=declared_s,
        due_infrared_s=30.0, due_radar_s=25.0, launch_first=error(d2), impacts=(check,), flight_time_error=0.01,
    )  # fmt: skip


def line(lines: list[Line], start: str) -> Line:
    return next(one for one in lines if one.measure.startswith(start))


def test_ninety_of_a_hundred_inside_passes_and_fifty_misses() -> None:
    good = report([run(i, 9.0 if i < 10 else 1.0) for i in range(100)], is_ballistic=True)
    assert line(good, "impact +60 s: truth").verdict == "pass"
    assert "90/100" in line(good, "impact +60 s: truth").found
    bad = report([run(i, 9.0 if i < 50 else 1.0) for i in range(100)], is_ballistic=True)
    assert line(bad, "impact +60 s: truth").verdict == "miss"


def test_regions_that_always_hold_the_truth_miss_too() -> None:
    assert (
        line(report([run(i, 0.1) for i in range(400)], is_ballistic=True), "launch point first: truth").verdict
        == "miss"
    )


def test_a_flight_that_is_not_ballistic_is_shown_and_not_judged() -> None:
    assert line(report([run(i, 9.0) for i in range(50)], is_ballistic=False), "impact +60 s: truth").verdict == "shown"


def test_late_declarations_are_counted() -> None:
    lines = report([run(i, 1.0, 31.0 if i < 40 else 30.0) for i in range(100)], is_ballistic=True)
    assert "60/100" in line(lines, "declared by").found
    assert line(lines, "declared by").verdict == "miss"
    assert "0/100" in line(lines, "declared by the earlier").found


def test_one_false_launch_among_aircraft_is_a_miss() -> None:
    quiet = FlightMeasures(scenario_id="a", seed=1, n_scans=9, n_detections=0, n_events=0, n_warnings=0)
    loud = FlightMeasures(scenario_id="a", seed=2, n_scans=9, n_detections=1, n_events=1, n_warnings=0)
    assert line(report([quiet], is_ballistic=False), "launches declared").verdict == "pass"
    assert line(report([quiet, loud], is_ballistic=False), "launches declared").verdict == "miss"


def test_the_text_is_one_line_a_measure() -> None:
    lines = report([run(1, 1.0)], is_ballistic=True)
    assert len(as_text("title", lines).splitlines()) == len(lines) + 1
