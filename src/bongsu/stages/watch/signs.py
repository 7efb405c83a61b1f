"""Indicators, claims and notices into signs; which signs still count, and what each weighs now."""

from dataclasses import replace
from typing import Any

from msgspec import UNSET

from bongsu.messages.accounts import Claim, NoticeRead
from bongsu.messages.inputs import Indicator
from bongsu.models.watch import Weighed, faded, reported_log_odds, sign_model
from bongsu.stages.watch.config import Config, Launch, Sign, scope_of

MAX_SIGNS = 500


def of_indicator(cfg: Config, indicator: Indicator) -> Sign:
    """An indicator as a sign; a note of deception without a figure takes all its weight."""
    lat_rad, lon_rad = (None if v is UNSET else v for v in (indicator.lat_rad, indicator.lon_rad))
    staged = indicator.p_deceptive
    p_staged = float(bool(indicator.deception)) if staged is UNSET else staged
    half_life = indicator.half_life_ns
    return Sign(
        reference=indicator.indicator_id,
        kind=indicator.kind,
        scope=scope_of(cfg, indicator.site, lat_rad, lon_rad),
        source=indicator.source,
        seen=indicator.seen,
        observed_ns=indicator.observed_ns,
        published_ns=max(indicator.published_ns, indicator.observed_ns),
        p_trusted=indicator.p_reliable * (1.0 - p_staged),
        half_life_ns=sign_model(cfg.signs, indicator.kind).half_life_ns if half_life is UNSET else half_life,
        is_deceptive=bool(indicator.deception) or p_staged > 0.0,
        n_obscured=int(indicator.seen == "obscured"),
    )


def of_claim(cfg: Config, claim: Claim, published_ns: int) -> Sign | None:
    """A reported "signs were detected" as a sign of its speaker; None for any other claim, or one that cannot be dated."""
    if claim.quantity != "preparation_detected" or claim.value != "true" or not published_ns:
        return None
    reliability = dict(cfg.belief.speaker_reliability).get(claim.speaker, cfg.belief.other_reliability)
    return _reported(cfg, claim.id, "partner_remark", claim.speaker, published_ns, reliability)


def of_notice(cfg: Config, notice: NoticeRead, published_ns: int) -> Sign | None:
    """A launch announced for the watched area, which counts in full until its window ends; None for any other notice."""
    is_here = any(place in cfg.belief.notice_locations for place in notice.locations)
    is_launch = notice.activity in ("launch", "debris") and not notice.cancels
    if not (is_here and is_launch) or not published_ns or notice.ends_ns is UNSET:
        return None
    sign = _reported(cfg, notice.id, "notice", notice.notice_id or notice.text_id, published_ns, 1.0)
    return replace(sign, until_ns=notice.ends_ns)


def _reported(cfg: Config, reference: str, kind: str, source: str, published_ns: int, p_trusted: float) -> Sign:
    half_life_ns = sign_model(cfg.signs, kind).half_life_ns
    return Sign(reference, kind, "", source, "present", published_ns, published_ns, p_trusted, half_life_ns)


def with_sign(signs: tuple[Sign, ...], new: Sign, launches: tuple[Launch, ...]) -> tuple[Sign, ...]:
    """`signs` with a new one: it replaces an older one of its key, unless it saw nothing for cloud, or came before a launch."""
    old = next((s for s in signs if s.key() == new.key()), None)
    if old is not None and new.seen == "obscured":
        newer = replace(old, n_obscured=old.n_obscured + 1)
        return tuple(newer if s is old else s for s in signs)
    if any(is_spent(new, launch) for launch in launches):
        return signs
    if old is not None and old.seen != "obscured" and old.observed_ns > new.observed_ns:
        return signs
    return (*(s for s in signs if s is not old), new)[-MAX_SIGNS:]


def is_spent(sign: Sign, launch: Launch) -> bool:
    """Whether a launch came after what the sign saw, where it saw it: then it is explained, and says nothing of the next."""
    is_there = not launch.scope or not sign.scope or launch.scope == sign.scope
    return is_there and sign.observed_ns <= launch.latest_ns and sign.until_ns <= launch.latest_ns


def fresh(cfg: Config, signs: tuple[Sign, ...], now_ns: int) -> tuple[Sign, ...]:
    """The signs that still keep a share of their evidence worth counting."""
    return tuple(s for s in signs if share(s, now_ns) >= cfg.belief.forget_share)


def share(sign: Sign, now_ns: int) -> float:
    """The share of its evidence a sign keeps; what announces a window loses none before its end."""
    return faded(now_ns - max(sign.observed_ns, sign.until_ns), sign.half_life_ns)


def weigh(cfg: Config, sign: Sign, now_ns: int) -> Weighed:
    """A sign as it counts now; a look without a view counts nothing."""
    model: Any = sign_model(cfg.signs, sign.kind)
    ratios = {"present": model.present, "absent": model.absent}.get(sign.seen, (0.0, 0.0, 0.0))
    left = share(sign, now_ns)
    a, b, c = (left * reported_log_odds(ratio, sign.p_trusted) for ratio in ratios)
    return Weighed(sign.kind, sign.source, (a, b, c))
