"""Local days (UTC+9, the zone of the watched area) as whole numbers since 1970-01-01."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bongsu.constants import NS_PER_S

DAY_NS: Final = 86_400 * NS_PER_S
_LOCAL_NS: Final = 9 * 3_600 * NS_PER_S


def day_of(t_ns: int) -> int:
    """The local day an instant falls on."""
    return (t_ns + _LOCAL_NS) // DAY_NS


def start_ns(day: int) -> int:
    """The instant a local day begins; of the first one, the beginning of 1970."""
    return max(0, day * DAY_NS - _LOCAL_NS)


def marked(days: Sequence[int], first: int, after: int) -> NDArray[np.float64]:
    """(after - first,) ones on the days named, zeros elsewhere, for days in [first, after)."""
    y = np.zeros(max(0, after - first))
    for day in days:
        if first <= day < after:
            y[day - first] = 1.0
    return y
