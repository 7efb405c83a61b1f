"""A product that carried a figure that has changed since is named, with a draft; one that is only known better is not."""

import pytest
from msgspec import structs
from tests.helpers.told import DAY, T0_NS, apogee, claim, event, flight, impact, point

from bongsu.adapters.publish import corrections
from bongsu.adapters.publish.hearsay import Hearsay
from bongsu.language.recounting import recounting_of
from bongsu.language.telling import LANGUAGES, telling_of
from bongsu.messages.accounts import Account, OwnFigure
from bongsu.messages.inputs import OperatorAct, Tick
from bongsu.messages.warning import WarningProposed

TICK = Tick(valid_ns=T0_NS)


def heard(carries, own, findings=()):
    said = Hearsay({})
    first = [event(), point(), flight(), apogee(), impact(), claim("3.0", "range_km", "kor.jcs", 700), *findings]
    said.take(1, T0_NS, TICK, first)
    said.take(
        4, T0_NS + 1, OperatorAct(valid_ns=T0_NS, user="kim", verb="publish", target_id="Brief 1", carries=carries), []
    )
    account = Account(
        id="5.0", cause=5, event_date=DAY, quantity=("range_km",), preferred=(("3.0",),), rule=("the only one",), others=((),),
        rests_on=("3.0",), match="matched", event_id="E000001", track_id="T000001", own=own,
    )  # fmt: skip
    said.take(5, T0_NS + 2, TICK, [account])
    return said


def drafts(said, lang="en"):
    story = said.story(DAY, lambda lat, lon, language: "")
    return [s.text for s in corrections.sentences(recounting_of(lang), telling_of(lang), said, story)]


def ranged(low, high):
    return (OwnFigure(quantity="range_km", finding_id="6.0", low=low, high=high),)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_own_figure_that_moved_is_corrected(lang):
    first, draft = drafts(heard(("9.2",), ranged(780.0, 800.0)), lang)
    assert "Brief 1" in first and "Brief 1" in draft
    assert "780" in draft and "684" in draft


def test_a_figure_that_is_only_known_better_is_not():
    assert drafts(heard(("9.2",), ranged(698.0, 703.0))) == []


def test_what_did_not_carry_it_is_not_named():
    assert drafts(heard(("9.1",), ranged(780.0, 800.0))) == []


def test_a_figure_of_another_track_is_not_this_launchs():
    other = structs.replace(flight(), id="8.2", track_id="T000002")
    assert drafts(heard(("8.2",), ranged(780.0, 800.0), [other])) == []


def test_a_proposed_warning_carries_the_forecast_it_rests_on():
    warning = WarningProposed(
        id="2.0", warning_id="W000001", event_id="E000001", valid_ns=T0_NS, areas=("a",), reason="r", certainty="Likely",
        hazard="fall", rests_on=("9.4",),
    )  # fmt: skip
    zone = (OwnFigure(quantity="zone", finding_id="6.1", value="inside"),)
    told = drafts(heard((), zone, [warning]))
    assert told[0].startswith("Warning W000001 of") and "now inside" in told[0]
