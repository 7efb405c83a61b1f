"""Bounded scalar types: degrees passed for radians, or a probability above one, fail on decoding."""

import math
from typing import Annotated

from msgspec import Meta

Nanos = Annotated[int, Meta(ge=0, le=2**62, description="nanoseconds since 1970-01-01 UTC, without leap seconds")]
DurationNs = Annotated[int, Meta(ge=0, le=2**62)]
LatRad = Annotated[float, Meta(ge=-math.pi / 2, le=math.pi / 2)]
LonRad = Annotated[float, Meta(ge=-math.pi, le=math.pi)]
AzimuthRad = Annotated[float, Meta(ge=0.0, le=2 * math.pi, description="clockwise from true north")]
ElevationRad = Annotated[float, Meta(ge=-math.pi / 2, le=math.pi / 2)]
Prob = Annotated[float, Meta(ge=0.0, le=1.0)]
NonNegative = Annotated[float, Meta(ge=0.0)]
Positive = Annotated[float, Meta(gt=0.0)]
Count = Annotated[int, Meta(ge=0)]

_ID = r"^[A-Za-z0-9][A-Za-z0-9._:+-]{0,63}\Z"  # \Z, for $ would let a line break follow
NodeId = Annotated[str, Meta(pattern=_ID)]
SensorId = Annotated[str, Meta(pattern=_ID)]
ScanId = Annotated[str, Meta(pattern=_ID)]
AreaId = Annotated[str, Meta(pattern=_ID)]
ZoneId = Annotated[
    str, Meta(pattern=_ID, description="upper-case alpha-3 and a kind, e.g. JPN.eez, PRK.land; or high_seas")
]
PartnerTrackId = Annotated[str, Meta(pattern=_ID)]
TrackId = Annotated[str, Meta(pattern=r"^T[0-9]{6}\Z")]
DetectionId = Annotated[str, Meta(pattern=r"^D[0-9]{6}\Z")]
EventId = Annotated[str, Meta(pattern=r"^E[0-9]{6}\Z")]
WarningId = Annotated[str, Meta(pattern=r"^W[0-9]{6}\Z")]
FindingId = Annotated[
    str, Meta(pattern=r"^([0-9]+(\.[0-9]+)?)?\Z", description="cause.k, or the seq of an input; empty until stamped")
]
ScanRef = Annotated[str, Meta(description="sensor_id/scan_id of a scan in the log")]

Vec3 = tuple[float, float, float]
CovEN = tuple[float, float, float]  # east-east, east-north, north-north, m^2
