"""What others say of a launch: claims, each with who vouches for it, when for, how hedged, and where it is printed; and what is
announced: areas and windows of notices."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from bongsu.messages.base import Finding
from bongsu.messages.units import (
    AzimuthRad,
    Count,
    CovEN,
    FindingId,
    LatRad,
    LonRad,
    Nanos,
    NonNegative,
    Positive,
    Prob,
    ZoneId,
)

Quantity = Literal[
    "range_km", "apogee_km", "speed_mach", "flight_time_min", "count", "launch_time", "launch_area", "vehicle_class", "toward",
    "zone", "shape", "threat", "damage", "outcome", "preparation_detected",
]  # fmt: skip
Speaker = Literal[
    "kor.jcs", "kor.gov", "jpn.mod", "jpn.coastguard", "jpn.gov", "usa.mil", "usa.gov", "prk.state_media", "prk.gov", "analyst",
    "media", "un", "other",
]  # fmt: skip
Stance = Literal["claimed", "reported", "assessed"]  # by the launching side, by the press, by those who observe
Certainty = Literal[
    "", "suspected", "likely", "possible"
]  # of what the words around a value make it; empty: plainly said
LocalDay = Annotated[str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?\Z", description="UTC+9; empty where not known")]


class Claim(Finding, frozen=True, kw_only=True, tag="claim.v1"):
    """One checkable statement of a report, as printed: kilometres, minutes and Mach, for that is what was said.

    Numbers fill `low` and `high` in the unit that `quantity` names (equal: exact or "about"; one absent: "at least", "up to");
    the others fill `value`. `evidence` is the characters `span` (start, stop) of the report's text. `rounding` is the place of
    the last printed digit, in the printed unit. `place` is the listed name of a launch area, whatever its spelling. `certainty`
    is what hedging words near a value that is no number make of it, `role` how the speaker is named there (such as
    `prime_minister`), `setting` how a described launch area lies (`northwest`, `near_chn_border`).
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
    certainty: Certainty = ""
    role: str = ""
    setting: tuple[str, ...] = ()


class Passage(Finding, frozen=True, kw_only=True, tag="passage.v1"):
    """Words of a report that are no claim about the launch but belong to its account, kept as they are printed.

    `launcher`: who is said to have launched, `value` a nation. `shared`: information passed on, `value` the nations it went to,
    joined by commas. `quoted`: direct speech. `background`: other launches. `context`: something else of those days, `value` what
    (`talks`, `visit`, `exercise`, `sanctions`, `statement`). `speaker` is empty where nobody is certain.
    """

    text_id: str
    kind: Literal["launcher", "shared", "quoted", "background", "context"]
    evidence: str
    span: tuple[Count, Count]
    speaker: str = ""
    role: str = ""
    value: str = ""


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


Medium = Literal["notam", "navarea", "unknown"]
Activity = Literal["launch", "debris", "reentry", "gunnery", "unknown"]


class NoticeRead(Finding, frozen=True, kw_only=True, tag="notice_read.v1"):
    """What came of one notice: its name, what it is about and for how long; each thing in it that cannot be is one of `problems`.

    `begins_ns` and `ends_ns` are its envelope (B and C of a NOTAM) as printed, absent where that is no moment. `cancels` and
    `replaces` are names of other notices. It raises no level and starts no event.
    """

    text_id: str
    notice_id: str  # as printed; empty where none is
    medium: Medium
    activity: Activity
    begins_ns: Nanos | UnsetType = UNSET
    ends_ns: Nanos | UnsetType = UNSET
    is_end_estimated: bool = False
    locations: tuple[str, ...] = ()  # ICAO codes of A)
    replaces: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()
    n_areas: Count = 0
    problems: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


class NoticeArea(Finding, frozen=True, kw_only=True, tag="notice_area.v1"):
    """One area of a notice: a ring of corners (open, in the order printed) and the windows it is announced for.

    A polygon's or box's corners are those printed; of a circle, sector or corridor the ring is computed on the ellipsoid, and
    `radius_m` is the radius (of a sector the outer one, of a corridor half its width) around the centre, where there is one.
    Windows are columns of equal length, empty where none can be used. A limit is in metres above the reference printed with it
    (a flight level is 100 ft of pressure height); absent is none printed, or no limit. `caveats` say where the ring is not the
    whole truth. `evidence` is the characters `span` (start, stop) of the text, `activity_span` those that say what it is about.
    """

    text_id: str
    notice_id: str
    area: str  # its printed name, such as AREA 2
    activity: Activity
    shape: Literal["polygon", "box", "circle", "sector", "corridor"]
    lat_rad: tuple[LatRad, ...]
    lon_rad: tuple[LonRad, ...]
    evidence: str
    span: tuple[Count, Count]
    begin_ns: tuple[Nanos, ...] = ()
    end_ns: tuple[Nanos, ...] = ()
    centre_lat_rad: LatRad | UnsetType = UNSET
    centre_lon_rad: LonRad | UnsetType = UNSET
    radius_m: Positive | UnsetType = UNSET
    lower_m: NonNegative | UnsetType = UNSET
    upper_m: NonNegative | UnsetType = UNSET
    lower_as_printed: str = ""
    upper_as_printed: str = ""
    hedge: str = ""
    activity_words: str = ""
    activity_span: tuple[Count, Count] = (0, 0)
    n_corners_unusable: Count = 0
    caveats: tuple[str, ...] = ()


class Reconstruction(Finding, frozen=True, kw_only=True, tag="reconstruction.v1"):
    """The flights that fit what was reported of one launch: columns, one row a shape, the likeliest first.

    It says where, how high, how long and which zones, and nothing of how a flight was made. Rows are weighted means of the
    flights of that shape, `p` their share. Directions, impacts and zones are empty where nothing reported says which way.
    `p_zones` is over all shapes. A check names what was compared, what came of it, and why. `would_settle` is the figure that
    would narrow the answer most, empty where none is much needed.
    """

    event_date: LocalDay = ""
    speaker: str = ""  # whose figures; empty where nobody is named
    site_lat_rad: LatRad
    site_lon_rad: LonRad
    sigma_site_m: NonNegative
    shape: tuple[str, ...]
    p: tuple[Prob, ...]
    range_m: tuple[NonNegative, ...]
    apogee_m: tuple[float, ...]
    flight_time_s: tuple[Positive, ...]
    azimuth_rad: tuple[AzimuthRad, ...]  # from the site to where it fell
    impact_lat_rad: tuple[LatRad, ...]
    impact_lon_rad: tuple[LonRad, ...]
    cov_en_m2: tuple[CovEN, ...]
    zones: tuple[tuple[tuple[ZoneId, Prob], ...], ...]
    flight_time_mean_s: Positive
    flight_time_low_s: Positive  # with the next a 90 % interval over all shapes
    flight_time_high_s: Positive
    range_class: tuple[tuple[str, Prob], ...]  # by equal energy
    convention: str  # of the range classes' bounds
    p_zones: tuple[tuple[ZoneId, Prob], ...]
    checks: tuple[tuple[str, str, str], ...]
    would_settle: str = ""


class OwnFigure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One figure of our own as an account states it: an interval of 90 % in the unit the quantity names, or a word.

    Of a launch time `low` and `high` are minutes of the local day and `value` is the minute itself; of a launch area there is
    only the finding.
    """

    quantity: str
    finding_id: FindingId
    low: float | UnsetType = UNSET
    high: float | UnsetType = UNSET
    value: str = ""


class Account(Finding, frozen=True, kw_only=True, tag="account.v1"):
    """What is held of one launch: columns, one row a quantity; all claims are kept, some preferred.

    `preferred` holds the ids of the claims preferred, several where one speaker says them side by side; empty where only the
    launching side has spoken, or all is in quarantine. `rule` says why these. `others` are the remaining claims. `unsaid` are
    quantities nobody gave. `quarantined` are claims set aside and why. `match` says which of our events this is (`matched`,
    `ambiguous`, `none`; empty where nobody looked), `own` our figures of it. `changed` are quantities whose preferred figure is
    another than in the account this one supersedes, with the ids that stood there; `own_changed` the same of our figures.
    """

    event_date: LocalDay
    quantity: tuple[str, ...]
    preferred: tuple[tuple[FindingId, ...], ...]
    rule: tuple[str, ...]
    others: tuple[tuple[FindingId, ...], ...]
    unsaid: tuple[str, ...] = ()
    quarantined: tuple[tuple[FindingId, str], ...] = ()
    match: Literal["", "matched", "ambiguous", "none"] = ""
    event_id: str = ""
    track_id: str = ""
    own: tuple[OwnFigure, ...] = ()
    revision: Count = 0
    supersedes: FindingId | UnsetType = UNSET
    changed: tuple[tuple[str, tuple[FindingId, ...]], ...] = ()
    own_changed: tuple[tuple[str, FindingId], ...] = ()


class Discrepancy(Finding, frozen=True, kw_only=True, tag="discrepancy.v1"):
    """Two accounts of one quantity that cannot both stand as printed, and why that may be, the likeliest reason first.

    `beside` is a claim, a reconstruction, or a figure of our own (then event and track are named); `claim` is the one that
    differs from it.
    """

    event_date: LocalDay
    quantity: str
    beside: FindingId
    claim: FindingId
    reasons: tuple[str, ...]
    event_id: str = ""
    track_id: str = ""
