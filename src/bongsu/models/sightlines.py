"""What stages/track believes about lines of sight from the ground: how they make arcs, and arcs of several stations a path."""

from typing import Annotated

import msgspec
from msgspec import Meta

from bongsu.messages.units import NonNegative, Positive, Prob

Bounded = Annotated[int, Meta(ge=1, le=10_000)]


class SightlineSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/track/arcs and stages/track/sightlines."""

    # one station's arc
    rate_max_radps: Positive = 1.2  # the fastest meteor, 72 km/s, as near as 60 km
    rate_change: Positive = (
        0.3  # share by which the angular rate may differ from the arc's, on the way to the next plot
    )
    rate_slack_radps: Positive = 0.02  # and by this much in any case
    gate_sigmas: Positive = 6.0
    gap_s: Positive = 2.0  # a longer gap begins a new arc
    least_rows: Bounded = 3  # for an arc that may be part of a path
    least_turn_sigmas: Positive = 8.0  # an arc that turned less has no plane
    max_rows: Bounded = 400  # of one arc; the older half is thinned when there are more
    max_span_s: Positive = 30.0  # and none older than this
    max_arcs: Bounded = 64

    # when
    refit_rows: Bounded = 16  # a path is fitted anew after so many rows,
    refit_s: Positive = 0.5  # or so much data,
    quiet_s: Positive = 2.0  # or once nothing has come for so long
    hold_s: Positive = 20.0  # then arcs wait so long for what other stations send late
    max_tries: Bounded = 6  # fits of arcs to one another in one scan
    overlap_s: Positive = 2.0  # beside their clocks, how far apart the arcs of one object may be
    clock_reach: Positive = 4.0  # sigmas of a clock that are searched
    free_clock_s: Positive = 10.0  # clocks are let so loose to ask for geometry alone

    # confirmed
    max_scatter: Positive = 3.0  # root mean square residual, in sigmas
    least_freedom: Bounded = 12  # residuals beyond parameters
    least_share: Prob = 0.7  # of each station's rows that have to fit
    max_error: Prob = 0.1  # of the distance and of the speed, one standard deviation
    max_pieces: Bounded = 8  # of acceleration along the path
    least_evidence: NonNegative = 10.0  # in BIC for more pieces: "very strong", Kass & Raftery, JASA 90 (1995)

    # a path that the bank cannot take over, as clocks remain in doubt
    calm_scatter: Positive = 1.2  # root mean square residual beyond which its older half may be out of date:
    bend_gain: Prob = 0.8  # it is where the newer half alone brings the residuals below this share

    # what it is
    escape_mps: Positive = 11_200.0  # nothing launched from the ground is faster
    fastest_mps: Positive = 80_000.0  # nothing from the solar system is faster
    entry_mps: Positive = 3_000.0  # as fast as this and coming down: an entry
    entry_dive: Prob = 0.01  # sine of the angle below the horizontal that counts as coming down
    known_clock_s: Positive = 0.05  # a clock estimated so well is corrected in tracks of the bank
    slow_mps: Positive = 1_000.0  # below this lift may carry it: gravity is asked for and not assumed
