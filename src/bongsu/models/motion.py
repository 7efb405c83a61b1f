"""What stages/track: motion models believe(s), as data."""

import msgspec


class MotionSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/track: motion models."""
