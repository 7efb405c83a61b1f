"""What must hold of filters and tracks for all inputs."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from msgspec import structs
from pytest import approx
from tests.unit.stages.track.flights import T0_NS, Looker, lob, radar
from tests.unit.stages.track.flights import settings as node

from bongsu.constants import NS_PER_S
from bongsu.kernels import gaussian as g
from bongsu.kernels import motions as m
from bongsu.kernels.assign import Costs, assign
from bongsu.messages.inputs import Tick
from bongsu.messages.tracking import TracksUpdated
from bongsu.models.motion import MotionSettings, motions
from bongsu.stages import track
from bongsu.stages.track.bank import rows

BANK = motions(MotionSettings())
SCALE = np.array([3e3, 3e3, 3e3, 300.0, 300.0, 300.0, 15.0, 15.0, 15.0, 0.7])
FLIGHTS = tuple(lob(lat=39.6 + 0.4 * i, climb=48.0 + 2 * i, end_s=6.0) for i in range(3))
CODES = (g.RADAR, g.RADAR_RATE, g.SIGHT, g.PLACE)
unit = st.floats(-1.0, 1.0)


@st.composite
def tracks(draw):
    """One track: correlated, badly scaled, anywhere from the ground up, under any probabilities."""
    x, P = np.zeros((1, 4, 10)), np.zeros((1, 4, 10, 10))
    up = draw(arrays(float, 3, elements=unit)) + np.array([2.0, 0.0, 0.0])
    r = up / np.linalg.norm(up) * (6.38e6 + draw(st.floats(0.0, 1.5e6)))
    v = draw(arrays(float, 3, elements=unit)) * 6000.0
    for j in range(4):
        root = np.eye(10) * draw(st.floats(1e-3, 1.0)) + draw(arrays(float, (10, 10), elements=unit)) * draw(
            st.floats(0.0, 1.0)
        )
        x[0, j, :3], x[0, j, 3:6], x[0, j, 9] = r, v, 8.0
        x[0, j, 6:9] = draw(arrays(float, 3, elements=unit)) * 60.0
        half = 0.5 * SCALE[:, None] * (root @ root.T) * SCALE
        P[0, j] = half + half.T
        m.keep_prior(BANK.kinds[j], x[0, j], P[0, j], BANK.beliefs)
    p = draw(arrays(float, 4, elements=st.floats(0.0, 1.0))) + 1e-9
    return m.States(x, P, (p / p.sum())[None])


def carried(states, dt_s):
    out = m.States(*(np.zeros_like(a) for a in states))
    m.predict(states, np.zeros(1, np.int64), np.array([dt_s]), BANK, out)
    return out


def assert_honest(states):
    """Finite, symmetric, positive definite to rounding, probabilities that sum to one."""
    assert all(np.isfinite(a).all() for a in states)
    assert states.p.sum() == approx(1.0)
    assert (states.p >= 0.0).all()
    for P in states.P[0]:
        assert (P == P.T).all()
        sigma = np.sqrt(np.diag(P))
        assert np.linalg.eigvalsh(P / np.outer(sigma, sigma)).min() > -1e-12


@settings(max_examples=40)
@given(tracks(), st.floats(-3.0, 20.0))
def test_a_carried_track_stays_honest(states, dt_s):
    assert_honest(carried(states, dt_s))


def test_a_fast_track_near_the_ground_stays_honest():
    """Some of its sigma points are below the ground, where drag once threw them to infinity within one step."""
    x, P = np.zeros((1, 4, 10)), np.zeros((1, 4, 10, 10))
    x[0, :, 0], x[0, :, 3], x[0, :, 5], x[0, :, 9] = 6.38e6, 4500.0, 6000.0, 8.0
    for j, kind in enumerate(BANK.kinds.tolist()):
        P[0, j] = np.diag(SCALE**2)
        m.keep_prior(kind, x[0, j], P[0, j], BANK.beliefs)
    for dt_s in np.linspace(0.5, 20.0, 40):
        after = carried(m.States(x, P, np.full((1, 4), 0.25)), dt_s)
        assert_honest(after)
        assert np.sqrt(np.diag(after.P[0, 0])[:3].sum()) < 500e3


@settings(max_examples=60)
@given(
    tracks(),
    st.sampled_from((g.RADAR, g.RADAR_RATE, g.SIGHT, g.PLACE)),
    arrays(float, 4, elements=unit),
    st.floats(-12.0, 0.0),
)
def test_an_update_stays_honest_and_never_makes_a_motion_less_certain(states, code, z, ln_scale):
    r = states.x[0, 0, :3]
    origin = r if code == g.PLACE else r * (1.0 - 4e5 / np.linalg.norm(r))
    c = r / np.linalg.norm(r)
    a = np.cross(c, [0.0, 0.0, 1.0])
    a /= np.linalg.norm(a)
    axes = np.stack((a, np.cross(c, a), c))
    size = {g.PLACE: (1e4,) * 4, g.SIGHT: (1e-2,) * 4}.get(code, (1e4, 1e-2, 1e-2, 100.0))
    level = {g.RADAR: 4e5, g.RADAR_RATE: 4e5}.get(code, 0.0)
    measured = z * size + np.array([level, 0.0, 0.0, 0.0])
    var = (np.array(size) * np.exp(ln_scale)) ** 2
    plot = g.Plots(code, np.zeros(1, np.int64), origin[None], axes[None], measured[None], var[None])
    before = np.array([np.trace(P / SCALE[:, None] / SCALE) for P in states.P[0]])
    m.update(states, BANK, np.zeros(1, np.int64), np.zeros(1, np.int64), plot, np.zeros((1, 4)), np.zeros(1))
    assert_honest(states)
    after = np.array([np.trace(P / SCALE[:, None] / SCALE) for P in states.P[0]])
    assert (after <= before * (1.0 + 1e-9)).all()


@settings(max_examples=40)
@given(tracks(), st.floats(0.0, 10.0))
def test_unestimated_parts_always_hold_the_prior(states, dt_s):
    moved = carried(states, dt_s)
    for j, kind in enumerate(BANK.kinds.tolist()):
        x, P = moved.x[0, j].copy(), moved.P[0, j].copy()
        m.keep_prior(kind, x, P, BANK.beliefs)
        assert x == approx(moved.x[0, j])
        assert approx(moved.P[0, j]) == P


@given(arrays(float, (5, 7), elements=st.floats(-50.0, 50.0)), arrays(bool, (5, 7)), st.randoms(use_true_random=False))
def test_relabelling_tracks_or_plots_relabels_the_choice(dense, keep, random):
    def total(d, k):
        start = np.concatenate([[0], np.cumsum(k.sum(axis=1))]).astype(np.int64)
        match = assign(Costs(start, np.nonzero(k)[1].astype(np.int64), d[k], 100.0), 7)
        return sum(d[i, c] if c >= 0 else 100.0 for i, c in enumerate(match.tolist()))

    i, c = random.sample(range(5), 5), random.sample(range(7), 7)
    assert total(dense[np.ix_(i, c)], keep[np.ix_(i, c)]) == approx(total(dense, keep), abs=1e-9)


def scans(seed, n=6):
    looker = Looker(radar(), seed=seed)
    return looker.sensor, [looker.scan(float(t), [f.state(float(t)) for f in FLIGHTS]) for t in range(n)]


def shuffled(scan, order):
    """The same scan with its rows in another order."""
    columns = ("t_ns", "range_m", "azimuth_rad", "elevation_rad")
    return structs.replace(scan, **{name: tuple(getattr(scan, name)[i] for i in order) for name in columns})


@settings(max_examples=10)
@given(st.integers(0, 1000), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_but_the_rows_named(seed, random):
    sensor, made = scans(seed)
    cfg = track.configure(node(sensor), None)
    one, two = track.start(cfg), track.start(cfg)
    for scan in made:
        order = random.sample(range(len(scan.t_ns)), len(scan.t_ns))
        one, said_one = track.step(cfg, one, scan)
        two, said_two = track.step(cfg, two, shuffled(scan, order))
        for a, b in zip(said_one, said_two, strict=True):
            if isinstance(a, TracksUpdated):
                assert a.plot == tuple(order[k] if k >= 0 else k for k in b.plot)
                b = structs.replace(b, plot=a.plot)
            assert a == b


@settings(max_examples=10)
@given(st.integers(0, 1000), st.randoms(use_true_random=False))
def test_the_order_of_tracks_changes_nothing(seed, random):
    sensor, made = scans(seed)
    cfg = track.configure(node(sensor), None)
    state = track.start(cfg)
    for scan in made[:-1]:
        state, _ = track.step(cfg, state, scan)
    order = np.array(random.sample(range(len(state.bank.number)), len(state.bank.number)), dtype=np.int64)
    mixed = replace(state, bank=rows(state.bank, order))
    _, said = track.step(cfg, state, made[-1])
    _, said_mixed = track.step(cfg, mixed, made[-1])
    assert by_track(said) == by_track(said_mixed)


def by_track(said):
    """What an update says of each track, by its id."""
    update = next(f for f in said if isinstance(f, TracksUpdated))
    names = [n for n in update.__struct_fields__ if isinstance(getattr(update, n), tuple) and n not in ("rests_on",)]
    return {t: [getattr(update, n)[i] for n in names] for i, t in enumerate(update.track_id)}


@settings(max_examples=10)
@given(st.integers(0, 1000))
def test_a_far_object_does_not_touch_a_track(seed):
    sensor, made = scans(seed)
    far = lob(lat=36.0, lon=136.0, end_s=6.0)
    looker = Looker(radar(p_detect=1.0), seed=seed)
    cfg = track.configure(node(sensor), None)
    alone, together = track.start(cfg), track.start(cfg)
    for t, scan in enumerate(made):
        extra = looker.scan(float(t), [far.state(float(t))])
        columns = ("t_ns", "range_m", "azimuth_rad", "elevation_rad")
        both = structs.replace(scan, **{name: getattr(scan, name) + getattr(extra, name) for name in columns})
        alone, _ = track.step(cfg, alone, scan)
        together, _ = track.step(cfg, together, both)
    shared = {tuple(r) for r in alone.bank.x[:, 1, :3].tolist()}
    assert shared <= {tuple(r) for r in together.bank.x[:, 1, :3].tolist()}


@settings(max_examples=3)
@given(st.floats(0.0, 3.0))
def test_ticks_without_scans_only_end_tracks(t_s):
    sensor, made = scans(1)
    cfg = track.configure(node(sensor), None)
    state = track.start(cfg)
    for scan in made:
        state, _ = track.step(cfg, state, scan)
    after, said = track.step(cfg, state, Tick(valid_ns=T0_NS + round((5.0 + t_s) * NS_PER_S)))
    assert said == []
    assert after.bank is state.bank
