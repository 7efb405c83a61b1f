"""Findings of the watch: how likely a launch is in the coming days, and what signs make of that."""

from typing import Literal

from msgspec import UNSET, UnsetType

from bongsu.messages.base import Finding
from bongsu.messages.units import Count, Nanos, Positive, Prob


class ActivityForecast(Finding, frozen=True, kw_only=True, tag="activity_forecast.v1"):
    """How likely at least one launch day is within each horizon from the local midnight `valid_ns` on: one row of `p` a model.

    The last model is `combined`, by the weights of `p_model` (one row a horizon, the models in order, without `combined`), which
    come from scores of windows that had closed. `signs` are the references of the history it rests on.
    """

    valid_ns: Nanos
    horizon_s: tuple[Positive, ...]
    model: tuple[str, ...]
    p: tuple[tuple[Prob, ...], ...]
    p_model: tuple[tuple[Prob, ...], ...] = ()
    fits: tuple[str, ...] = ()  # what each model was fitted to, in words
    n_launch_days: Count = 0  # known, within the training time
    n_days: Count = 0  # of training
    signs: tuple[str, ...] = ()


WatchWord = Literal["low", "usual", "raised", "high"]


class WatchLevel(Finding, frozen=True, kw_only=True, tag="watch_level.v1"):
    """What history and signs say of one site (`all`: the whole watched area) and one window from `valid_ns` on.

    It raises no warning. `p` is the probability of at least one launch day in the window, `p_prior` that of history alone,
    `p_usual` climatology. Signs are columns: reference, kind, source, what was seen and the log-odds it adds now; those that
    weigh nothing stand with 0. `lapses_ns` is when the level would fall a step if nothing more were heard; absent where it would
    not. `raised_by` are kinds of sign, one of which, reliably reported, would raise it. `n_obscured` counts looks without a view
    since the last with one.
    """

    valid_ns: Nanos
    site: str
    window_s: Positive
    level: WatchWord
    p: Prob
    p_prior: Prob
    p_usual: Prob
    signs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    log_odds: tuple[float, ...] = ()
    log_odds_history: float = 0.0
    n_obscured: Count = 0
    n_deceptive: Count = 0  # signs with a note of deception
    lapses_ns: Nanos | UnsetType = UNSET
    raised_by: tuple[str, ...] = ()
