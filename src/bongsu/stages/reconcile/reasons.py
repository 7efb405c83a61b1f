"""Why two values may differ: one test for each row of the table in models/reconcile.py, the strongest that fires first."""

import math
from collections.abc import Callable, Sequence

from bongsu.models import reconcile as rules
from bongsu.stages.reconcile.words import Word, interval, is_apart, is_figure, middle, minute, ratio, said

Test = Callable[[Word, Word, Sequence[Word]], bool]
NOT_EXPLAINED = "not_explained"


def reasons(a: Word, b: Word, words: Sequence[Word], names: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The reasons that can apply (of `names`, where given), the strongest first; `words` are all that is said of any day."""
    able = [r for r in rules.REASONS if names or not r.quantities or a.quantity in r.quantities]
    found = [r for r in able if (not names or r.name in names) and _TESTS[r.name](a, b, words)]
    return tuple(r.name for r in sorted(found, key=lambda r: -r.strength)) or (NOT_EXPLAINED,)


def _is_units(a: Word, b: Word, words: Sequence[Word]) -> bool:
    return any(abs(ratio(a, b) / unit - 1.0) < rules.UNIT_MISS for unit in (rules.MILE, rules.NAUTICAL_MILE))


def _is_timezone(a: Word, b: Word, words: Sequence[Word]) -> bool:
    """The clock of one place told as that of another."""
    apart = abs(minute(a.value) - minute(b.value))
    return any(
        abs(gap - shift) <= rules.TIMEZONE_MISS_MIN for shift in rules.TIMEZONE_MIN for gap in (apart, 1440.0 - apart)
    )


def _is_revised(a: Word, b: Word, words: Sequence[Word]) -> bool:
    """One speaker, two values; one whose own later word agrees; or word of damage, which comes late."""
    if a.speaker == b.speaker or a.quantity == "damage":
        return True
    same = [w for w in words if (w.quantity, w.speaker, w.event_date) == (b.quantity, b.speaker, b.event_date)]
    later = same[next((k for k, w in enumerate(same) if w is b), len(same)) + 1 :]
    return any(said(w) != said(b) and not is_apart(a, w) for w in later)


def _is_launchers(a: Word, b: Word, words: Sequence[Word]) -> bool:
    return any(w.stance == "claimed" or w.speaker in rules.LAUNCHING_SIDE for w in (a, b))


def _is_copied(a: Word, b: Word, words: Sequence[Word]) -> bool:
    """The value is also said of a launch of another day."""
    others = [w for w in words if w.quantity == a.quantity and w.event_date != a.event_date and a.quantity != "count"]
    return any(said(w) == said(b) for w in others)


def _is_first_detection(a: Word, b: Word, words: Sequence[Word]) -> bool:
    if a.quantity == "launch_time":
        return abs(minute(a.value) - minute(b.value)) <= rules.DETECTION_MIN
    return abs(middle(a) - middle(b)) <= rules.DETECTION_MIN


def _is_announced(a: Word, b: Word, words: Sequence[Word]) -> bool:
    """One is later than a first detection is, and no later than a first announcement."""
    return rules.DETECTION_MIN < abs(minute(a.value) - minute(b.value)) <= rules.ANNOUNCED_MIN


def _is_horizon(a: Word, b: Word, words: Sequence[Word]) -> bool:
    """A low or irregular flight: its end lies below the horizon, and a ballistic extrapolation of a pull-up falls short."""
    mine = [w for w in words if w.event_date == a.event_date]
    is_irregular = any(w.quantity == "shape" and w.value in ("irregular", "glide") for w in mine)
    is_low = any(w.quantity == "apogee_km" and middle(w) < rules.LOW_APOGEE for w in mine)
    is_near = math.isnan(ratio(a, b)) or 1.0 - 1.0 / ratio(a, b) <= rules.HORIZON_SHARE
    return (is_irregular or is_low) and is_near


def _is_separated(a: Word, b: Word, words: Sequence[Word]) -> bool:
    """More than one object is counted, or a launcher with stages is named."""
    mine = [w for w in words if w.event_date == a.event_date]
    has_many = a.quantity != "count" and any(w.quantity == "count" and interval(w)[0] > 1.0 for w in mine)
    return has_many or any(w.value in ("ICBM", "IRBM", "SLBM", "space_launch") for w in mine)


def _is_bound(a: Word, b: Word, words: Sequence[Word]) -> bool:
    return any(not is_figure(w) for w in (a, b))


def _is_rounding(a: Word, b: Word, words: Sequence[Word]) -> bool:
    return ratio(a, b) <= 1.0 + rules.ROUGHLY


_TESTS: dict[str, Test] = {
    "units": _is_units, "timezone": _is_timezone, "revised": _is_revised, "launcher": _is_launchers, "copied": _is_copied,
    "first_detection": _is_first_detection, "announced": _is_announced, "horizon": _is_horizon, "separated": _is_separated,
    "bound": _is_bound, "rounding": _is_rounding,
}  # fmt: skip
