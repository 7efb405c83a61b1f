"""Watch levels in words: the last day of a window, a part a site, no word that could be taken for a warning."""

import pytest

from bongsu.adapters.publish import watch as told
from bongsu.constants import NS_PER_S
from bongsu.messages.watching import WatchLevel
from bongsu.models.activity import DAY_NS, start_ns

MIDNIGHT_NS = start_ns(20_400)  # 2025-11-08 in Korea


def level(site="all", days=7, word="raised", **fields):
    return WatchLevel(
        valid_ns=MIDNIGHT_NS, site=site, window_s=days * DAY_NS / NS_PER_S, level=word, p=0.44, p_prior=0.21, p_usual=0.21,
        log_odds_history=0.0, kinds=("imagery",), sources=("an analyst",), seen=("present",), log_odds=(0.4,), n_obscured=0,
        n_deceptive=0, raised_by=("notice",), **fields,
    )  # fmt: skip


def test_the_day_named_is_the_last_of_the_window():
    (first, *_) = told.sentences([level()])
    assert "by 2025-11-14 " in first.text  # seven days from the 8th on
    (fortnight, *_) = told.sentences([level(days=14)])
    assert "by 2025-11-21 " in fortnight.text


def test_a_site_is_one_part_of_the_screen_and_the_last_says_how_far_to_trust_it():
    lines = told.lines([level(), level(days=14), level("north")], names={"north": "North County"})
    parts = "\n".join(lines).split("\n\n")
    assert len(parts) == 3
    assert parts[0].startswith("The whole watched area: RAISED")
    assert parts[1].startswith("North County: RAISED")
    assert "no warning" in parts[2]


@pytest.mark.parametrize("lang", ["en", "ko", "ja"])
def test_lines_hold_every_sentence(lang):
    flat = "".join(line.removeprefix("- ") for line in told.lines([level()], lang))
    for sentence in told.sentences([level()], lang):
        assert "".join(sentence.text.split()) in "".join(flat.split())


def test_nothing_heard_is_nothing_said():
    assert told.sentences([]) == told.lines([]) == []
