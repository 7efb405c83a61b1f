"""Sentences that must not sound surer than what stands behind them."""

from msgspec import structs
from tests.helpers.tracked import at

from bongsu.adapters.publish import statements
from bongsu.adapters.publish.account import Account, Frame
from bongsu.adapters.publish.gather import Gathered
from bongsu.messages.assessment import ImpactPrediction, ThreatVerdict
from bongsu.messages.tracking import BurnObserved

FALL = ImpactPrediction(
    id="9.0", track_id="T000001", valid_ns=at(90.0), impact_ns=at(300.0), sigma_impact_s=3.0, lat_rad=0.7, lon_rad=2.3,
    cov_en_m2=(4e6, 0.0, 1e6), zones=(("PRK.eez", 1.0),), assumption="unpowered", method="cloud", n_samples=10_000,
)  # fmt: skip


def burn(start_s: float, end_s: float) -> BurnObserved:
    return BurnObserved(
        id="8.0", track_id="T000001", start_ns=at(start_s), end_ns=at(end_s), sigma_s=2.0, decided_ns=at(end_s + 4.0)
    )


def account(**parts: object) -> Account:
    """An empty account with these parts put in."""
    return structs.replace(Gathered(Frame()).account(), **parts)


def test_a_fall_after_a_pull_up_says_that_it_may_pull_up_again() -> None:
    once = statements.impact(account(impact=FALL, burns=(burn(0.0, 60.0),)))
    twice = statements.impact(account(impact=FALL, burns=(burn(0.0, 60.0), burn(200.0, 210.0))))
    lifted = structs.replace(FALL, assumption="pull_up")
    assert len(twice) == len(once) + 1
    assert "may return" in twice[-1].text
    assert len(statements.impact(account(impact=lifted, burns=(burn(0.0, 60.0), burn(200.0, 210.0))))) == len(once)


def test_what_a_fan_reaches_is_said_without_a_probability() -> None:
    reached = ThreatVerdict(
        id="7.0", event_id="E000001", valid_ns=at(30.0), area="JPN", hazard="fall", p=0.05, words="not determined"
    )
    (open_,) = statements.verdicts(account(verdicts=(reached,)))
    (weighed,) = statements.verdicts(account(verdicts=(structs.replace(reached, p=0.4),)))
    assert "%" not in open_.text and "no probability yet" in open_.text
    assert "40 %" in weighed.text


def test_the_first_burn_is_seen_and_not_begun() -> None:
    assert "seen burning" in statements.burn(burn(20.0, 60.0)).text
    assert "Thrust or lift again" in statements.burn(burn(20.0, 60.0), is_first=False).text
