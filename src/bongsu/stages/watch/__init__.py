"""Watch: what came before and what is seen now, into the chance of a launch. It raises no event, verdict or warning.

Nothing counts before its publication: a launch or a sign waits until a tick passes `published_ns`, whenever it was imported.
At the first tick of a local day the forecast is made anew, and every level is said; between, what changed. In a log
without launches of the past and signs it says nothing.
"""

from dataclasses import replace
from typing import Any

from bongsu.messages.accounts import Claim, NoticeRead
from bongsu.messages.assessment import LaunchEvent
from bongsu.messages.base import Finding
from bongsu.messages.inputs import Indicator, Notice, PastLaunch, Report, Tick
from bongsu.messages.watching import ActivityForecast
from bongsu.models import activity
from bongsu.models.activity import COMBINED, HORIZON_DAYS, MODELS
from bongsu.models.activity.days import marked
from bongsu.models.activity.fits import usual
from bongsu.models.lineage import HISTORY
from bongsu.models.settings import Settings
from bongsu.stages.watch.config import Config, Launch, Sign, State, scope_of
from bongsu.stages.watch.levels import levels
from bongsu.stages.watch.signs import fresh, is_spent, of_claim, of_indicator, of_notice, with_sign

__all__ = ["Config", "State", "configure", "known_with", "launch_of", "start", "step"]

MAX_WAITING = 20_000
MAX_LAUNCHES = 5_000


def configure(settings: Settings, tables: Any) -> Config:
    """The configuration of this stage."""
    return Config(settings.sites, settings.signs, settings.watch, settings.activity)


def start(cfg: Config) -> State:
    """The state before anything was heard."""
    return State()


def step(cfg: Config, state: State, message: Any) -> tuple[State, list[Finding]]:
    """What a launch of the past, a sign or the passing of time means for the levels."""
    if isinstance(message, Tick):
        return _tick(cfg, state, message.valid_ns)
    if isinstance(message, Report | Notice):
        published_ns = message.published_ns if isinstance(message.published_ns, int) else state.now_ns
        return replace(state, text_ns=published_ns), []
    if isinstance(message, LaunchEvent):
        return _own(state, message), []
    new = _new(cfg, state, message)
    return (state, []) if new is None else _heard(cfg, state, new)


def _new(cfg: Config, state: State, message: Any) -> Launch | Sign | None:
    """What a message adds to what is known; None where it adds nothing."""
    if isinstance(message, Indicator):
        return of_indicator(cfg, message)
    if isinstance(message, PastLaunch):
        return launch_of(cfg, message)
    if isinstance(message, Claim):
        return of_claim(cfg, message, state.text_ns)
    if isinstance(message, NoticeRead):
        return of_notice(cfg, message, state.text_ns)
    return None


def launch_of(cfg: Config, past: PastLaunch) -> Launch:
    """A launch as the watch counts it: on the local day of the middle of when it may have been."""
    lat_rad, lon_rad = (v if isinstance(v, float) else None for v in (past.lat_rad, past.lon_rad))
    day = activity.day_of((past.earliest_ns + past.latest_ns) // 2)
    scope = scope_of(cfg, past.site if lat_rad is None else "", lat_rad, lon_rad)
    width_ns = past.latest_ns - past.earliest_ns
    published_ns = max(past.published_ns, past.latest_ns)
    return Launch(past.launch_id, day, past.latest_ns, published_ns, scope, past.source, width_ns)


def _own(state: State, event: LaunchEvent) -> State:
    """Our own events are history too: confirmed, they are known at once; withdrawn, they never were."""
    rest = tuple(known for known in state.launches if known.launch_id != event.event_id)
    if event.state == "withdrawn":
        return replace(state, launches=rest)
    if event.state != "confirmed" or not state.is_watching():
        return state
    launch = Launch(event.event_id, activity.day_of(event.valid_ns), event.valid_ns, event.valid_ns)
    return _with(replace(state, launches=rest), launch)


def _heard(cfg: Config, state: State, new: Launch | Sign) -> tuple[State, list[Finding]]:
    """Take in what is published, keep waiting what is not."""
    if new.published_ns > state.now_ns:
        return replace(state, waiting=(*state.waiting, new)[-MAX_WAITING:]), []
    state = _with(state, new)
    return _levels(cfg, state, is_daily=False)


def _with(state: State, new: Launch | Sign) -> State:
    """`state` with one more thing known. A launch spends the signs before it; a revision replaces what it revises."""
    if isinstance(new, Sign):
        return replace(state, signs=with_sign(state.signs, new, state.launches))
    unspent = tuple(sign for sign in state.signs if not is_spent(sign, new))
    return replace(state, launches=known_with(state.launches, new)[-MAX_LAUNCHES:], signs=unspent)


def known_with(launches: tuple[Launch, ...], new: Launch) -> tuple[Launch, ...]:
    """`launches` with one more: a later word of one source replaces its older one, of two sources the sharper time stands."""
    old = next((known for known in launches if known.launch_id == new.launch_id), None)
    if old is not None and old.source != new.source and old.width_ns <= new.width_ns:
        return launches
    return (*(known for known in launches if known is not old), new)


def _tick(cfg: Config, state: State, valid_ns: int) -> tuple[State, list[Finding]]:
    """Time has come to `valid_ns`: what is published by then counts, and a new day gets a forecast."""
    state = replace(state, now_ns=max(state.now_ns, valid_ns))
    due = [new for new in state.waiting if new.published_ns <= state.now_ns]
    if due:
        state = replace(state, waiting=tuple(new for new in state.waiting if new.published_ns > state.now_ns))
        for new in sorted(due, key=lambda each: each.published_ns):
            state = _with(state, new)
    if not state.is_watching():
        return state, []
    day = activity.day_of(state.now_ns)
    if day == state.day:
        return _levels(cfg, state, is_daily=False) if due else (state, [])
    state = replace(state, signs=fresh(cfg, state.signs, state.now_ns))
    state, forecast = _forecast(cfg, state, day)
    state, said = _levels(cfg, state, is_daily=True)
    return state, [*forecast, *said]


def _levels(cfg: Config, state: State, *, is_daily: bool) -> tuple[State, list[Finding]]:
    if not state.prior:
        plain = tuple(usual(cfg.belief.usual_gap_ns / activity.DAY_NS))
        state = replace(state, prior=plain, usual=plain)
    state, said = levels(cfg, state, is_daily=is_daily)
    return state, [*said]


def _forecast(cfg: Config, state: State, day: int) -> tuple[State, list[Finding]]:
    """The forecast from the local midnight of `day` on, by launches of the days before it; none with too little history."""
    settings = cfg.activity
    days = sorted({launch.day for launch in state.launches if launch.day < day})
    state = replace(state, day=day)
    first = max(day - settings.n_training_days, days[0] if days else day)
    y = marked(days, first, day)
    if len(y) - settings.n_settle_days < settings.n_least_days:
        plain = tuple(usual(cfg.belief.usual_gap_ns / activity.DAY_NS))
        return replace(state, prior=plain, usual=plain), []
    fits = activity.fit(y[: len(y) - settings.n_settle_days], day)
    rows = activity.chances(fits, y)
    book = activity.booked(state.book, settings, day, rows, days)
    shares = activity.weights(book)
    both = activity.combined(rows, shares)
    said = ActivityForecast(
        valid_ns=activity.start_ns(day),
        horizon_s=tuple(h * 86_400.0 for h in HORIZON_DAYS),
        model=(*MODELS, COMBINED),
        p=(*rows, both),
        p_model=shares,
        fits=activity.told(fits),
        n_launch_days=fits.n_launch_days,
        n_days=fits.n_days,
        signs=(HISTORY,),
    )
    return replace(state, book=book, prior=both, usual=rows[0]), [said]
