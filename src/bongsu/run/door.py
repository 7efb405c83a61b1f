"""The person's side of `bongsu act`: who is at which terminal, the password, and the answer in lines."""

import getpass
import hashlib
import os
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from bongsu.errors import BadInput, BongsuError
from bongsu.models.rights import User
from bongsu.run import config
from bongsu.run.act import VERBS, Answer, Request, act_at_node, act_on_log, password_hash
from bongsu.run.tables import load_tables

PASSWORD = "BONGSU_PASSWORD"  # the name of the variable


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed."""

    user: str
    verb: str
    target_id: str
    family: str = ""
    why: str = ""
    areas: tuple[str, ...] = ()
    session: str = ""
    people: Path | None = None  # with the [[user]] tables, for a log


def ask(target: Path, asked: Asked, *, is_preview: bool = False) -> Answer:
    """Perform it at the node whose file is named, or in a log. Raises BadInput, BongsuError."""
    if asked.verb not in VERBS:
        raise BadInput("the act", repr(asked.verb), ", ".join(VERBS), "Name one of these.")
    node = config.load_node(target) if target.suffix == ".toml" else None
    if node is not None and node.acts is None:
        raise BadInput(
            str(target), "no [node] acts", "the address where the node takes acts", 'Add acts = "127.0.0.1:7701".'
        )
    request = _request(asked, is_preview)
    if node is not None and node.acts is not None:
        return act_at_node(*node.acts, request)
    people = config.load_settings(asked.people).users if asked.people else ()
    return act_on_log(target, people, request, load_tables(), time.time_ns())


def _request(asked: Asked, is_preview: bool) -> Request:
    given: dict[str, Any] = {
        "user": asked.user, "password": _password(f"Password of {asked.user}: "), "session": asked.session or session(),
        "verb": asked.verb, "target_id": asked.target_id, "why": asked.why, "areas": asked.areas, "is_preview": is_preview,
    }  # fmt: skip
    if asked.family:
        given["family"] = asked.family
    try:
        return msgspec.convert(given, Request)
    except msgspec.ValidationError as error:
        raise BadInput("the act", str(error), "known families and reasons", "See docs/guides/warnings.md.") from error


def session() -> str:
    """Where somebody is logged in: this machine, this user, this terminal. Two people at one terminal are one session."""
    terminal = os.ttyname(sys.stdin.fileno()) if sys.stdin.isatty() else "no terminal"
    words = f"{socket.gethostname()} {getpass.getuser()} {terminal}"
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _password(prompt: str) -> str:
    found = os.environ.get(PASSWORD)
    return found if found is not None else getpass.getpass(prompt) if sys.stdin.isatty() else ""


def user_table(user_id: str, roles: tuple[str, ...]) -> str:
    """TOML of a user with the hash of a password."""
    password = _password(f"New password of {user_id}: ")
    if len(password) < 8:
        raise BadInput(
            "the password", f"{len(password)} characters", "at least 8", f"Type a longer one, or set {PASSWORD}."
        )
    try:
        user = msgspec.convert({"user_id": user_id, "roles": roles, "password_hash": password_hash(password)}, User)
    except msgspec.ValidationError as error:
        raise BadInput("the user", str(error), "a lower-case name and known roles", "Mend it.") from error
    listed = ", ".join(f'"{role}"' for role in user.roles)
    return f'[[user]]\nuser_id = "{user.user_id}"\nroles = [{listed}]\npassword_hash = "{user.password_hash}"'


def lines(answer: Answer) -> list[str]:
    """The answer for a terminal. Raises BongsuError for a refusal."""
    if not answer.is_done:
        raise BongsuError(f"refused ({answer.rule}): {answer.line}")
    texts = [line for lang in sorted(answer.texts) for line in ("", f"[{lang}]", answer.texts[lang])]
    return [answer.line, *texts]


def as_json(answer: Answer) -> str:
    """The answer for a machine."""
    return msgspec.json.encode(answer).decode()
