"""What stages/threat and stages/warn believe, as data: when a verdict is worth saying, when a warning changes and ends.

The cost-loss rule stands with each area: warn when the probability exceeds the cost of a warning over the loss it
avoids (`p_propose`), withdraw below a lower bound (`p_withdraw`), so that one threshold is never crossed to and fro.
"""

import msgspec

from bongsu.messages.units import DurationNs, Prob


class WarnSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/threat and stages/warn. Own choices unless a source is named."""

    # verdicts
    p_reachable: Prob = 0.05  # given to an area the fan reaches: it cannot be excluded, and more is not known
    p_fan_trusted: Prob = 0.75  # share of the fan's flights passing over from which the share itself is the probability
    verdict_step: Prob = 0.02  # a probability is said again when it moved by this
    words_margin: Prob = 0.01  # a verdict's words change when p is this far past their bounds
    calm_after_ns: DurationNs = 40_000_000_000  # a calmer verdict waits until nothing bore out the graver for this long
    verdict_time_ns: DurationNs = 10_000_000_000  # or when the time of impact moved by this

    # warnings
    p_likely: Prob = 0.5  # above this a confirmed event is Likely, else Possible; CAP 1.2 sec. 3.2.2
    p_still_likely: Prob = 0.4  # and stays so down to this
    update_time_ns: DurationNs = 30_000_000_000  # an update is due when the time of impact moved by this
    update_every_ns: DurationNs = 10_000_000_000  # least time between two statements, unless an area is added
    withdraw_after_ns: DurationNs = 10_000_000_000  # an area leaves after its probability was low for this long
    clear_after_ns: DurationNs = 30_000_000_000  # margin after the last danger was due
    max_unheard_ns: DurationNs = 7_200_000_000_000  # an event of which nothing was heard this long is forgotten (2 h)
