"""Keys that sign what leaves: ECDSA on P-256, one mode each. Live, exercise and test never share one; a replay has none.

A key's card (mode, owner, number, period, public key) is signed by the key itself, so a changed mode breaks it; the id, the
file name and every signature carry the mode as well. A private key is a file that its owner alone can read.
"""

import base64
import binascii
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput, WrongMode
from bongsu.messages.units import Nanos

KeyMode = Literal["live", "exercise", "test"]
KEY_ID: Final = r"(?:live|exercise|test)\.[a-z0-9]{1,24}(?:-[a-z0-9]{1,24}){0,3}\.[1-9][0-9]{0,5}"
USUAL_DAYS: Final = 90
_CARD = b"bongsu.card.v1\0"  # what a card signs, so that nothing else signed is ever taken for one
_ECDSA = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)  # RFC 6979: what is signed twice is the same bytes twice
_MAX_FILE_BYTES = 8_192
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_NS_PER_DAY = 86_400 * NS_PER_S


class Card(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is public of a key. `key_id` is mode.owner.number."""

    key_id: Annotated[str, msgspec.Meta(pattern=rf"^{KEY_ID}\Z")]
    mode: KeyMode
    from_ns: Nanos
    until_ns: Nanos
    public: bytes  # SubjectPublicKeyInfo, DER


class SignedCard(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A card as JSON text, and the signature its own key made over exactly that text."""

    body: str
    signature: bytes


class KeyFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a private key's file holds."""

    format: Literal["bongsu.key.v1"] = "bongsu.key.v1"
    card: SignedCard
    private: bytes  # PKCS 8, DER, not encrypted


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its card."""

    card: Card
    _private: ec.EllipticCurvePrivateKey

    @property
    def mode(self) -> KeyMode:
        """The only mode it signs for."""
        return self.card.mode

    def sign(self, data: bytes, now_ns: int) -> bytes:
        """The signature over some bytes, DER. Raises BadInput outside the key's period."""
        _check_period(self.card, now_ns)
        return self._private.sign(data, _ECDSA)


@dataclass(frozen=True, slots=True)
class Ring:
    """The public keys a receiver trusts, all of one mode."""

    mode: KeyMode
    cards: tuple[Card, ...]

    def verify(self, key_id: str, data: bytes, signature: bytes, now_ns: int) -> None:
        """Raise BadInput unless a trusted key signed exactly these bytes and is in force; WrongMode for a key of another mode."""
        mode = key_id.partition(".")[0]
        if mode != self.mode:
            raise WrongMode(f"signature of key {key_id}", mode, self.mode)
        card = next((card for card in self.cards if card.key_id == key_id), None)
        if card is None:
            known = ", ".join(c.key_id for c in self.cards) or "none"
            raise BadInput(
                f"signature of key {key_id}",
                "a key that is not trusted",
                f"one of: {known}",
                "Add its card if it should be.",
            )
        _check_period(card, now_ns)
        _check_signature(_public(card), data, signature, f"signature of key {key_id}")


def generate(folder: Path, mode: KeyMode, owner: str, *, from_ns: int, days: int = USUAL_DAYS) -> Path:
    """A new key in `folder`, numbered on: MODE.OWNER.N.key (0600), which is returned, and MODE.OWNER.N.card for receivers."""
    if not _is_id(f"{mode}.{owner}.1"):
        raise BadInput(
            "owner or mode of a key",
            f"{owner!r}, {mode!r}",
            "letters and digits in parts, as kor-1; live, exercise or test",
            "Name others.",
        )
    number = 1 + max(
        (int(p.stem.rpartition(".")[2]) for p in folder.glob(f"{mode}.{owner}.*.card") if _is_id(p.stem)), default=0
    )
    key_id = f"{mode}.{owner}.{number}"
    private = ec.generate_private_key(ec.SECP256R1())
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    card = Card(key_id=key_id, mode=mode, from_ns=from_ns, until_ns=from_ns + days * _NS_PER_DAY, public=public)
    body = msgspec.json.encode(card)
    signed = SignedCard(body=body.decode(), signature=private.sign(_CARD + body, _ECDSA))
    pkcs8 = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{key_id}.key"
    _write_new(path, msgspec.json.encode(KeyFile(card=signed, private=pkcs8)), 0o600)
    _write_new(path.with_suffix(".card"), msgspec.json.encode(signed), 0o644)
    return path


def load(path: Path, mode: KeyMode) -> SigningKey:
    """The private key in a file, for a process of one mode. WrongMode for another's; BadInput if broken or open to others."""
    body = _read(path, is_private=True)
    try:
        found = msgspec.json.decode(body, type=KeyFile)
        private = serialization.load_der_private_key(found.private, password=None)
    except (msgspec.MsgspecError, UnsupportedAlgorithm, ValueError, TypeError) as error:
        raise _broken(path, "a file that is no key") from error
    card = _card(found.card, path)
    if card.mode != mode:
        raise WrongMode(f"key {path}", card.mode, mode)
    if not isinstance(private, ec.EllipticCurvePrivateKey) or private.public_key() != _public(card):
        raise _broken(path, "a private key that is not the one of its card")
    return SigningKey(card, private)


def ring(paths: Iterable[Path], mode: KeyMode) -> Ring:
    """The trusted keys of one mode among some cards. BadInput if two modes share a key, or an id stands for two."""
    cards: list[Card] = []
    for path in sorted(paths):
        card = _card(_signed(path), path)
        for other in cards:
            if card.public == other.public and card.mode != other.mode:
                raise _broken(path, f"the public key of {other.key_id}, which is of another mode")
            if card.key_id == other.key_id:
                raise _broken(path, f"a second card of {card.key_id}")
        cards.append(card)
    return Ring(mode, tuple(card for card in cards if card.mode == mode))


def _signed(path: Path) -> SignedCard:
    try:
        return msgspec.json.decode(_read(path, is_private=False), type=SignedCard)
    except msgspec.MsgspecError as error:
        raise _broken(path, "a file that is no card") from error


def _card(signed: SignedCard, path: Path) -> Card:
    """The card, if its own key signed it and its id, its mode and the file's name agree."""
    try:
        card = msgspec.json.decode(signed.body, type=Card)
        public = _public(card)
    except (msgspec.MsgspecError, UnsupportedAlgorithm, ValueError) as error:
        raise _broken(path, "a card that does not decode") from error
    _check_signature(public, _CARD + signed.body.encode(), signed.signature, f"card in {path}")
    if card.key_id.partition(".")[0] != card.mode or path.stem != card.key_id:
        raise _broken(path, f"a card of {card.key_id} for mode {card.mode} in a file of another name")
    return card


def _public(card: Card) -> ec.EllipticCurvePublicKey:
    """The public key of a card. ValueError for anything but a key on P-256."""
    key = serialization.load_der_public_key(card.public)
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("a key that is not on P-256")
    return key


def _check_signature(public: ec.EllipticCurvePublicKey, data: bytes, signature: bytes, where: str) -> None:
    try:
        public.verify(signature, data, _ECDSA)
    except InvalidSignature as error:
        raise BadInput(
            where, "bytes that were not signed so", "exactly the bytes that were signed", "Nothing is done with it."
        ) from error


def _check_period(card: Card, now_ns: int) -> None:
    if not card.from_ns <= now_ns < card.until_ns:
        raise BadInput(
            f"key {card.key_id}",
            "that it is not in force now",
            f"a time from {card.from_ns} to before {card.until_ns} ns",
            "Make the next key and hand its card to the receivers.",
        )


def _read(path: Path, *, is_private: bool) -> bytes:
    """A small regular file; a private one must be closed to group and others."""
    try:
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK)) as file:
            status = os.fstat(file.fileno())
            body = file.read(_MAX_FILE_BYTES + 1) if stat.S_ISREG(status.st_mode) else b""
    except OSError as error:
        raise _broken(path, f"a file that does not open ({error.strerror})") from error
    if not stat.S_ISREG(status.st_mode) or len(body) > _MAX_FILE_BYTES:
        raise _broken(path, "no small regular file")
    if is_private and status.st_mode & _OTHERS:
        raise BadInput(
            str(path),
            f"permissions {stat.S_IMODE(status.st_mode):o}",
            "600: readable by its owner alone",
            f"Take it for known and make another; or chmod 600 {path} if nobody read it.",
        )
    return body


def _write_new(path: Path, body: bytes, permissions: int) -> None:
    """A file that was not there, on disk, with these permissions whatever the umask."""
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise BadInput(
            str(path),
            f"that it cannot be made ({error.strerror})",
            "a folder to write new files in",
            "Name another folder.",
        ) from error
    with os.fdopen(fd, "wb") as file:
        os.fchmod(fd, permissions)
        file.write(body)
        file.flush()
        os.fsync(fd)


def _is_id(text: str) -> bool:
    return re.fullmatch(KEY_ID, text) is not None


def _broken(path: Path, found: str) -> BadInput:
    return BadInput(
        str(path), found, "a key or card as Bongsu writes it, under its own name", "Restore it, or make another."
    )


def text(signature: bytes) -> str:
    """A signature as base64."""
    return base64.b64encode(signature).decode()


def of_text(signature: str) -> bytes:
    """A signature from base64, written the one way there is. ValueError for anything else."""
    try:
        found = base64.b64decode(signature, validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error
    if text(found) != signature:
        raise ValueError("base64 with bits left over")
    return found
