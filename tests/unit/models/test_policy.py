"""The warning policy is data with bounds."""

import msgspec
import pytest

from bongsu.models.areas import Area
from bongsu.models.hedges import VERDICTS
from bongsu.models.policy import WarnSettings


def test_a_withdrawal_takes_longer_than_a_statement_and_the_margins_are_positive() -> None:
    policy = WarnSettings()
    assert policy.withdraw_after_ns > 0
    assert policy.clear_after_ns > 0
    assert policy.update_every_ns <= policy.update_time_ns


def test_an_area_only_known_to_be_reachable_never_reaches_the_default_proposal_threshold() -> None:
    assert WarnSettings().p_reachable < Area(area_id="a").p_propose


def test_withdrawal_is_below_proposal_by_default() -> None:
    area = Area(area_id="a")
    assert area.p_withdraw < area.p_propose


def test_the_words_margin_is_smaller_than_the_narrowest_verdict() -> None:
    assert 2.0 * WarnSettings().words_margin < min(h.high - h.low for h in VERDICTS)


def test_a_probability_above_one_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"p_reachable": 1.2}, WarnSettings)


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"p_reachabel": 0.1}, WarnSettings)
