"""The reasons of warnings, in plain sentences with figures; English, for the people who decide."""

from bongsu.constants import NS_PER_S
from bongsu.models.areas import called
from bongsu.stages.warn.case import UNKNOWN, Case, Config, Danger, Proposal, end_of, shown

SECONDS_A_DAY = 86_400
FOLLOWED_S = (
    60  # a fall is called followed when the last plot is no older than this: below the horizon no radar sees the end
)


def clock(t_ns: int) -> str:
    """The UTC time of day, to the second."""
    s = t_ns // NS_PER_S % SECONDS_A_DAY
    return f"{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d} UTC"


def percent(p: float) -> str:
    """A probability in whole per cent; never 0 or 100, which nobody knows."""
    if p < 0.01:
        return "below 1 %"
    return "above 99 %" if p > 0.99 else f"{100.0 * p:.0f} %"


def why_warn(cfg: Config, case: Case, dangers: list[Danger]) -> str:
    """Why a warning is proposed or changed: each danger with probability and time, and how sure the launch itself is."""
    return " ".join([*(_danger(cfg, d) for d in shown(dangers)), _certainty(case)])


def _danger(cfg: Config, danger: Danger) -> str:
    name = _name(cfg, danger.area)
    when = f", expected about {clock(danger.impact_ns)}" if danger.impact_ns != UNKNOWN else ", time not known yet"
    if danger.hazard == "overflight":
        return f"Passing above {name}: probability {percent(danger.p)}{when}."
    return f"Fall in {name}: probability {percent(danger.p)} ({danger.words}){when}."


def _certainty(case: Case) -> str:
    seen_by = ", ".join(case.principles) if case.principles else "no named sensor"
    if case.state == "confirmed":
        return f"The launch is confirmed, seen by {seen_by}."
    return f"The launch is unconfirmed: seen by {seen_by} alone."


def why_withdraw(cfg: Config, case: Case, live: Proposal) -> str:
    """Why a proposal is taken back before its danger was due."""
    if case.state == "withdrawn":
        return f"The launch event was withdrawn: {case.reason or 'it was no launch'}."
    figures = [f"{_hazard(d)} {_name(cfg, d.area)}: probability {percent(d.p)}." for d in _of(case, live)]
    return f"The forecast no longer supports the warning. {' '.join(figures)}"


def why_clear(cfg: Config, case: Case, live: Proposal, now_ns: int) -> str:
    """Why the danger is over, saying what was seen of it and what was not."""
    mine = [d for d in _of(case, live) if end_of(d) != UNKNOWN]
    if not mine:
        return "The launch event is over, and no time of impact was ever forecast."
    return " ".join(_end(cfg, case, d, now_ns) for d in mine)


def _of(case: Case, live: Proposal) -> list[Danger]:
    """The dangers a proposal named."""
    return [d for d in case.dangers if (d.area, d.hazard) in live.parts]


def _end(cfg: Config, case: Case, danger: Danger, now_ns: int) -> str:
    end_ns = end_of(danger)
    ago_s = max(0, now_ns - end_ns) // NS_PER_S
    what = "passage above" if danger.hazard == "overflight" else "fall in"
    start = f"The time of the possible {what} {_name(cfg, danger.area)}, {clock(end_ns)}, is {ago_s} s ago."
    return f"{start} {_seen(case, danger)}"


def _seen(case: Case, danger: Danger) -> str:
    """What the sensors saw of the end: a passage is called seen only if the track was followed beyond it."""
    if case.seen_ns == UNKNOWN:
        return "It was not observed."
    before_s = (end_of(danger) - case.seen_ns) // NS_PER_S
    is_lost = case.lost_ns != UNKNOWN and case.lost_ns >= case.seen_ns
    verb = "The track was lost" if is_lost else "The track was last seen"
    if danger.hazard == "overflight":
        if before_s <= 0:
            return "The track was followed beyond that time."
        return f"{verb} at {clock(case.seen_ns)}, {before_s} s before; the passage was not observed."
    if before_s <= FOLLOWED_S:
        return f"The track was followed until {clock(case.seen_ns)}."
    return f"{verb} at {clock(case.seen_ns)}, {before_s} s before; the fall was not observed."


def was_followed(case: Case, live: Proposal) -> bool:
    """Whether the end of every danger of a proposal was seen, not only due."""
    mine = [d for d in _of(case, live) if end_of(d) != UNKNOWN]
    return bool(mine) and all(_is_followed(case, d) for d in mine)


def _is_followed(case: Case, danger: Danger) -> bool:
    before_s = (end_of(danger) - case.seen_ns) // NS_PER_S
    return case.seen_ns != UNKNOWN and before_s <= (0 if danger.hazard == "overflight" else FOLLOWED_S)


def _hazard(danger: Danger) -> str:
    return "Passing above" if danger.hazard == "overflight" else "Fall in"


def _name(cfg: Config, area_id: str) -> str:
    return next((called(a) for a in cfg.areas if a.area_id == area_id), area_id)
