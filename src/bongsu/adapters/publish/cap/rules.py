"""What a CAP message has to satisfy beyond its form, whether it is written or read."""

from collections import Counter

from bongsu.adapters.publish.cap.alert import Alert, Info
from bongsu.adapters.publish.cap.values import nanos
from bongsu.errors import BadInput

_SCOPES = {"Restricted": "restriction", "Private": "addresses"}  # CAP 1.2, 3.2.1: the field each scope needs


def check(alert: Alert, where: str) -> None:
    """Raise BadInput, saying which rule, for a message that could be taken for another one or names a time that cannot be."""
    needed = _SCOPES.get(alert.scope)
    if needed and not getattr(alert, needed):
        raise BadInput(where, f"scope {alert.scope} without {needed}", f"a {needed}", "Say for whom it is.")
    _check_references(alert, where)
    for i, info in enumerate(alert.infos, 1):
        _check_times(alert, info, f"{where}: info {i}")


def _check_references(alert: Alert, where: str) -> None:
    """Only what is no first message names earlier ones, each once and none from the future."""
    found, named = "", Counter((m.sender, m.identifier) for m in alert.references)
    if alert.msg_type == "Alert" and alert.references:
        found = "an Alert that replaces earlier messages"
    elif alert.msg_type != "Alert" and not alert.references:
        found = f"{alert.msg_type} without references"
    elif any(n > 1 for n in named.values()):
        found = f"the same message twice ({max(named, key=named.__getitem__)[1]})"
    elif (alert.sender, alert.identifier) in named:
        found = "a message that replaces itself"
    elif any(nanos(m.sent) > nanos(alert.sent) for m in alert.references):
        found = "a reference to a message sent later"
    if found:
        raise BadInput(
            f"{where}: references",
            found,
            "no references in an Alert; in all others sender,identifier,sent of each message meant, once",
            "Nothing is done with it: ask its sender which messages are meant.",
        )


def _check_times(alert: Alert, info: Info, where: str) -> None:
    """In force before it ends, and not ended before it was sent."""
    if not info.expires:
        return
    for name, text in (("sent", alert.sent), ("effective", info.effective)):
        if text and nanos(text) > nanos(info.expires):
            raise BadInput(
                where,
                f"expires {info.expires} before {name} {text}",
                "an end after it",
                "Mend the times at their source.",
            )
