"""Messages of strangers: read whole, or refused with one clear error, and never slowly."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.cap import SENDER, bulletin, following, texts

from bongsu.adapters.publish.cap.compose import compose
from bongsu.adapters.publish.cap.parse import MAX_BYTES, MAX_DEPTH, parse
from bongsu.adapters.publish.cap.read import read
from bongsu.adapters.publish.cap.write import write
from bongsu.errors import BadInput

GOOD = write(compose(bulletin(), texts(), SENDER))
CANCEL = write(compose(following("cancel", "withdrawn"), texts(), SENDER))
LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE alert [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>&c;</identifier></alert>"""
REFERENCES = re.compile(rb"<references>.*</references>")


def changed(old: bytes, new: bytes, body: bytes = GOOD) -> bytes:
    assert old in body
    return body.replace(old, new, 1)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (changed(b"cap:1.2", b"cap:1.1"), "CAP 1.1"),
        (changed(b"cap:1.2", b"cap:1.3"), "CAP 1.3"),
        (changed(b"urn:oasis:names:tc:emergency:cap:1.2", b"http://www.incident.com/cap/1.0"), "incident.com"),
        (changed(b"<msgType>Alert", b"<msgType>Recall"), "'Recall'"),
        (changed(b"<status>Actual", b"<status>Live"), "'Live'"),
        (changed(b"<scope>Public", b"<scope>All"), "'All'"),
        (changed(b"<msgType>Alert", b"<msgType>Cancel"), "Cancel without references"),
        (changed(b"<msgType>Alert", b"<msgType>Ack"), "Ack without references"),
        (changed(b"<msgType>Cancel", b"<msgType>Alert", CANCEL), "an Alert that replaces"),
        (REFERENCES.sub(b"<references></references>", CANCEL), "no reference in it"),
        (REFERENCES.sub(b"", CANCEL), "Cancel without references"),
        (REFERENCES.sub(b"<references>live.kor-1.7.W000001-1</references>", CANCEL), "instead of sender,identifier,sent"),
        (changed(b"00</references>", b"00 warning@bongsu.example,live.kor-1.7.W000001-1,2025-11-07T12:30:00+09:00</references>",
                 CANCEL), "the same message twice"),
        (changed(b"W000001-1,2025", b"W000001-2,2025", CANCEL), "replaces itself"),
        (changed(b"W000001-1,2025-11-07", b"W000001-1,2025-11-08", CANCEL), "sent later"),
        (changed(b"+09:00</sent>", b"Z</sent>"), "never Z"),
        (changed(b"<expires>2025-11-07T13", b"<expires>2025-11-06T13"), "before sent"),
        (changed(b"<scope>Public", b"<surprise/><scope>Public"), "'surprise'"),
        (changed(b"<status>Actual</status>", b""), "no status"),
        (changed(b"<status>Actual</status>", b"<status>Exercise</status><status>Actual</status>"), "2 times"),
        (changed(b"<status>Actual", b"<status>Exer<!-- -->cise"), "comments"),
        (changed(b"<status>Actual", b"<status>Ex<?x y?>ercise"), "comments"),
        (changed(b"<status>", b'<status x="1">'), "an attribute"),
        (changed(b"<status>Actual</status>", b"<status><a/>Actual</status>"), "elements"),
        (changed(b"<scope>", b"stray<scope>"), "text between"),
        (changed(b"  <status>Actual</status>\n  <msgType>Alert</msgType>\n", b"<msgType>Alert</msgType><status>Actual</status>"),
         "status after msgType"),
        (changed(b'encoding="UTF-8"', b'encoding="ISO-8859-1"'), "ISO-8859-1"),
        (GOOD.decode().encode("utf-16"), "XML"),
        (GOOD.decode().encode("utf-16-be"), "XML"),
        (GOOD.decode().encode("utf-32"), "XML"),
        (b"\xff" + GOOD, "XML"),
        (changed(b"    <parameter>", b"<web>example.org</web><parameter>"), "a full address"),
        (changed(b"    <parameter>", b"<web>http:" + b"a" * 200_000 + b"%</web><parameter>"), "a full address"),
        (changed(b"    <parameter>", b"<web>http:" + b"a/" * 100_000 + b"%</web><parameter>"), "a full address"),
        (GOOD[:-5], "XML"),
        (b"", "XML"),
        (LAUGHS, "DOCTYPE"),
        (changed(b"<alert", b"<!DOCTYPE alert>\n<alert"), "DOCTYPE"),
        (changed(b"<alert", b'<!DOCTYPE alert SYSTEM "http://localhost/x.dtd">\n<alert'), "DOCTYPE"),
        (changed(b">shelter_now<", b">&undefined;<"), "XML"),
        (b"<a>" * 100_000, f"{MAX_BYTES:,}"),
        (b"<a>" * (MAX_DEPTH + 1), "deep"),
        (changed(b"<alert", b"<alert " + b'x="' + b"y" * MAX_BYTES + b'"'), f"{MAX_BYTES:,}"),
        (b"{}", "XML"),
    ],
)  # fmt: skip
def test_what_is_unknown_ambiguous_or_hostile_is_refused_whole(body, said):
    with pytest.raises(BadInput) as refused:
        read(body)
    assert said in str(refused.value)


def test_white_space_prefixes_and_empty_optional_elements_change_nothing():
    spaced = GOOD.replace(b"<status>Actual</status>", b"<status>\n Actual </status>").replace(
        b"<scope>", b"<source/>\n<scope>", 0
    )
    prefixed = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1c:\2", GOOD).replace(b"xmlns=", b"xmlns:c=")
    empty = GOOD.replace(b"<scope>Public</scope>", b"<scope>Public</scope><restriction/><addresses></addresses>")
    assert read(spaced) == read(prefixed) == read(empty) == read(GOOD)


def test_a_signature_inside_is_counted_and_proves_nothing():
    inside = b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><x/></Signature>'
    assert read(GOOD.replace(b"</alert>", inside + b"</alert>")).n_signatures == 1
    with pytest.raises(BadInput, match="amid"):
        read(GOOD.replace(b"  <status>", inside + b"  <status>"))


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_and_nothing_else_happens(body):
    with pytest.raises(BadInput):
        read(body)


@given(st.data())
def test_a_message_with_any_bytes_changed_is_read_or_refused(data):
    at = data.draw(st.integers(0, len(GOOD) - 1))
    body = GOOD[:at] + data.draw(st.binary(max_size=4)) + GOOD[at + data.draw(st.integers(0, 40)) :]
    try:
        found = read(body)
    except BadInput:
        return
    assert read(write(found)) == found


def test_the_tree_of_a_small_document_is_what_stands_there():
    root = parse(b"<a xmlns='u' b='1'>x<c/>y</a>", "test")
    assert (root.namespace, root.tag, root.attributes, root.text) == ("u", "a", ("b",), "xy")
    assert [child.tag for child in root.children] == ["c"]
