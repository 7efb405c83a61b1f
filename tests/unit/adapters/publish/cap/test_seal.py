"""What was signed is what is read, and only by a key of the same mode."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.cap import SENDER, SENT_NS, bulletin, texts

from bongsu.adapters import keys
from bongsu.adapters.publish.cap.compose import compose
from bongsu.adapters.publish.cap.read import read
from bongsu.adapters.publish.cap.seal import receive, seal
from bongsu.adapters.publish.cap.write import write
from bongsu.errors import BadInput, WrongMode

MODES = ("live", "exercise", "test")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("keys")
    for mode in MODES:
        keys.generate(found, mode, "kor-1", from_ns=SENT_NS)
    return found


def key(folder, mode="live"):
    return keys.load(folder / f"{mode}.kor-1.1.key", mode)


def ring(folder, mode="live"):
    return keys.ring(folder.glob("*.card"), mode)


def body(mode="live"):
    return write(compose(bulletin(mode=mode), texts(mode), SENDER))


@pytest.fixture(scope="module")
def sealed(folder):
    return seal(body(), key(folder), SENT_NS)


@pytest.mark.parametrize("mode", MODES)
def test_a_sealed_message_is_received_as_it_was_written_and_is_still_plain_cap(folder, mode):
    whole = seal(body(mode), key(folder, mode), SENT_NS)
    received = receive(whole, ring(folder, mode), SENT_NS)
    assert (received.alert, received.key_id, received.mode) == (read(body(mode)), f"{mode}.kor-1.1", mode)
    assert whole.startswith(body(mode))
    assert read(whole) == received.alert  # a receiver without our keys sees a comment
    assert seal(body(mode), key(folder, mode), SENT_NS) == whole


def test_an_altered_status_breaks_the_signature(folder):
    drill = seal(body("exercise"), key(folder, "exercise"), SENT_NS)
    actual = drill.replace(b"<status>Exercise", b"<status>Actual").replace(b"exercise.kor-1.7", b"live.kor-1.7")
    for ring_mode in ("live", "exercise"):
        with pytest.raises((BadInput, WrongMode)):
            receive(actual, ring(folder, ring_mode), SENT_NS)
    with pytest.raises(BadInput, match="not signed so"):
        receive(actual.replace(b"exercise.kor-1.1", b"live.kor-1.1"), ring(folder), SENT_NS)


@pytest.mark.parametrize("key_mode", MODES)
@pytest.mark.parametrize("mode", MODES)
def test_no_key_seals_and_no_ring_takes_a_message_of_another_mode(folder, mode, key_mode):
    if mode == key_mode:
        return
    with pytest.raises(WrongMode):
        seal(body(mode), key(folder, key_mode), SENT_NS)
    with pytest.raises(WrongMode):
        receive(seal(body(mode), key(folder, mode), SENT_NS), ring(folder, key_mode), SENT_NS)


def test_a_status_that_the_key_signed_by_force_is_still_refused(folder):
    """Someone who holds an exercise key and skips our own check gets no further than the receiver."""
    live = key(folder, "exercise")
    forged = body()
    signature = live.sign(b"bongsu.seal.v1\0" + live.card.key_id.encode() + b"\0" + forged, SENT_NS)
    line = f"<!-- bongsu-seal.v1 {live.card.key_id} {keys.text(signature)} -->\n".encode()
    for mode in ("live", "exercise"):
        with pytest.raises(WrongMode):
            receive(forged + line, ring(folder, mode), SENT_NS)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_other_bytes_are_refused(folder, sealed, data):
    at = data.draw(st.integers(0, len(sealed)))
    other = sealed[:at] + data.draw(st.binary(max_size=3)) + sealed[at + data.draw(st.integers(0, 3)) :]
    if other != sealed:
        with pytest.raises((BadInput, WrongMode)):
            receive(other, ring(folder), SENT_NS)


def test_what_has_no_seal_or_more_behind_it_is_refused(folder, sealed):
    line = sealed[sealed.rindex(b"<!--") :]
    for other in (
        body(),
        b"",
        line,
        sealed[:-1],
        sealed + b"\n",
        sealed + line,
        sealed.replace(b" -->", b"  -->"),
        body() + sealed[-40:],
    ):
        with pytest.raises(BadInput):
            receive(other, ring(folder), SENT_NS)
    with pytest.raises(BadInput, match="bytes"):
        receive(b" " * 300_000, ring(folder), SENT_NS)


def test_the_signature_is_checked_before_anything_is_parsed(folder, sealed):
    """A document type under a broken seal is never seen by the parser."""
    hostile = sealed.replace(b"<alert", b"<!DOCTYPE alert><alert")
    with pytest.raises(BadInput, match="not signed so"):
        receive(hostile, ring(folder), SENT_NS)
