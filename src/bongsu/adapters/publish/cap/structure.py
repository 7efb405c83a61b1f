"""Which elements a CAP 1.2 message has, in which order, how often, and of what kind: the standard's schema as a table.

Written from CAP 1.2, section 3.2 and its schema (whose text stays with OASIS; a test holds both against each other).
"""

from typing import NamedTuple

from bongsu.adapters.publish.cap import values as of
from bongsu.adapters.publish.cap.alert import Alert, Area, Info, Pair, Resource
from bongsu.adapters.publish.cap.values import Kind

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
SIGNATURES = "http://www.w3.org/2000/09/xmldsig#"
MANY = 1_000_000  # more than fits any message that is taken

STATUS = of.choice("Actual", "Exercise", "System", "Test", "Draft")
MESSAGE_TYPE = of.choice("Alert", "Update", "Cancel", "Ack", "Error")
SCOPE = of.choice("Public", "Restricted", "Private")
CATEGORY = of.choice(
    "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other"
)
RESPONSE = of.choice(
    "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"
)  # fmt: skip
URGENCY = of.choice("Immediate", "Expected", "Future", "Past", "Unknown")
SEVERITY = of.choice("Extreme", "Severe", "Moderate", "Minor", "Unknown")
CERTAINTY = of.choice("Observed", "Likely", "Possible", "Unlikely", "Unknown")


class Group(NamedTuple):
    """An element that holds others: the struct it becomes, and its parts in order."""

    struct: type
    parts: "tuple[Part, ...]"


class Part(NamedTuple):
    """One element: its tag, the field it becomes, what it holds, how often it may stand."""

    tag: str
    field: str
    holds: Kind | Group
    least: int = 0
    most: int = 1


PAIR = Group(Pair, (Part("valueName", "name", of.FILLED, 1), Part("value", "value", of.TEXT, 1)))

AREA = Group(
    Area,
    (
        Part("areaDesc", "text", of.FILLED, 1),
        Part("polygon", "polygons", of.POLYGON, 0, MANY),
        Part("circle", "circles", of.CIRCLE, 0, MANY),
        Part("geocode", "geocodes", PAIR, 0, MANY),
        Part("altitude", "altitude_ft", of.NUMBER),
        Part("ceiling", "ceiling_ft", of.NUMBER),
    ),
)

RESOURCE = Group(
    Resource,
    (
        Part("resourceDesc", "text", of.FILLED, 1),
        Part("mimeType", "mime_type", of.FILLED, 1),
        Part("size", "size", of.INTEGER),
        Part("uri", "uri", of.URI),
        Part("derefUri", "deref_uri", of.TEXT),
        Part("digest", "digest", of.TEXT),
    ),
)

INFO = Group(
    Info,
    (
        Part("language", "language", of.LANGUAGE),
        Part("category", "categories", CATEGORY, 1, MANY),
        Part("event", "event", of.FILLED, 1),
        Part("responseType", "responses", RESPONSE, 0, MANY),
        Part("urgency", "urgency", URGENCY, 1),
        Part("severity", "severity", SEVERITY, 1),
        Part("certainty", "certainty", CERTAINTY, 1),
        Part("audience", "audience", of.TEXT),
        Part("eventCode", "event_codes", PAIR, 0, MANY),
        Part("effective", "effective", of.INSTANT),
        Part("onset", "onset", of.INSTANT),
        Part("expires", "expires", of.INSTANT),
        Part("senderName", "sender_name", of.TEXT),
        Part("headline", "headline", of.TEXT),
        Part("description", "description", of.TEXT),
        Part("instruction", "instruction", of.TEXT),
        Part("web", "web", of.URI),
        Part("contact", "contact", of.TEXT),
        Part("parameter", "parameters", PAIR, 0, MANY),
        Part("resource", "resources", RESOURCE, 0, MANY),
        Part("area", "areas", AREA, 0, MANY),
    ),
)

ALERT = Group(
    Alert,
    (
        Part("identifier", "identifier", of.TOKEN, 1),
        Part("sender", "sender", of.TOKEN, 1),
        Part("sent", "sent", of.INSTANT, 1),
        Part("status", "status", STATUS, 1),
        Part("msgType", "msg_type", MESSAGE_TYPE, 1),
        Part("source", "source", of.TEXT),
        Part("scope", "scope", SCOPE, 1),
        Part("restriction", "restriction", of.TEXT),
        Part("addresses", "addresses", of.TEXT),
        Part("code", "codes", of.TEXT, 0, MANY),
        Part("note", "note", of.TEXT),
        Part("references", "references", of.REFERENCES),
        Part("incidents", "incidents", of.TEXT),
        Part("info", "infos", INFO, 0, MANY),
    ),
)
