"""Many flights into one table: each line a count, an exact interval, a wanted value, and whether they agree."""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import msgspec
from msgspec import UNSET

from bongsu.evaluate.accuracy import PlaceError, brier, percentiles
from bongsu.evaluate.binomial import fraction
from bongsu.evaluate.flights import FlightMeasures, ImpactCheck

Verdict = Literal["pass", "miss", "shown"]
IN_TIME, IN_REGION, TIME_HELD, TIME_ERROR = 0.97, 0.90, 0.95, 0.03  # what the acceptance list asks for


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the report. `verdict` is "shown" where a figure has no target."""

    measure: str
    found: str
    wanted: str = ""
    verdict: Verdict = "shown"


def report(runs: Sequence[FlightMeasures], is_ballistic: bool) -> list[Line]:
    """All lines of one scenario. Only a ballistic flight is held to its impact region and flight time."""
    launched = [run for run in runs if _dues(run)]
    lines = [Line(measure="runs", found=str(len(runs)))]
    lines += _alerts(runs, bool(launched))
    if launched:
        lines += _timeliness(launched)
    lines += _launch_points(runs)
    lines += _impacts(runs, is_ballistic)
    lines += _flight_times(runs, is_ballistic)
    return lines


def _count(name: str, k: int, n: int, wanted: float, *, at_least: bool = False, is_held: bool = True) -> Line:
    found = fraction(k, n)
    is_met = found.reaches(wanted) if at_least else found.holds(wanted)
    return Line(
        measure=name,
        found=f"{k}/{n} = {found.value:.3f} [{found.low:.3f}, {found.high:.3f}]",
        wanted=f"{'>= ' if at_least else ''}{wanted:.2f}" if is_held else "",
        verdict=("pass" if is_met else "miss") if is_held else "shown",
    )


def _alerts(runs: Sequence[FlightMeasures], is_launch: bool) -> list[Line]:
    n = sum(run.n_detections for run in runs)
    if is_launch:
        return [
            Line(measure="warnings proposed", found=f"in {sum(run.n_warnings > 0 for run in runs)} of {len(runs)} runs")
        ]
    return [Line(measure="launches declared", found=str(n), wanted="0", verdict="pass" if n == 0 else "miss")]


def _timeliness(runs: Sequence[FlightMeasures]) -> list[Line]:
    by_either = sum(_declared_s(run) <= max(_dues(run)) + 1e-6 for run in runs)
    by_earlier = sum(_declared_s(run) <= min(_dues(run)) + 1e-6 for run in runs)
    lines = [
        _count("declared by the 2nd infrared look or 5th radar scan", by_either, len(runs), IN_TIME, at_least=True),
        _count("declared by the earlier of the two", by_earlier, len(runs), IN_TIME, is_held=False),
    ]
    for name, label in (("since_cloud_s", "cloud break"), ("since_horizon_s", "first radar plot")):
        values = [getattr(run, name) for run in runs if getattr(run, name) is not UNSET]
        lines.append(_spread(f"declared after {label}", values, "s"))
    return lines


def _dues(run: FlightMeasures) -> list[float]:
    """When the launch was due to be declared, by infrared and by radar, as far as they saw it."""
    return [due for due in (run.due_infrared_s, run.due_radar_s) if due is not UNSET]


def _declared_s(run: FlightMeasures) -> float:
    return math.inf if run.declared_s is UNSET else run.declared_s


def _spread(name: str, values: list[float], unit: str, scale: float = 1.0) -> Line:
    p50, p90, p99 = (value / scale for value in percentiles(values))
    return Line(
        measure=f"{name}, p50 / p90 / p99", found=f"{p50:.1f} / {p90:.1f} / {p99:.1f} {unit} (n = {len(values)})"
    )


def _launch_points(runs: Sequence[FlightMeasures]) -> list[Line]:
    lines = []
    for name, label in (("launch_first", "first"), ("launch_burn_out", "at burn-out")):
        errors: list[PlaceError] = [getattr(run, name) for run in runs if getattr(run, name) is not UNSET]
        if errors:
            lines += _region(f"launch point {label}", errors, is_held=True)
    return lines


def _region(name: str, errors: Sequence[PlaceError], *, is_held: bool, of: str = "truth") -> list[Line]:
    inside = sum(error.is_inside for error in errors)
    return [
        _count(f"{name}: {of} in the 90 % region", inside, len(errors), IN_REGION, is_held=is_held),
        _spread(f"{name}: error", [error.error_m for error in errors], "km", 1e3),
        _spread(f"{name}: long semi-axis of the 90 % region", [error.major_m for error in errors], "km", 1e3),
    ]


def _impacts(runs: Sequence[FlightMeasures], is_ballistic: bool) -> list[Line]:
    lines = []
    for name in _in_order(check.checkpoint for run in runs for check in run.impacts):
        checks = [check for run in runs for check in run.impacts if check.checkpoint == name]
        lines += _region(f"impact {name}", [check.error for check in checks], is_held=is_ballistic, of=checks[0].of)
        if not is_ballistic:
            n_lifted = sum(check.assumption != "unpowered" for check in checks)
            lines.append(Line(measure=f"impact {name}: says a pull-up is under way", found=f"{n_lifted}/{len(checks)}"))
        lines += _zones(name, checks)
    return lines


def _zones(name: str, checks: Sequence[ImpactCheck]) -> list[Line]:
    pairs = [(p, is_true) for check in checks for _, p, is_true in check.zones]
    score, _, _ = brier(pairs)
    by_zone = _in_order(zone for check in checks for zone, _, _ in check.zones)
    plain = [brier([(p, t) for check in checks for z, p, t in check.zones if z == zone])[1] for zone in by_zone]
    base = sum(plain) / len(plain) if plain else math.nan
    return [Line(measure=f"impact {name}: zone Brier score beside base rate", found=f"{score:.4f} beside {base:.4f}")]


def _flight_times(runs: Sequence[FlightMeasures], is_ballistic: bool) -> list[Line]:
    errors = [run.flight_time_error for run in runs if run.flight_time_error is not UNSET]
    if not errors:
        return []
    k = sum(error <= TIME_ERROR for error in errors)
    name = "flight time within 3 % from 30 s after burn-out"
    return [_count(name, k, len(errors), TIME_HELD, at_least=True, is_held=is_ballistic)]


def _in_order(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def as_text(title: str, lines: Sequence[Line], width: Callable[[str], int] = len) -> str:
    """The report as an aligned table."""
    columns = [(line.measure, line.found, line.wanted, line.verdict) for line in lines]
    widths = [max(width(row[i]) for row in columns) for i in range(3)]
    rows = ["  ".join([*(cell.ljust(w) for cell, w in zip(row[:3], widths, strict=True)), row[3]]) for row in columns]
    return "\n".join([title, *rows])
