"""What a channel is handed, what it answers, and what every channel can do."""

import hashlib
import re
from dataclasses import dataclass
from typing import Final, Protocol

NAME: Final = re.compile(r"(live|exercise|test)\.[A-Za-z0-9][A-Za-z0-9._:+-]{0,120}")


@dataclass(frozen=True, slots=True)
class Parcel:
    """One sealed statement. `name` is one for each bulletin ever made and begins with its mode: a resend has the same."""

    name: str
    mode: str
    body: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Taken:
    """The channel has these bytes under this name. `is_repeat`: it had them before."""

    detail: str
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """It has not, as far as we know. `is_final`: the same bytes will never be taken, so nothing is gained by trying again."""

    detail: str
    is_final: bool = False


class Channel(Protocol):
    """A way out. Its mode is a setting of its own, so that no single slip makes a drill public; the audience is at its end."""

    @property
    def name(self) -> str: ...

    @property
    def mode(self) -> str: ...

    @property
    def audience(self) -> tuple[str, ...]: ...

    def hand_over(self, parcel: Parcel, timeout_s: float) -> Taken | Failed:
        """Hand over, or say why not, within about `timeout_s`. The same parcel again changes nothing and is taken again."""


def unfit(parcel: Parcel, mode: str) -> str:
    """Why a channel of some mode must not carry a parcel, whoever asks; empty where it may."""
    named = NAME.fullmatch(parcel.name)
    if named is None:
        return f"a name that is none ({parcel.name[:60]!r})"
    if not mode == parcel.mode == named[1]:
        return f"mode {parcel.mode!r} named {named[1]!r} on a channel for {mode!r}"
    return ""
