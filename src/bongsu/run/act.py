"""`bongsu act`: a person's act on a warning, in a log or at a live node, answered with what came of it or the rule against it."""

import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import argon2
import msgspec
from msgspec import UNSET, Meta, UnsetType

from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput, BongsuError
from bongsu.geo.tables import Tables
from bongsu.language.warning import in_all_languages
from bongsu.log.writer import LogWriter
from bongsu.messages.base import Finding
from bongsu.messages.bulletin import Bulletin, Family, Why
from bongsu.messages.inputs import OperatorAct
from bongsu.messages.issued import ActRefused, WarningApproved
from bongsu.models.rights import User
from bongsu.run.core import Core, settings_from
from bongsu.run.issue import refuse_while_written
from bongsu.run.times import utc_text

MAX_LINE: Final = 10_000
TIMEOUT_S: Final = 10.0
OLD_NS: Final = 3_600 * NS_PER_S  # since a log's last record: acts then happen in its own time
VERBS: Final = {
    "propose": "propose", "approve": "approve", "send": "send", "update": "update", "retract": "retract",
    "all-clear": "all_clear", "cancel": "cancel",
}  # fmt: skip
_HASHER: Final = argon2.PasswordHasher()
_NOBODY: Final = f"$argon2id$v=19$m=65536,t=3,p=4${'A' * 22}${'A' * 43}"  # no password's hash
Short = Annotated[str, Meta(max_length=200)]


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An act as it is asked for, at the door: the password goes no further."""

    user: Short
    password: Annotated[str, Meta(max_length=200)] = ""
    session: Short
    verb: Short
    target_id: Short
    family: Family | UnsetType = UNSET
    why: Why = ""
    areas: tuple[Short, ...] = ()
    is_preview: bool = False


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it: a line for people, the rule where it was refused, texts by language where something is to be said."""

    is_done: bool
    line: str
    rule: str = ""
    warning_id: str = ""
    bulletin_id: str = ""
    texts: dict[str, str] = {}


def password_hash(password: str) -> str:
    """What a [[user]] table keeps of a password. Source: argon2id with the library's defaults (RFC 9106)."""
    return _HASHER.hash(password)


def is_known(users: Sequence[User], user_id: str, password: str) -> bool:
    """Whether there is such a user with that password; one without a hash may not act."""
    kept = next((user.password_hash for user in users if user.user_id == user_id), "")
    try:
        return _HASHER.verify(kept or _NOBODY, password) and bool(kept)  # takes as long for a name that is none
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def act_of(request: Request, now_ns: int) -> OperatorAct:
    """The act that a request asks for. Raises BadInput for an unknown verb, or an area that cannot be one."""
    verb = VERBS.get(request.verb)
    if verb is None:
        raise BadInput("the act", repr(request.verb), ", ".join(VERBS), "Name one of these.")
    fields = {
            "type": "operator_act.v1", "valid_ns": now_ns, "user": request.user, "verb": verb, "target_id": request.target_id,
            "session": request.session, "why": request.why, "areas": request.areas,
            **({"family": request.family} if isinstance(request.family, str) else {}),
    }  # fmt: skip
    try:
        return msgspec.convert(fields, OperatorAct)
    except msgspec.ValidationError as error:
        raise BadInput("the act", str(error), "ids of areas as in the node's file", "Mend it.") from error


def answer_of(found: Sequence[Finding]) -> Answer:
    """The answer to an act, from what came of it."""
    for finding in found:
        if isinstance(finding, ActRefused):
            return Answer(is_done=False, line=finding.reason, rule=finding.rule)
    for finding in found:
        bulletin = getattr(finding, "bulletin", None)
        if isinstance(bulletin, Bulletin):
            return _said(getattr(finding, "warning_id", ""), getattr(finding, "reason", ""), bulletin)
        if isinstance(finding, WarningApproved):
            line = f"{finding.warning_id}: {finding.reason} May be sent until {utc_text(finding.until_ns)}."
            return Answer(is_done=True, line=line, warning_id=finding.warning_id)
    return Answer(is_done=True, line="Done; nothing is said in public.")


def _said(warning_id: str, reason: str, bulletin: Bulletin) -> Answer:
    """What was drafted or issued, with its texts; it stands in the log even if they cannot be written any more."""
    try:
        texts, line = {lang: s.text for lang, s in in_all_languages(bulletin).items()}, f"{warning_id}: {reason}"
    except BadInput as error:
        texts, line = {}, f"{warning_id}: {reason} BUT IT CANNOT BE SENT: {error}"
    return Answer(is_done=True, line=line, warning_id=warning_id, bulletin_id=bulletin.bulletin_id, texts=texts)


NO_PASSWORDS: Final = Answer(
    is_done=False,
    line="A log keeps no passwords; name the file with the [[user]] tables with --people.",
    rule="not_known",
)
NOT_KNOWN: Final = Answer(is_done=False, line="Nobody of that name and password is known here.", rule="not_known")


def unwritable(core: Core, act: OperatorAct) -> Answer | None:
    """Why an act never reaches the log: words, or those that would take it back, cannot be written; None where they can."""
    for finding in core.preview(act):
        for text in (getattr(finding, "bulletin", None), getattr(finding, "retraction", None)):
            try:
                if isinstance(text, Bulletin):
                    in_all_languages(text)
            except BadInput as error:
                return Answer(is_done=False, line=str(error), rule="cannot_be_written")
    return None


def judged(core: Core, people: Sequence[User], request: Request, now_ns: int) -> Answer:
    """Perform a request on a core that nobody else drives, or preview it."""
    act = act_of(request, now_ns)
    if not is_known(people, request.user, request.password):
        return NOT_KNOWN if people else NO_PASSWORDS
    early = unwritable(core, act)
    if early is not None:
        return early
    return answer_of(core.preview(act) if request.is_preview else core.take([(now_ns, act)]))


def act_on_log(path: Path, people: Sequence[User], request: Request, tables: Tables, now_ns: int) -> Answer:
    """Perform a request on a log without a writer, on an old one at its end. Raises BadInput while a node writes it."""
    log = LogWriter(path)
    refuse_while_written(log, path, now_ns)
    at_ns = log.known_ns + NS_PER_S if abs(now_ns - log.known_ns) > OLD_NS else max(now_ns, log.known_ns)
    with Core(log, settings_from(log.manifest), tables) as core:
        return judged(core, people, request, at_ns)


def act_at_node(host: str, port: int, request: Request) -> Answer:
    """Ask a live node. Raises BongsuError where it cannot be reached or does not answer in time."""
    where = f"{host}:{port}"
    try:
        with socket.create_connection((host, port), timeout=TIMEOUT_S) as connection:
            connection.sendall(msgspec.json.encode(request) + b"\n")
            with connection.makefile("rb") as file:
                line = file.readline(1_000_000)
        return msgspec.json.decode(line, type=Answer)
    except OSError as error:
        raise BongsuError(
            f"{where}: the node does not answer ({error}). Is it running, with [node] acts set?"
        ) from error
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BongsuError(
            f"{where}: found {line[:80]!r}; expected an answer of a node. Is this its acts address?"
        ) from error
