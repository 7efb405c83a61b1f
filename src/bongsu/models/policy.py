"""What stages/threat and stages/warn believe(s), as data."""

import msgspec


class WarnSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/threat and stages/warn."""
