"""Inputs: what sensors measured, that time passed, what an operator did."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from bongsu.messages.base import Input
from bongsu.messages.bulletin import Family, Why
from bongsu.messages.units import (
    AreaId,
    AzimuthRad,
    Count,
    ElevationRad,
    FindingId,
    LatRad,
    LonRad,
    Nanos,
    NonNegative,
    PartnerTrackId,
    Positive,
    Prob,
    ScanId,
    SensorId,
    Vec3,
)

SensorKind = Literal["radar", "infrared", "los", "position", "telemetry"]


class Scan(Input, frozen=True, kw_only=True, tag="scan.v1"):
    """All plots of one look of one sensor, as columns of equal length; a scan without plots is a look that saw nothing.

    Which columns are filled follows from `kind`: radar range, azimuth, elevation (and range rate); infrared and los a unit
    line of sight in ECEF, pointing away from the sensor; position latitude, longitude, ellipsoidal height; telemetry height
    and speed. A sigma column overrides the sensor's own figure, and is empty where it does not.
    """

    sensor_id: SensorId
    scan_id: ScanId
    kind: SensorKind
    valid_ns: Nanos  # of the latest plot, or of the look
    t_ns: tuple[Nanos, ...] = ()  # one for each plot
    range_m: tuple[NonNegative, ...] = ()
    azimuth_rad: tuple[AzimuthRad, ...] = ()
    elevation_rad: tuple[ElevationRad, ...] = ()
    range_rate_mps: tuple[float, ...] = ()
    los_ecef: tuple[Vec3, ...] = ()
    lat_rad: tuple[LatRad, ...] = ()
    lon_rad: tuple[LonRad, ...] = ()
    h_m: tuple[float, ...] = ()
    speed_mps: tuple[NonNegative, ...] = ()
    sigma_range_m: tuple[Positive, ...] = ()
    sigma_azimuth_rad: tuple[Positive, ...] = ()
    sigma_elevation_rad: tuple[Positive, ...] = ()
    sigma_range_rate_mps: tuple[Positive, ...] = ()
    sigma_los_rad: tuple[Positive, ...] = ()
    sigma_horizontal_m: tuple[Positive, ...] = ()
    sigma_h_m: tuple[Positive, ...] = ()
    sigma_speed_mps: tuple[Positive, ...] = ()
    sensor_r_ecef_m: Vec3 | UnsetType = UNSET  # where the sensor was, if it moves


class PartnerTrack(Input, frozen=True, kw_only=True, tag="partner_track.v1"):
    """What another tracker (`origin`) says of one of its tracks. It is no plot: it may rest on measurements we have too.

    Velocity is over ground, in the partner's plane: east and north to within the convergence of its meridians.
    """

    track_id: PartnerTrackId  # the partner's own, unique within `origin` at any one time
    valid_ns: Nanos
    lat_rad: LatRad
    lon_rad: LonRad
    h_m: float | UnsetType = UNSET  # ellipsoidal
    h_pressure_m: float | UnsetType = UNSET  # what an altimeter set to 1013.25 hPa shows
    v_east_mps: float | UnsetType = UNSET
    v_north_mps: float | UnsetType = UNSET
    climb_mps: float | UnsetType = UNSET
    sigma_horizontal_m: NonNegative | UnsetType = UNSET
    is_confirmed: bool = True
    is_coasting: bool = False
    is_ended: bool = False
    address: str = ""  # of a Mode S transponder, six hexadecimal digits
    mode3a: str = ""  # four octal digits
    callsign: str = ""


class CaptureRead(Input, frozen=True, kw_only=True, tag="capture_read.v1"):
    """What came of a radar capture or feed, in counts; said at its end, so that nothing is dropped in silence.

    Records read are duplicates, service messages, partner tracks, reports without a position, or plots; plots are placed (they
    entered in scans) or refused. `n_refused` holds sensor, reason and number of plots; `n_lost` reason and number of packets,
    blocks, records and partner tracks that could not be used.
    """

    valid_ns: Nanos
    n_records: Count
    n_duplicates: Count
    n_service: Count
    n_partner_tracks: Count
    n_without_position: Count
    n_plots: Count
    n_placed: Count
    n_refused: tuple[tuple[SensorId, str, Count], ...] = ()  # sorted
    n_lost: tuple[tuple[str, Count], ...] = ()  # sorted


class Report(Input, frozen=True, kw_only=True, tag="report.v1"):
    """A text somebody published, as it came, cut at the border; weekdays and missing years count from `published_ns`."""

    text_id: Annotated[str, Meta(max_length=200)]
    text: Annotated[str, Meta(max_length=16_000)]
    lang: Literal["", "en", "ja", "ko"] = ""  # empty: to be told from its script
    published_ns: Nanos | UnsetType = UNSET
    source: str = ""  # where it was fetched or read
    n_chars_cut: Count = 0
    flags: tuple[str, ...] = ()  # what the border saw: not_utf8, published_unreadable


class Notice(Input, frozen=True, kw_only=True, tag="notice.v1"):
    """A notice to aircraft or ships (NOTAM, NAVAREA) as it came, cut at the border; `published_ns` is for days without a year."""

    text_id: Annotated[str, Meta(max_length=200)]
    text: Annotated[str, Meta(max_length=16_000)]  # may hold several notices
    published_ns: Nanos | UnsetType = UNSET
    source: str = ""  # where it was fetched or read
    n_chars_cut: Count = 0
    flags: tuple[str, ...] = ()  # what the border saw: cut, not_utf8


class PastLaunch(Input, frozen=True, kw_only=True, tag="past_launch.v1"):
    """What one source said of a launch that was over: history, known from `published_ns` on and not a moment before.

    The event lies in [`earliest_ns`, `latest_ns`]: one minute where a clock is printed, a local day where only a date is, more
    where the zone is doubted. One message is a launch (salvo) as its source has it; `n_low` and `n_high` bound how many flew.
    `launch_id` stays the same over revisions and sources where the catalogue matched them. `faults` are what its rules found.
    """

    launch_id: Annotated[str, Meta(max_length=200)]
    revision: Count = 1  # of what this source says of it
    earliest_ns: Nanos
    latest_ns: Nanos
    published_ns: Nanos
    is_published_assumed: bool = False  # the source gives none: a day after the event was taken
    source: Annotated[str, Meta(max_length=200)]  # name of the list or log
    row: Annotated[str, Meta(max_length=200)] = ""  # where in it
    n_low: Count = 1
    n_high: Count | UnsetType = UNSET
    site: str = ""  # as the source names it
    lat_rad: LatRad | UnsetType = UNSET
    lon_rad: LonRad | UnsetType = UNSET
    range_class: str = ""
    kind: Literal["", "missile", "space_launch"] = ""  # empty: not said
    launcher: Annotated[str, Meta(pattern=r"^([a-z]{3})?\Z")] = ""  # ISO 3166 alpha-3, lower case
    is_failed: bool = False
    faults: tuple[str, ...] = ()  # sorted


SignKind = Literal[
    "imagery", "notice", "statement", "visit", "exercise", "port_call", "leadership", "partner_remark", "thermal", "operator",
]  # fmt: skip


class Indicator(Input, frozen=True, kw_only=True, tag="indicator.v1"):
    """One dated sign that a launch may be prepared, or a look for one: what was `seen`, where, and how far its source is trusted.

    `present` counts for a launch, `absent` (a look that had a view and saw nothing) against it; `obscured` (cloud, no pass) is no
    evidence. It counts from `published_ns` on. Without a site or place it concerns the whole watched area. A `deception` note
    without `p_deceptive` takes all its weight.
    """

    indicator_id: Annotated[str, Meta(max_length=200)]
    kind: SignKind
    observed_ns: Nanos
    published_ns: Nanos
    seen: Literal["present", "absent", "obscured"] = "present"
    site: Annotated[str, Meta(max_length=64)] = ""  # id of a [[site]]; empty: by place, else the whole area
    lat_rad: LatRad | UnsetType = UNSET
    lon_rad: LonRad | UnsetType = UNSET
    source: Annotated[str, Meta(max_length=200)] = ""
    p_reliable: Prob = 0.5
    half_life_ns: Annotated[int, Meta(ge=1, le=2**62)] | UnsetType = UNSET  # of its evidence; absent: its kind's
    deception: Annotated[str, Meta(max_length=1_000)] = ""  # why it may be staged
    p_deceptive: Prob | UnsetType = UNSET
    note: Annotated[str, Meta(max_length=1_000)] = ""


class Tick(Input, frozen=True, kw_only=True, tag="tick.v1"):
    """Time has passed: nothing was measured, but the clock reached `valid_ns`."""

    valid_ns: Nanos


class OperatorAct(Input, frozen=True, kw_only=True, tag="operator_act.v1"):
    """Something a named person did, such as acknowledging an alarm; `carries` names the findings that were shown, or went out.

    `session` is where they were logged in: two people are two users and two sessions. `family`, `why` and `areas` say what an
    author wants said; areas left out are those of the proposal at that moment.
    """

    valid_ns: Nanos
    user: str
    verb: Literal[
        "acknowledge", "approve", "reject", "all_clear", "cancel", "note", "publish", "propose", "send", "update", "retract",
        "consult",
    ]  # fmt: skip
    target_id: str = (
        ""  # a warning, an event or a finding; of what was published its name; of a consultation who was told
    )
    text: str = ""
    carries: tuple[FindingId, ...] = ()
    session: Annotated[str, Meta(max_length=64)] = ""
    family: Family | UnsetType = UNSET
    why: Why = ""
    areas: tuple[AreaId, ...] = ()


class StandingOrder(Input, frozen=True, kw_only=True, tag="standing_order.v1"):
    """What two people decided beforehand: confirmed danger to these areas at or above `p_least` may be sent without asking.

    It never sends what one source alone saw. `may_lower` lets it revise downwards, retract and clear. `signed_by` are (user,
    session) pairs; the border has checked the signatures. A later one of the same id replaces it; one that is revoked ends it.
    """

    order_id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}\Z")]
    valid_ns: Nanos
    areas: tuple[AreaId, ...]
    p_least: Prob
    from_ns: Nanos
    until_ns: Nanos
    may_lower: bool = True
    signed_by: tuple[tuple[str, str], ...] = ()
    is_revoked: bool = False


class Delivery(Input, frozen=True, kw_only=True, tag="delivery.v1"):
    """What became of one statement on one channel: handed over, failed, late, refused, held back, or undelivered by all."""

    valid_ns: Nanos
    finding_id: FindingId
    bulletin_id: str
    channel: str  # empty: before it reached any
    outcome: Literal["handed", "failed", "overdue", "refused", "superseded", "expired", "held", "undelivered"]
    detail: Annotated[str, Meta(max_length=1_000)] = ""
    digest: str = ""  # SHA-256 of the bytes, in hexadecimal
    n_tries: Count = 0


AnyInput = (
    Scan
    | PartnerTrack
    | CaptureRead
    | Report
    | Notice
    | PastLaunch
    | Indicator
    | Tick
    | OperatorAct
    | StandingOrder
    | Delivery
)
