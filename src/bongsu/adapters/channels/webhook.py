"""Another system's web address: one POST a statement, with a key by which the other side knows a repeat.

No redirect is followed and no proxy is asked; what is not this machine is spoken to over TLS alone. The head of the answer has to
come in time as a whole: a side that sends a byte now and then does not hold up the others.
"""

import base64
import hashlib
import http.client
import re
import socket
import ssl
import time
from urllib.parse import urlsplit

from bongsu.adapters.channels.parcel import Failed, Parcel, Taken, unfit
from bongsu.errors import BadInput

_HERE = ("localhost", "127.0.0.1", "::1")
_MAX_ANSWER_BYTES = 16_384  # of its head; its body is not read
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5]\d\d)(?: [^\r\n]*)?\r\n")
_FINAL = frozenset({400, 409, 413, 415, 422})  # this content is refused, now and later


class Webhook:
    """POSTs to one address; 2xx is a receipt."""

    def __init__(
        self, name: str, mode: str, audience: tuple[str, ...], url: str, *, tls: ssl.SSLContext | None = None
    ) -> None:
        """BadInput for an address that is no https one, but for this machine's own; `tls` for a private authority."""
        self.name, self.mode, self.audience = name, mode, audience
        self._host, self._port, self._path, self._is_tls = _address(url, name)
        self._tls = tls or ssl.create_default_context()

    def hand_over(self, parcel: Parcel, timeout_s: float) -> Taken | Failed:
        """POST the bytes. Timeouts are retried by the same key, so the other side does what it says once."""
        if reason := unfit(parcel, self.mode):
            return Failed(reason, is_final=True)
        until_s = time.monotonic() + timeout_s
        connection = self._connection(timeout_s)
        try:
            connection.request("POST", self._path, parcel.body, _headers(parcel))
            status = _answer(connection.sock, until_s)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Failed(f"{self._host}: {error or type(error).__name__}")
        finally:
            connection.close()
        if 200 <= status < 300:
            return Taken(f"{self._host}: {status}")
        return Failed(f"{self._host}: answered {status}", is_final=status in _FINAL)

    def _connection(self, timeout_s: float) -> http.client.HTTPConnection:
        if self._is_tls:
            return http.client.HTTPSConnection(self._host, self._port, timeout=timeout_s, context=self._tls)
        return http.client.HTTPConnection(self._host, self._port, timeout=timeout_s)


def _address(url: str, name: str) -> tuple[str, int | None, str, bool]:
    """Host, port, path and whether it is over TLS."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    is_here = parts.scheme == "http" and host in _HERE
    if not host or not (parts.scheme == "https" or is_here) or "@" in parts.netloc or parts.fragment:
        raise BadInput(
            f"channel {name}: url", repr(url), "https://host/path without user and fragment; http for this machine alone",
            "What is said in public is not sent in the clear.",
        )  # fmt: skip
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return host, port, path, parts.scheme == "https"


def _headers(parcel: Parcel) -> dict[str, str]:
    """The name makes a repeat known (Idempotency-Key); the digest is that of RFC 9530."""
    digest = base64.b64encode(hashlib.sha256(parcel.body).digest()).decode()
    return {
        "Content-Type": "application/cap+xml",
        "Idempotency-Key": f'"{parcel.name}"',
        "Content-Digest": f"sha-256=:{digest}:",
        "Bongsu-Mode": parcel.mode,
        "Connection": "close",
    }


def _answer(sock: socket.socket, until_s: float) -> int:
    """The status of the answer, whose head has to be here in time. TimeoutError or ValueError if it is not, or is none."""
    got = b""
    while True:
        while b"\r\n\r\n" not in got:
            left_s = until_s - time.monotonic()
            if left_s <= 0.0:
                raise TimeoutError("no answer in time")
            sock.settimeout(left_s)
            more = sock.recv(4_096)
            got += more
            if not more or len(got) > _MAX_ANSWER_BYTES:
                raise ValueError("the connection ended without an answer" if not more else "an answer without end")
        status = _STATUS.match(got)
        if status is None:
            raise ValueError("an answer that is not HTTP")
        if int(status[1]) >= 200:
            return int(status[1])
        got = got.partition(b"\r\n\r\n")[2]  # an interim answer; the real one follows
