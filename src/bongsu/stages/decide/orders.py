"""Standing orders: two people decided beforehand. An order sends confirmed danger to its areas, and may lower; no more."""

from dataclasses import replace

from bongsu.messages.base import Finding
from bongsu.messages.bulletin import Family, Why
from bongsu.messages.inputs import StandingOrder
from bongsu.messages.issued import ActRefused
from bongsu.models.rights import may
from bongsu.stages.decide.acts import Refused, check_clear
from bongsu.stages.decide.case import UNKNOWN, Case, Config, Draft, Order, State
from bongsu.stages.decide.send import sent

MOST_ORDERS = 50
MOVED_NS = 60_000_000_000  # an order revises a time of impact that moved by this


def with_order(cfg: Config, state: State, message: StandingOrder) -> tuple[State, list[Finding]]:
    """An order comes into force, replaces one of its id, or ends; or it is refused."""
    able = [(user, session) for user, session in message.signed_by if may(cfg.users, user, "order")]
    users, sessions = [user for user, _ in able], {session for _, session in able if session}
    known = {a.area_id for a in cfg.areas}
    others = tuple(o for o in state.orders if o.order_id != message.order_id)
    if message.is_revoked and users:
        return replace(state, orders=others), []
    rule = (
        "too_few_people" if len(set(users)) < 2
        else "same_session" if len(sessions) < 2
        else "empty_audience" if not message.areas
        else "unknown_area" if not set(message.areas) <= known
        else "no_period" if message.until_ns <= message.from_ns
        else ""
    )  # fmt: skip
    if rule:
        said = ActRefused(
            valid_ns=message.valid_ns, user=",".join(user for user, _ in message.signed_by), verb="order",
            target_id=message.order_id, rule=rule, reason="A standing order names areas and a period, and two people signed it.",
        )  # fmt: skip
        return state, [said]
    order = Order(
        message.order_id, tuple(sorted(message.areas)), message.p_least, message.from_ns, message.until_ns, message.may_lower,
        tuple(sorted(set(users))),
    )  # fmt: skip
    return replace(state, orders=(*others, order)[-MOST_ORDERS:]), []


def ordered(cfg: Config, state: State) -> tuple[State, list[Finding]]:
    """Whatever the orders in force have to say of any warning now."""
    found: list[Finding] = []
    for case in state.cases:
        for order in state.orders:
            if case.is_ended or not order.from_ns <= state.now_ns < order.until_ns:
                continue
            draft = _raised(state, case, order) or _lowered(cfg, state, case, order)
            if draft is not None:
                state, said = sent(
                    cfg, state, replace(case, draft=(draft,)), (f"order:{order.order_id}",), state.now_ns
                )
                found += said
                break
    return state, found


def _raised(state: State, case: Case, order: Order) -> Draft | None:
    """What the order sends: never on one source alone, only to its areas above its threshold."""
    event = state.event(case.event_id)
    if event.state != "confirmed" or case.evidence.ended or case.evidence.certainty == "Unknown":
        return None
    p = dict(event.p)
    areas = tuple(a for a in case.evidence.areas if a in order.areas and p.get(a, 0.0) >= order.p_least)
    if not areas:
        return None
    family: Family = "shelter_now" if case.evidence.impact_ns != UNKNOWN else "shelter"
    author = f"order:{order.order_id}"
    if not case.in_force:
        return Draft(author, "", "alert", family, "", areas, case.evidence)
    wider = tuple(sorted({*areas, *case.areas}))
    has_moved = abs(case.evidence.impact_ns - case.impact_ns) > MOVED_NS
    if wider != tuple(sorted(case.areas)) or (has_moved and set(case.areas) <= set(areas)):
        return Draft(author, "", "update", family, "", wider, case.evidence)
    return None


def _lowered(cfg: Config, state: State, case: Case, order: Order) -> Draft | None:
    """What the order takes back or clears, if it may and everything in force is in its areas."""
    if not order.may_lower or not case.in_force or not set(case.areas) <= set(order.areas):
        return None
    author = f"order:{order.order_id}"
    if case.evidence.ended == "cancelled":
        why: Why = "no_launch" if state.event(case.event_id).state == "withdrawn" else "forecast_changed"
        return Draft(author, "", "cancel", "withdrawn", why, case.areas, case.evidence)
    if case.evidence.ended == "cleared":
        try:
            check_clear(cfg, state, case, state.now_ns)
        except Refused:
            return None
        return Draft(author, "", "all_clear", "all_clear", "", case.areas, case.evidence)
    return None
