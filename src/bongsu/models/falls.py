"""What stages/forecast believe(s), as data."""

import msgspec


class ForecastSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/forecast."""
