"""What stages/decide believes, as data: who speaks, how long things live, when nothing may be called clear."""

import msgspec

from bongsu.messages.units import DurationNs


class DecideSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/decide. Own choices unless a source is named."""

    authority: str = "unnamed"  # id of who issues
    authority_names: tuple[tuple[str, str], ...] = ()  # (language, name)
    approval_lives_ns: DurationNs = 30_000_000_000  # an approved statement that was not sent by then is asked again
    alert_lives_ns: DurationNs = 3_600_000_000_000  # a statement is in force so long, if nothing replaces it
    no_clear_within_ns: DurationNs = 60_000_000_000  # of a forecast that touched an area: nothing is called clear
    max_warnings: int = 200  # remembered; those that have ended go first
