"""A warning and what is to be said of it into a bulletin: all of it computed at that moment, nothing kept from before."""

from dataclasses import replace

from msgspec import UNSET

from bongsu.messages.bulletin import Bulletin, BulletinArea
from bongsu.models.areas import Area, called
from bongsu.stages.decide.case import UNKNOWN, Case, Config, Draft, Seen


def taken_back(cfg: Config, case: Case, event: Seen, draft: Draft, now_ns: int) -> Bulletin:
    """The bulletin that would take a draft's back."""
    return statement(
        cfg, case, event, replace(draft, standing="cancel", family="withdrawn", why="forecast_changed"), now_ns
    )


def statement(cfg: Config, case: Case, event: Seen, draft: Draft, now_ns: int) -> Bulletin:
    """The bulletin of a draft, the next of its warning, as it would be sent now."""
    own, family = cfg.belief, draft.family
    evidence = case.evidence
    is_over = family in ("passed", "fell", "fell_outside", "all_clear")
    has_time = evidence.impact_ns != UNKNOWN and family not in ("aware", "withdrawn", "all_clear", "no_danger")
    return Bulletin(
        bulletin_id=f"{case.warning_id}-{case.n_sent + 1}",
        standing=draft.standing,
        family=family,
        mode=cfg.mode,
        sent_ns=now_ns,
        until_ns=max(now_ns, evidence.impact_ns) + own.alert_lives_ns,
        authority=own.authority,
        authority_names=own.authority_names or (("en", own.authority),),
        areas=tuple(_area(a) for a in cfg.areas if a.area_id in draft.areas),
        hazard=evidence.hazard,
        certainty=evidence.certainty if event.state == "confirmed" or evidence.certainty != "Likely" else "Possible",
        is_confirmed=event.state in ("confirmed", "over"),
        launch_ns=event.launch_ns or UNSET,
        impact_ns=evidence.impact_ns if has_time and not is_over else UNSET,
        over_ns=evidence.impact_ns if has_time and is_over else UNSET,
        references=() if draft.standing == "alert" else case.in_force,
        why=draft.why,
    )


def _area(area: Area) -> BulletinArea:
    polygons = (area.polygon,) if area.polygon else ()
    return BulletinArea(
        area_id=area.area_id, names=area.names or (("en", called(area)),), zones=area.zones, polygons=polygons,
        geocodes=area.geocodes,
    )  # fmt: skip
