"""Levels in made-up years: calibrated, earlier than history alone, calm, and no worse than history where signs are worthless."""

import pytest
from msgspec import structs
from tests.helpers.lists import EPOCH

from bongsu.evaluate.watch import follow as following
from bongsu.evaluate.watch import judge, world
from bongsu.evaluate.watch.follow import fitted, follow, settings_with
from bongsu.evaluate.watch.world import FIRST_DAY, WorldSettings
from bongsu.models.activity import DAY_NS
from bongsu.models.watch import SignModel, WatchSettings

YEAR = following.WARM_DAYS + 365 + 29
N_YEARS = 6


def sure(kind, present, absent=(0.0, 0.0, 0.0)):
    return SignModel(kind=kind, present=present, absent=absent, half_life_ns=5 * DAY_NS)


NODE = settings_with(  # as docs/evaluation/activity.md fits them to twenty made-up years that no test looks at
    [
        sure("imagery", (1.12, 1.69, 1.38), (-1.95, -0.69, 0.09)), sure("statement", (0.89, 0.15, 0.16)),
        sure("exercise", (0.04, -0.13, -0.44)), sure("partner_remark", (3.11, 2.30, 1.70)), sure("thermal", (0.91, 0.55, 0.20)),
    ],
    WatchSettings(most_p=(0.70, 0.85, 0.95)),
)  # fmt: skip


@pytest.fixture(scope="module")
def node():
    return NODE


def test_the_fit_finds_what_the_made_up_world_is_made_of():
    """Two years tell which signs count, and that a look without a find counts against; ten times the years give the figures."""
    found = fitted([world.make(1, 400 + 2 * 365)], 5.0)
    present, absent = ({m.kind: getattr(m, seen)[0] for m in found.signs} for seen in ("present", "absent"))
    assert present["partner_remark"] > 1.5 > abs(present["exercise"])
    assert present["imagery"] > 0.4 and absent["imagery"] < -0.5
    assert present["visit"] == present["notice"] == 0.0  # this world has none


@pytest.fixture(scope="module")
def years(node):
    return [(made, follow(made, node)) for made in (world.make(301 + i, YEAR) for i in range(N_YEARS))]


def test_a_world_is_the_same_for_the_same_seed_and_its_truth_is_its_launches():
    made = world.make(5, 500)
    assert made == world.make(5, 500)
    assert made != world.make(6, 500)
    assert all(FIRST_DAY <= day < FIRST_DAY + 500 for day in made.launch_days)
    assert {last for _, last, is_launch in made.preparations if is_launch} >= set(made.launch_days)
    assert FIRST_DAY + EPOCH > EPOCH


def test_what_years_of_levels_said_came_as_often_as_said(years):
    kept = judge.kept([run for _, run in years])
    assert sum(each.came.n for each in kept if each.horizon_days == 7) == N_YEARS * 53  # every week, once
    assert [each for each in kept if not each.is_kept()] == []


def test_levels_are_better_than_history_alone_at_every_window(years):
    """Over years: the first of these has five launches and levels worse than history, as 1 in 40 has; one year proves nothing."""
    runs = [run for _, run in years]
    assert all(judge.gain(runs, window).low > 0.0 for window in range(3))
    assert judge.gain(runs[:1], 0).low < 0.0


def test_signs_foresee_more_launches_than_history_alone_on_as_many_days(years):
    by_signs, by_history = judge.beside_history(years)
    assert by_signs.n_launches == by_history.n_launches > 40
    assert by_history.n_days_up == pytest.approx(by_signs.n_days_up, rel=0.05)
    assert len(by_signs.lead_days) > 1.5 * len(by_history.lead_days)
    assert by_signs.n_days_idle < 0.8 * by_history.n_days_idle
    assert all(0 <= lead <= 14 for lead in by_signs.lead_days)  # no preparation is longer


def test_without_signs_levels_are_what_history_says(node):
    made = world.make(304, YEAR)
    run = follow(made, node, with_signs=False)
    assert abs(run.p - run.p_prior).max() < 1e-9


def test_hysteresis_bounds_how_often_a_level_changes(years, node):
    made, run = years[0]
    loose = structs.replace(node.watch, raised_until=0.9, high_until=2.0, low_until=0.9, calm_after_ns=0)
    calm, jumpy = (judge.alarms([(made, each)]) for each in (run, follow(made, structs.replace(node, watch=loose))))
    assert calm.n_changes < jumpy.n_changes
    for window in range(3):
        falls = [
            b for a, b in zip(range(len(run.words)), range(1, len(run.words)), strict=False)
            if run.words[b][window] != run.words[a][window]
        ]  # fmt: skip
        assert len(falls) <= len(run.words) / 2


def test_under_cloud_all_year_levels_are_what_history_says_and_never_silent(node):
    made = world.make(302, YEAR, WorldSettings(p_cloud=1.0, habits=()))
    run = follow(made, node)
    assert len(run.days) == 365  # one a day
    assert abs(run.p - run.p_prior).max() < 1e-9


def test_staged_preparations_that_are_noted_change_nothing(node):
    staged = WorldSettings(p_begin=0.0, p_staged=0.05, p_mistaken=0.0, habits=())
    made = world.make(303, YEAR, staged)
    seen = [s for s in made.signs if s.seen == "present"]
    assert seen and all(s.deception for s in seen)
    looks = tuple(s for s in made.signs if s.seen == "present")
    run = follow(world.World(made.n_days, made.launch_days, made.preparations, made.launches, looks), node)
    assert len(run.days) == 365
    assert abs(run.p - run.p_prior).max() < 1e-9
