"""A signature over exactly the bytes of a CAP message, carried in one comment line after it.

The sealed file is still a valid CAP message for anyone. Whoever knows our keys cuts off the last line and checks the bytes
before it, before any of them is parsed: nothing is canonicalised, so nothing is read otherwise than it was signed (0016).
"""

import re
from typing import NamedTuple

from bongsu.adapters.keys import KEY_ID, KeyMode, Ring, SigningKey, of_text, text
from bongsu.adapters.publish.cap.alert import Alert
from bongsu.adapters.publish.cap.compose import STATUS
from bongsu.adapters.publish.cap.parse import MAX_BYTES
from bongsu.adapters.publish.cap.read import read
from bongsu.errors import BadInput, WrongMode

_MARK = b"<!-- bongsu-seal.v1 "
_LINE = re.compile(rb"<!-- bongsu-seal\.v1 (" + KEY_ID.encode() + rb") ([A-Za-z0-9+/]{80,120}={0,2}) -->\n")
_MAX_LINE_BYTES = 300
_MODES = {status: mode for mode, status in STATUS.items()}


class Received(NamedTuple):
    """A message that was signed as it stands, and by which key."""

    alert: Alert
    key_id: str
    mode: KeyMode


def seal(body: bytes, key: SigningKey, now_ns: int) -> bytes:
    """The message with its seal. WrongMode unless its status is that of the key: no key signs for another mode."""
    _check_status(read(body, "message to seal"), key.mode, "message to seal")
    signature = key.sign(_signed(key.card.key_id, body), now_ns)
    return body + b"%s%s %s -->\n" % (_MARK, key.card.key_id.encode(), text(signature).encode())


def receive(sealed: bytes, ring: Ring, now_ns: int, where: str = "sealed CAP message") -> Received:
    """The message under a seal of a trusted key. BadInput or WrongMode, and nothing is parsed, where the signature is none."""
    if len(sealed) > MAX_BYTES + _MAX_LINE_BYTES:
        raise BadInput(
            where, f"{len(sealed):,} bytes", f"at most {MAX_BYTES + _MAX_LINE_BYTES:,}", "Nothing is done with it."
        )
    at = max(sealed.rfind(b"\n" + _MARK) + 1, 0)
    body, line = sealed[:at], _LINE.fullmatch(sealed, at)
    if line is None or not body:
        raise BadInput(
            where, "no seal in its last line", "a sealed message", "What is unsigned is shown, never acted on."
        )
    key_id = line[1].decode()
    try:
        signature = of_text(line[2].decode())
    except ValueError as error:
        raise BadInput(where, f"a seal with {error}", "base64", "Nothing is done with it.") from error
    ring.verify(key_id, _signed(key_id, body), signature, now_ns)
    alert = read(body, where)
    _check_status(alert, ring.mode, where)
    return Received(alert, key_id, ring.mode)


def _signed(key_id: str, body: bytes) -> bytes:
    """What is signed: the purpose, the key with its mode, and the bytes as they are sent."""
    return b"bongsu.seal.v1\0" + key_id.encode() + b"\0" + body


def _check_status(alert: Alert, mode: KeyMode, where: str) -> None:
    """Raise WrongMode unless status and identifier are of the key's mode."""
    for found in (_MODES.get(alert.status, alert.status), alert.identifier.partition(".")[0]):
        if found != mode:
            raise WrongMode(where, found, mode)
