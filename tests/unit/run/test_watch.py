"""`bongsu watch` on the example that the guide shows."""

from pathlib import Path

import pytest

from bongsu.errors import BadInput
from bongsu.run.watch import watch

EXAMPLES = Path(__file__).parents[3] / "examples"
SIGNS, NODE = EXAMPLES / "signs.csv", EXAMPLES / "watch.toml"


@pytest.fixture(scope="module")
def watched():
    return watch([SIGNS], node=NODE, until="2025-11-06")


def test_signs_at_a_site_raise_it_and_the_whole_area_with_it(watched):
    week = {level.site: level for level in watched.levels if round(level.window_s / 86_400) == 7}
    assert week["taegwan"].level == week["all"].level == "raised"
    assert week["sunan"].level == "usual"
    assert week["all"].p >= max(week["taegwan"].p, week["sunan"].p)
    assert week["sunan"].n_obscured == 1  # a look under cloud says nothing


def test_a_sign_counts_from_when_it_was_published():
    before = watch([SIGNS], node=NODE, until="2025-11-05")  # the partner spoke on the evening of the 6th
    (week,) = [v for v in before.levels if v.site == "taegwan" and round(v.window_s / 86_400) == 7]
    assert "partner_remark" not in week.kinds
    assert "imagery" in week.kinds


def test_a_day_that_is_none_is_one_line():
    with pytest.raises(BadInput, match="--until"):
        watch([SIGNS], node=NODE, until="yesterday")
