"""What is preferred where accounts of one launch differ, and why they may differ: tables, not code.

The orders are this project's convention: whoever can have measured a thing comes before whoever passes it on, Korean radars lie
nearest to the launch and Japan's nearest to the fall; a government's word on damage counts for its own country.
"""

from typing import Final, NamedTuple

LAUNCHING_SIDE: Final = ("prk.state_media", "prk.gov")  # never preferred
_NEAR_LAUNCH: Final = (
    "kor.jcs",
    "usa.mil",
    "jpn.mod",
    "kor.gov",
    "jpn.gov",
    "usa.gov",
    "jpn.coastguard",
    "un",
    "other",
    "analyst",
    "media",
)
_NEAR_FALL: Final = (
    "jpn.mod",
    "jpn.coastguard",
    "jpn.gov",
    "kor.jcs",
    "usa.mil",
    "kor.gov",
    "usa.gov",
    "un",
    "other",
    "analyst",
    "media",
)
_WHOM_IT_CONCERNS: Final = (
    "jpn.gov",
    "jpn.coastguard",
    "jpn.mod",
    "kor.gov",
    "kor.jcs",
    "usa.gov",
    "usa.mil",
    "un",
    "other",
    "analyst",
    "media",
)
_THREATENED: Final = (
    "usa.mil",
    "kor.jcs",
    "jpn.mod",
    "usa.gov",
    "kor.gov",
    "jpn.gov",
    "jpn.coastguard",
    "un",
    "other",
    "analyst",
    "media",
)

ORDER: Final = {
    "launch_time": _NEAR_LAUNCH, "count": _NEAR_LAUNCH, "vehicle_class": _NEAR_LAUNCH, "launch_area": _NEAR_LAUNCH,
    "toward": _NEAR_LAUNCH, "preparation_detected": _NEAR_LAUNCH, "range_km": _NEAR_LAUNCH, "apogee_km": _NEAR_LAUNCH,
    "flight_time_min": _NEAR_FALL, "speed_mach": _NEAR_LAUNCH, "shape": _NEAR_LAUNCH, "outcome": _NEAR_LAUNCH,
    "zone": _NEAR_FALL, "threat": _THREATENED, "damage": _WHOM_IT_CONCERNS,
}  # fmt: skip
ASKED: Final = (
    "launch_time",
    "launch_area",
    "vehicle_class",
    "count",
    "range_km",
    "apogee_km",
    "flight_time_min",
    "zone",
    "damage",
)
SIDE_BY_SIDE: Final = (  # one speaker may give several of these at once
    "launch_time", "launch_area", "count", "toward", "vehicle_class", "outcome",
)  # fmt: skip

# A class holds the finer ones: whoever says the coarser does not contradict.
FINER: Final = {
    "missile": ("ballistic", "cruise", "hypersonic_glide", "SRBM", "MRBM", "IRBM", "ICBM", "SLBM"),
    "SLBM": ("SRBM", "MRBM", "IRBM"),
    "ballistic": ("SRBM", "MRBM", "IRBM", "ICBM", "SLBM", "hypersonic_glide"),
}  # fmt: skip
OPPOSED: Final = (  # values that cannot both be true; all others of a closed list stand beside each other
    ("outside_eez_jpn", "inside_eez_jpn"), ("outside_eez_jpn", "inside_territorial_sea"), ("no_immediate_threat", "threat"),
    ("none_reported", "confirmed"), ("none_reported", "unconfirmed"), ("success", "failure"), ("normal", "irregular"),
    ("normal", "lofted"), ("normal", "depressed"), ("lofted", "depressed"),
)  # fmt: skip


class Reason(NamedTuple):
    """Why two values may differ: its name, the quantities it can concern (all where empty), its strength where it applies."""

    name: str
    quantities: tuple[str, ...]
    strength: float


REASONS: Final = (  # ranked by strength; the tests of each stand in stages/reconcile.py
    Reason("units", ("range_km", "apogee_km"), 0.95),
    Reason("timezone", ("launch_time",), 0.92),
    Reason("revised", (), 0.90),
    Reason("launcher", (), 0.85),
    Reason("copied", (), 0.80),
    Reason("first_detection", ("launch_time", "flight_time_min"), 0.75),
    Reason("announced", ("launch_time",), 0.72),
    Reason("horizon", ("range_km", "apogee_km", "zone", "shape"), 0.70),
    Reason("separated", ("count", "range_km", "apogee_km", "zone"), 0.60),
    Reason("bound", ("range_km", "apogee_km", "flight_time_min", "speed_mach", "count"), 0.55),
    Reason("rounding", ("range_km", "apogee_km", "flight_time_min", "speed_mach"), 0.50),
)

MILE: Final = 1.609344  # in kilometres, as claims give lengths
NAUTICAL_MILE: Final = 1.852
UNIT_MISS: Final = 0.02  # how near a ratio must come to that of two units
LOW_APOGEE: Final = 100.0  # kilometres; below it radars lose the end of a flight, and pull-ups are flown
HORIZON_SHARE: Final = 0.5  # a pull-up makes no greater difference than this share of the longer
ROUGHLY: Final = 0.1  # two figures this near may be one, rounded by different people
ROUNDED_SHARE: Final = 0.05  # half of the last printed digit is taken as no more than this share of the figure
DETECTION_MIN: Final = 3.0  # minutes from lift-off to a first detection, at most
TIMEZONE_MIN: Final = (540.0, 510.0)  # minutes between UTC and the clocks of Korea and Japan, now and from 2015 to 2018
TIMEZONE_MISS_MIN: Final = 3.0
ANNOUNCED_MIN: Final = 15.0  # minutes from a launch to its first announcements, at most

# A day's claims and a launch event of this node: how near they must be to be of one launch.
MATCH_MIN: Final = 10.0  # minutes between a launch time said and our own
MATCH_M: Final = 50e3  # between a listed launch area and our launch point, beyond what either is known to
MATCH_SIGMAS: Final = 3.0

# What is remembered.
MAX_DAYS: Final = 8
MAX_CLAIMS: Final = 128  # of a day
MAX_EVENTS: Final = 32
MAX_TRACKS: Final = 64
KEPT_DAYS: Final = 30  # after the last word on it

# When an own figure is said again, and how a range class earns its name.
HALVED: Final = 0.5
LATER_HUMP: Final = 0.98  # of the greatest height; between it and 1 lies the noise of the measurement
LEAST_CLASS: Final = 0.75
LEAST_SHAPE: Final = 0.5

# What is set aside: it stays in the record and is never preferred.
OBSERVERS: Final = (
    "kor.jcs", "kor.gov", "jpn.mod", "jpn.gov", "jpn.coastguard", "usa.mil", "usa.gov", "prk.state_media", "prk.gov", "un",
)  # fmt: skip
FALL_TIME: Final = (0.8, 1.4)  # a fall's time over that of two bodies, for a boost comes first
FALL_TIME_MORE_MIN: Final = 3.0
LEAST_FALL: Final = 100.0  # kilometres of apogee from which a flight is a fall for most of its way
MEASURED_RATIO: Final = 2.0  # two figures of one text this far from ours were not of this flight
