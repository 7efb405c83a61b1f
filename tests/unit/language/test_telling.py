"""The words that write: complete in every language, hedges kept, and nothing that makes a claim a fact."""

import string
from typing import get_args

import pytest

from bongsu.language.en.telling import TELLING as EN
from bongsu.language.ja.telling import TELLING as JA
from bongsu.language.ko.particles import particles
from bongsu.language.ko.telling import TELLING as KO
from bongsu.messages.accounts import Quantity, Speaker
from bongsu.models import reconcile as rules

ALL = pytest.mark.parametrize("w", [EN, JA, KO], ids=lambda w: w.lang)
TABLES = ("speakers", "roles", "nations", "classes", "settings", "clauses", "quantities", "reasons", "rules", "shapes", "zones",
          "verdicts", "hedges", "headings", "phrases")  # fmt: skip


def slots(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@ALL
@pytest.mark.parametrize("table", TABLES)
def test_every_language_has_the_same_words_with_the_same_slots(w, table):
    ours, english = getattr(w, table), getattr(EN, table)
    assert set(ours) == set(english)
    for key in english:
        assert slots(ours[key]) - {"adv"} == slots(english[key]) - {"adv"}, key


@ALL
def test_every_speaker_quantity_and_reason_has_a_name(w):
    assert set(get_args(Speaker)) <= set(w.speakers)
    assert set(get_args(Quantity)) == set(w.quantities)
    assert {r.name for r in rules.REASONS} | {"not_explained"} == set(w.reasons)


@ALL
@pytest.mark.parametrize("value", ["outside_eez_jpn", "inside_eez_jpn", "overflew_jpn"])
def test_a_hedge_changes_the_clause(w, value):
    told = {w.hedged(w.clauses[f"zone={value}"], c) for c in ("", "likely", "possible")}
    assert len(told) == 3
    assert not any("{" in words for words in told)


@ALL
def test_nothing_says_that_there_was_no_damage(w):
    bare = {"en": "no damage", "ja": "被害はな", "ko": "피해는 없"}[w.lang]
    assert not any(bare in words for table in TABLES for words in getattr(w, table).values())
    assert "confirmed" in EN.clauses["damage=none_reported"]


def test_what_the_launching_side_says_is_claimed():
    assert EN.says("North Korea", "claimed", "the launch succeeded") == "North Korea claims the launch succeeded."
    assert JA.says("北朝鮮", "claimed", "発射は成功した") == "北朝鮮は、発射は成功したと主張している。"
    assert KO.says("북한", "claimed", "발사가 성공했다") == "북한은 발사가 성공했다고 주장했다."


def test_korean_particles_follow_the_last_syllable():
    assert particles("미군(은/는) 러시아(과/와) 미사일(을/를)") == "미군은 러시아와 미사일을"
    assert KO.says("일본 총리", "said", "탄도미사일이다") == "일본 총리는 탄도미사일이라고 밝혔다."


def test_bounds_stay_bounds():
    assert EN.figure(300.0, None, "km", False) == "at least 300 km"
    assert JA.figure(None, 300.0, "km", False) == "最大300キロ"
    assert KO.figure(6000.0, 6000.0, "km", True) == "약 6,000km"
    assert (EN.figure(5.0, 5.0, "mach", True), JA.figure(5.0, None, "mach", False)) == (
        "about Mach 5",
        "少なくともマッハ5",
    )
