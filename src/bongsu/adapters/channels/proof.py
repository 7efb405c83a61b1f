"""Whether a statement may leave by a channel: every condition has to be proven, whatever is missing counts against it."""

from typing import Final, get_args

from bongsu.errors import BongsuError
from bongsu.messages.bulletin import Bulletin, BulletinArea
from bongsu.messages.issued import Sendable

ISSUED: Final[tuple[type, ...]] = get_args(Sendable)
_MODES: Final = ("live", "exercise", "test")  # a replay never leaves


class NotProven(BongsuError):
    """Something was about to leave that is not proven to be of the channel's mode."""

    def __init__(self, channel: str, mode: object, missing: tuple[str, ...]) -> None:
        self.missing = missing
        super().__init__(
            f"channel {channel}: not proven {mode}: {'; '.join(missing)}. Nothing was sent: "
            f"every one of these has to say {mode}, so mend the one that does not."
        )


def unproven(
    mode: object,
    *,
    finding: object,
    manifest_mode: object,
    key_mode: object,
    sealed_mode: object,
    channel_mode: object,
    audience: object,
) -> tuple[str, ...]:
    """Every condition that is not met for sending `finding` in `mode`; empty if it may be sent.

    `sealed_mode` is the mode that the very bytes prove by their signature and status.
    """
    bulletin = getattr(finding, "bulletin", None)
    is_issued = type(finding) in ISSUED and type(bulletin) is Bulletin
    said = {
        "log": manifest_mode, "key": key_mode, "sealed bytes": sealed_mode, "channel": channel_mode,
        "bulletin": bulletin.mode if type(bulletin) is Bulletin else None,
    }  # fmt: skip
    missing = [f"{what} says {found!r}" for what, found in said.items() if type(found) is not str or found != mode]
    if mode not in _MODES:
        missing.append(f"mode {mode!r} is never sent")
    if not is_issued:
        missing.append(f"{type(finding).__name__} is no issued statement")
    if not getattr(finding, "id", ""):
        missing.append("it does not stand in the log")
    if not _has_audience(audience):
        missing.append("the channel has no audience")
    if not (type(bulletin) is Bulletin and bulletin.areas and all(map(_is_somewhere, bulletin.areas))):
        missing.append("it has no area, or one that is nowhere")
    return tuple(missing)


def is_proven_live(
    *,
    finding: object,
    manifest_mode: object,
    key_mode: object,
    sealed_mode: object,
    channel_mode: object,
    audience: object,
) -> bool:
    """Whether everything about it says live. Anything else, anything missing, anything odd: no."""
    return not unproven(
        "live", finding=finding, manifest_mode=manifest_mode, key_mode=key_mode, sealed_mode=sealed_mode,
        channel_mode=channel_mode, audience=audience,
    )  # fmt: skip


def _has_audience(audience: object) -> bool:
    return type(audience) is tuple and bool(audience) and all(type(a) is str and a.strip() for a in audience)


def _is_somewhere(area: BulletinArea) -> bool:
    return bool(area.polygons or area.geocodes or area.zones)
