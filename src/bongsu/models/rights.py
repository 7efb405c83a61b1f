"""Who may do what: roles and actions as one table, users as data. Passwords are checked at the door, rights in the fold."""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

Role = Literal["watch", "author", "approver", "releaser", "admin", "auditor"]
Action = Literal[
    "acknowledge", "note", "consult", "propose", "drop", "approve", "send", "lower", "order", "report_damage", "publish",
    "release", "configure", "read_acts",
]  # fmt: skip

# Raising takes an author and an approver; lowering takes any one of them. An administrator runs the node and warns nobody.
RIGHTS: Final[dict[Role, frozenset[Action]]] = {
    "watch": frozenset({"acknowledge", "note", "consult", "report_damage"}),
    "author": frozenset({"acknowledge", "note", "consult", "propose", "drop", "lower", "report_damage", "publish"}),
    "approver": frozenset(
        {"acknowledge", "note", "consult", "drop", "approve", "send", "lower", "order", "report_damage"}
    ),
    "releaser": frozenset({"acknowledge", "note", "consult", "release"}),
    "admin": frozenset({"note", "configure", "read_acts"}),
    "auditor": frozenset({"read_acts"}),
}


class User(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person: roles, and the argon2 hash of a password (empty: may not act)."""

    user_id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9._-]{0,31}\Z")]
    roles: tuple[Role, ...] = ()
    password_hash: Annotated[str, Meta(max_length=200)] = ""


def may(users: tuple[User, ...], user_id: str, action: Action) -> bool:
    """Whether any role of the user allows it; nobody unknown may do anything."""
    return any(action in RIGHTS[role] for user in users if user.user_id == user_id for role in user.roles)
