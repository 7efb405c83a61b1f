"""What stages/detect and stages/event believe(s), as data."""

import msgspec


class DetectionSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/detect and stages/event."""
