"""Levels in made-up years: calibrated, earlier than history alone, calm, and no worse than history where signs are worthless."""

import pytest
from msgspec import structs
from tests.helpers.lists import EPOCH

from bongsu.evaluate.watch import follow as following
from bongsu.evaluate.watch import judge, world
from bongsu.evaluate.watch.follow import fitted, follow, settings_with
from bongsu.evaluate.watch.world import FIRST_DAY, WorldSettings
from bongsu.models.watch import WatchSettings

YEAR = following.WARM_DAYS + 365 + 29


@pytest.fixture(scope="module")
def models():
    """Sign models fitted to four made-up years that no test looks at."""
    return fitted([world.make(1, 400 + 2 * 365), world.make(2, 400 + 2 * 365)], 5.0)


@pytest.fixture(scope="module")
def year(models):
    made = world.make(301, YEAR)
    return made, follow(made, settings_with(models))


def test_a_world_is_the_same_for_the_same_seed_and_its_truth_is_its_launches():
    made = world.make(5, 500)
    assert made == world.make(5, 500)
    assert made != world.make(6, 500)
    assert all(FIRST_DAY <= day < FIRST_DAY + 500 for day in made.launch_days)
    assert {last for _, last, is_launch in made.preparations if is_launch} >= set(made.launch_days)
    assert FIRST_DAY + EPOCH > EPOCH


def test_what_a_year_of_levels_said_came_as_often_as_said(year):
    assert all(each.is_kept() for each in judge.kept([year[1]]))


def test_hysteresis_bounds_how_often_a_level_changes(year, models):
    made, run = year
    loose = structs.replace(WatchSettings(), raised_until=0.9, high_until=2.0, low_until=0.9, calm_after_ns=0)
    calm, jumpy = (judge.alarms([(made, each)]) for each in (run, follow(made, settings_with(models, loose))))
    assert calm.n_changes < jumpy.n_changes
    for window in range(3):
        falls = [
            b for a, b in zip(range(len(run.words)), range(1, len(run.words)), strict=False)
            if run.words[b][window] != run.words[a][window]
        ]  # fmt: skip
        assert len(falls) <= len(run.words) / 2


def test_under_cloud_all_year_levels_are_what_history_says_and_never_silent(models):
    made = world.make(302, YEAR, WorldSettings(p_cloud=1.0, habits=()))
    run = follow(made, settings_with(models))
    assert len(run.days) == 365  # one a day
    assert abs(run.p - run.p_prior).max() < 1e-9


def test_staged_preparations_that_are_noted_change_nothing(models):
    staged = WorldSettings(p_begin=0.0, p_staged=0.05, p_mistaken=0.0, habits=())
    made = world.make(303, YEAR, staged)
    seen = [s for s in made.signs if s.seen == "present"]
    assert seen and all(s.deception for s in seen)
    looks = tuple(s for s in made.signs if s.seen == "present")
    run = follow(
        world.World(made.n_days, made.launch_days, made.preparations, made.launches, looks), settings_with(models)
    )
    assert len(run.days) == 365
    assert abs(run.p - run.p_prior).max() < 1e-9
