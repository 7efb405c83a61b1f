"""One POST, one receipt: no redirect, no clear text, no waiting for ever, and a key by which a repeat is known."""

import base64
import contextlib
import datetime
import hashlib
import ipaddress
import socket
import ssl
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.helpers.channels import server

from bongsu.adapters.channels.parcel import Failed, Parcel, Taken
from bongsu.adapters.channels.webhook import Webhook
from bongsu.errors import BadInput

PARCEL = Parcel("live.kor-1.7.W000001-1", "live", b"<alert/>" * 2_000)
WITHIN_S = 5.0


def says(answer: bytes):
    return lambda conn: conn.sendall(answer)


def hook(port: int, **options) -> Webhook:
    return Webhook("hook", "live", ("residents",), f"http://127.0.0.1:{port}/in?x=1", **options)


def test_the_bytes_arrive_whole_with_a_key_for_repeats():
    with server(says(b"HTTP/1.1 202 Accepted\r\n\r\n")) as (port, requests):
        assert hook(port).hand_over(PARCEL, WITHIN_S) == Taken("127.0.0.1: 202")
        hook(port).hand_over(PARCEL, WITHIN_S)
    head, _, body = requests[0].partition(b"\r\n\r\n")
    assert body == PARCEL.body
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /in?x=1 HTTP/1.1"
    digest = base64.b64encode(hashlib.sha256(PARCEL.body).digest()).decode()
    assert {
        'Idempotency-Key: "live.kor-1.7.W000001-1"', "Bongsu-Mode: live", "Content-Type: application/cap+xml",
        f"Content-Digest: sha-256=:{digest}:",
    } <= set(lines)  # fmt: skip
    assert requests[0] == requests[1]


@pytest.mark.parametrize(
    ("answer", "said", "is_final"),
    [
        (b"HTTP/1.1 500 No\r\n\r\n", "answered 500", False),
        (b"HTTP/1.1 503\r\n\r\n", "answered 503", False),
        (b"HTTP/1.1 401 Who\r\n\r\n", "answered 401", False),
        (b"HTTP/1.1 409 Other bytes\r\n\r\n", "answered 409", True),
        (b"HTTP/1.1 413 Large\r\n\r\n", "answered 413", True),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 500 No\r\n\r\n", "answered 500", False),
        (b"hello\r\n\r\n", "not HTTP", False),
        (b"HTTP/1.1 2000 \r\n\r\n", "not HTTP", False),
        (b"", "without an answer", False),
        (b"HTTP/1.1 200 OK\r\n", "without an answer", False),
        (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 5_000, "without end", False),
    ],
)
def test_anything_but_a_whole_2xx_in_time_is_no_receipt(answer, said, is_final):
    with server(says(answer)) as (port, _):
        found = hook(port).hand_over(PARCEL, WITHIN_S)
    assert isinstance(found, Failed)
    assert said in found.detail
    assert found.is_final == is_final


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(code):
    with server(says(b"HTTP/1.1 200 OK\r\n\r\n")) as (other, there):
        answer = b"HTTP/1.1 %d Over there\r\nLocation: http://127.0.0.1:%d/\r\n\r\n" % (code, other)
        with server(says(answer)) as (port, _):
            assert hook(port).hand_over(PARCEL, WITHIN_S) == Failed(f"127.0.0.1: answered {code}")
    assert there == []


def test_a_side_that_answers_byte_by_byte_holds_nobody_up():
    def drip(conn: socket.socket) -> None:
        with contextlib.suppress(OSError):
            for byte in b"HTTP/1.1 200 " + b"O" * 1_000:
                conn.sendall(bytes([byte]))
                time.sleep(0.02)

    with server(drip) as (port, _):
        found = hook(port).hand_over(PARCEL, 0.3)
    assert isinstance(found, Failed)
    assert "time" in found.detail


def test_nobody_at_home_is_a_failure_to_be_tried_again():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    found = hook(port).hand_over(PARCEL, WITHIN_S)
    assert isinstance(found, Failed)
    assert not found.is_final


@pytest.mark.parametrize("mode", ["exercise", "test", "replay", ""])
def test_what_is_of_another_mode_is_never_posted(mode):
    with server(says(b"HTTP/1.1 200 OK\r\n\r\n")) as (port, requests):
        for name in (PARCEL.name, f"{mode}.kor-1.7.W000001-1"):
            found = hook(port).hand_over(Parcel(name, mode, b"x"), WITHIN_S)
            assert isinstance(found, Failed)
            assert found.is_final
    assert requests == []


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/in", "http://localhost.example.org/", "http://127.0.0.1.example.org/", "ftp://localhost/", "https://",
        "https://user:word@example.org/", "https://:word@example.org/", "https://example.org/#x", "https://example.org:x/", "",
        "file:///etc/passwd", "//example.org/", "https://[::1", "http://2130706433/",
    ],
)  # fmt: skip
def test_an_address_that_would_speak_in_the_clear_is_refused(url):
    with pytest.raises(BadInput, match="channel hook: url"):
        Webhook("hook", "live", ("residents",), url)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for this machine, signed by itself; its file and that of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("tls")
    (folder / "cert").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "cert", folder / "key"


def test_over_tls_only_a_side_that_proves_who_it_is_hears_anything(certificate):
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(*certificate)
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    with server(says(b"HTTP/1.1 200 OK\r\n\r\n"), ours) as (port, requests):
        url = f"https://127.0.0.1:{port}/in"
        stranger = Webhook("hook", "live", ("residents",), url).hand_over(PARCEL, WITHIN_S)
        assert isinstance(stranger, Failed)
        assert "certificate" in stranger.detail
        assert requests == []
        known = Webhook("hook", "live", ("residents",), url, tls=trusting).hand_over(PARCEL, WITHIN_S)
        assert known == Taken("127.0.0.1: 200")
    assert requests[0].endswith(PARCEL.body)
