"""What others say of a launch: claims, each with who vouches for it, when for, how hedged, and where it is printed."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from bongsu.messages.base import Finding
from bongsu.messages.units import Count

Quantity = Literal[
    "range_km", "apogee_km", "speed_mach", "flight_time_min", "count", "launch_time", "launch_area", "vehicle_class", "toward",
    "zone", "shape", "threat", "damage", "outcome", "preparation_detected",
]  # fmt: skip
Speaker = Literal[
    "kor.jcs", "kor.gov", "jpn.mod", "jpn.coastguard", "jpn.gov", "usa.mil", "usa.gov", "prk.state_media", "prk.gov", "analyst",
    "media", "un", "other",
]  # fmt: skip
Stance = Literal["claimed", "reported", "assessed"]  # by the launching side, by the press, by those who observe
LocalDay = Annotated[str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?\Z", description="UTC+9; empty where not known")]


class Claim(Finding, frozen=True, kw_only=True, tag="claim.v1"):
    """One checkable statement of a report, as printed: kilometres, minutes and Mach, for that is what was said.

    Numbers fill `low` and `high` in the unit that `quantity` names (equal: exact or "about"; one absent: "at least", "up to");
    the others fill `value`. `evidence` is the characters `span` (start, stop) of the report's text. `rounding` is the place of
    the last printed digit, in the printed unit. `place` is the listed name of a launch area, whatever its spelling.
    """

    text_id: str
    quantity: Quantity
    speaker: Speaker
    stance: Stance
    event_date: LocalDay
    evidence: str
    span: tuple[Count, Count]
    low: float | UnsetType = UNSET
    high: float | UnsetType = UNSET
    value: str = ""
    hedge: str = ""
    unit_as_printed: str = ""
    rounding: float | UnsetType = UNSET
    place: str = ""


class ReportRead(Finding, frozen=True, kw_only=True, tag="report_read.v1"):
    """What came of a report: whether it tells of a launch, on which local days, and what was odd about the text.

    It raises no level and starts no event; a text is data, whatever it says of itself.
    """

    text_id: str
    lang: Literal["en", "ja", "ko"]
    is_launch_report: bool
    event_dates: tuple[LocalDay, ...] = ()
    n_claims: Count = 0
    flags: tuple[str, ...] = ()
