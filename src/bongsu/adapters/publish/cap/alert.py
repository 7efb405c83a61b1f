"""A CAP 1.2 message as data. What is left out is an empty text or tuple; times are kept as printed; degrees are WGS 84."""

import msgspec


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a message."""


class Pair(_Part, frozen=True, kw_only=True):
    """A named value of an event code, a parameter or a geocode."""

    name: str
    value: str = ""


class Mention(_Part, frozen=True, kw_only=True):
    """An earlier message, named exactly: who sent it, its identifier, when it was sent, as printed there."""

    sender: str
    identifier: str
    sent: str


class Circle(_Part, frozen=True, kw_only=True):
    """A centre and a radius."""

    lat_deg: float
    lon_deg: float
    radius_km: float


class Area(_Part, frozen=True, kw_only=True):
    """One area: what it is called, and where it is. Polygons are closed (lat_deg, lon_deg) pairs."""

    text: str
    polygons: tuple[tuple[tuple[float, float], ...], ...] = ()
    circles: tuple[Circle, ...] = ()
    geocodes: tuple[Pair, ...] = ()
    altitude_ft: str = ""
    ceiling_ft: str = ""


class Resource(_Part, frozen=True, kw_only=True):
    """Something attached. Bongsu sends none, and opens none."""

    text: str
    mime_type: str
    size: str = ""
    uri: str = ""
    deref_uri: str = ""
    digest: str = ""


class Info(_Part, frozen=True, kw_only=True):
    """What the message says, in one language."""

    language: str = ""  # the standard takes en-US where it is left out
    categories: tuple[str, ...]
    event: str
    responses: tuple[str, ...] = ()
    urgency: str
    severity: str
    certainty: str
    audience: str = ""
    event_codes: tuple[Pair, ...] = ()
    effective: str = ""
    onset: str = ""
    expires: str = ""
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    contact: str = ""
    parameters: tuple[Pair, ...] = ()
    resources: tuple[Resource, ...] = ()
    areas: tuple[Area, ...] = ()


class Alert(_Part, frozen=True, kw_only=True):
    """One message. `n_signatures` counts XML signatures that stood in it and were not looked at: they prove nothing here."""

    identifier: str
    sender: str
    sent: str
    status: str
    msg_type: str
    source: str = ""
    scope: str
    restriction: str = ""
    addresses: str = ""
    codes: tuple[str, ...] = ()
    note: str = ""
    references: tuple[Mention, ...] = ()
    incidents: str = ""
    infos: tuple[Info, ...] = ()
    n_signatures: int = 0
