"""What stages/backtrack: priors of powered flight believe(s), as data."""

import msgspec


class BoostSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/backtrack: priors of powered flight."""
