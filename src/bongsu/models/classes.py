"""What stages/classify: shapes, range classes, kinds believe(s), as data."""

import msgspec


class ClassSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/classify: shapes, range classes, kinds."""
