"""A bulletin as CAP: what each statement becomes, the same facts in every language, and contradictions that are not sent."""

import re
from itertools import product
from typing import get_args

import msgspec
import pytest
from tests.helpers.cap import AOMORI, MINUTE_NS, SENDER, SENT_NS, bulletin, following, texts

from bongsu.adapters.publish.cap.compose import STATUS, compose
from bongsu.adapters.publish.cap.mapping import mapping, shipped
from bongsu.adapters.publish.cap.read import read
from bongsu.adapters.publish.cap.write import write
from bongsu.errors import BadInput
from bongsu.messages.bulletin import Family, Mode, Reference, Standing


def earlier(bulletin_id: str, sent_ns: int) -> Reference:
    return Reference(bulletin_id=bulletin_id, sent_ns=sent_ns)


SAID = ("language", "event", "sender_name", "headline", "description", "instruction", "areas")


def test_an_alert_says_what_the_bulletin_says():
    alert = read(write(compose(bulletin(), texts(), SENDER)))
    assert (alert.identifier, alert.sender) == ("live.kor-1.7.W000001-1", "warning@bongsu.example")
    assert (alert.sent, alert.status, alert.msg_type, alert.scope) == (
        "2025-11-07T12:30:00+09:00",
        "Actual",
        "Alert",
        "Public",
    )
    assert alert.references == ()
    info = alert.infos[-1]
    assert (info.language, info.event, info.urgency, info.severity, info.certainty, info.responses) == (
        "en", "missile threat", "Immediate", "Extreme", "Likely", ("Shelter",),
    )  # fmt: skip
    assert (info.onset, info.expires) == ("2025-11-07T12:42:00+09:00", "2025-11-07T13:30:00+09:00")
    ring = info.areas[0].polygons[0]
    assert ring[0] == ring[-1] == (40.10705, 139.80170)
    assert [(p.name, p.value) for p in info.areas[0].geocodes] == [("ISO 3166-2", "JP-02")]
    assert {p.name: p.value for p in info.parameters} == {
        "bongsu.family": "shelter_now", "bongsu.hazard": "fall", "bongsu.confirmed": "yes",
        "bongsu.launch": "2025-11-07T12:27:00+09:00", "bongsu.over_spill_m": "500",
    }  # fmt: skip


def test_three_languages_carry_the_same_facts():
    alert = compose(bulletin(), texts(), SENDER)
    facts = [
        {**{k: v for k, v in msgspec.to_builtins(info).items() if k not in SAID}, "where": info.areas[0].polygons}
        for info in alert.infos
    ]
    assert [info.language for info in alert.infos] == ["ko-KR", "ja-JP", "en"]
    assert facts[0] == facts[1] == facts[2]
    assert len({info.event for info in alert.infos}) == len({info.sender_name for info in alert.infos}) == 3


def test_a_cancel_names_exactly_what_it_takes_back_and_why():
    alert = read(write(compose(following("cancel", "withdrawn"), texts(), SENDER)))
    first = compose(bulletin(), texts(), SENDER)
    assert alert.msg_type == "Cancel"
    assert [(m.sender, m.identifier, m.sent) for m in alert.references] == [
        (first.sender, first.identifier, first.sent)
    ]
    assert alert.note == "The track was lost; what was said could not be confirmed."


@pytest.mark.parametrize(
    ("standing", "family", "expected"),
    [
        ("update", "shelter", ("Update", "Immediate", "Extreme", "Likely", ("Shelter",))),
        ("update", "passed", ("Update", "Past", "Minor", "Observed", ("Avoid",))),
        ("update", "fell", ("Update", "Immediate", "Extreme", "Likely", ("Shelter", "Avoid"))),
        ("update", "fell_outside", ("Update", "Past", "Minor", "Likely", ("AllClear", "Avoid"))),
        ("correction", "passed", ("Update", "Past", "Minor", "Observed", ("Avoid",))),
        ("cancel", "withdrawn", ("Cancel", "Past", "Minor", "Unlikely", ("AllClear",))),
        ("all_clear", "all_clear", ("Update", "Past", "Minor", "Observed", ("AllClear",))),
        ("update", "ships_aircraft", ("Update", "Immediate", "Moderate", "Likely", ("Avoid", "Monitor"))),
    ],
)
def test_each_phase_has_its_words_in_cap(standing, family, expected):
    alert = compose(following(standing, family), texts(), SENDER)
    info = alert.infos[0]
    assert (alert.msg_type, info.urgency, info.severity, info.certainty, info.responses) == expected


def test_what_lifts_never_opens_a_warning_and_what_asks_for_shelter_never_ends_one():
    for family, standing in product(get_args(Family), get_args(Standing)):
        one = bulletin(family=family) if standing == "alert" else following(standing, family)
        if standing in shipped().families[family].standings:
            assert compose(one, texts(), SENDER).status == "Actual"
        else:
            with pytest.raises(BadInput, match="family"):
                compose(one, texts(), SENDER)
    opens = {f for f, said in shipped().families.items() if "alert" in said.standings}
    ends = {f for f, said in shipped().families.items() if {"cancel", "all_clear", "expiry"} & set(said.standings)}
    assert not opens & ends
    assert not any("AllClear" in shipped().families[f].responses for f in opens)
    assert not any("Shelter" in shipped().families[f].responses for f in ends)


@pytest.mark.parametrize("mode", get_args(Mode))
def test_the_mode_is_the_status_and_nothing_but_live_is_public(mode):
    one = bulletin(mode=mode)
    if mode == "replay":
        with pytest.raises(BadInput, match="replay"):
            compose(one, texts(mode), SENDER)
        return
    alert = compose(one, texts(mode), SENDER)
    assert alert.status == STATUS[mode]
    assert alert.identifier.startswith(f"{mode}.")
    assert (alert.scope == "Public") == (alert.status == "Actual") == (mode == "live")
    assert mode == "live" or alert.note.startswith(mode.upper())


def test_an_exercise_says_so_in_every_event_and_refuses_texts_that_do_not():
    alert = compose(bulletin(mode="exercise"), texts("exercise"), SENDER)
    assert [info.event.partition(":")[0] for info in alert.infos] == ["훈련", "訓練", "exercise"]
    with pytest.raises(BadInput, match="does not say so"):
        compose(bulletin(mode="exercise"), texts(), SENDER)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (bulletin(until_ns=SENT_NS), "an end that is not after"),
        (bulletin(launch_ns=SENT_NS + MINUTE_NS), "a launch after"),
        (bulletin(over_ns=SENT_NS + MINUTE_NS), "something over after"),
        (bulletin(impact_ns=SENT_NS - 5 * MINUTE_NS), "an impact before the launch"),
        (bulletin(is_confirmed=False), "certainty Likely of what is unconfirmed"),
        (bulletin(references=(earlier("W000001-2", SENT_NS),)), "alert with 1 references"),
        (following("update", "shelter", references=()), "update with 0 references"),
        (following("cancel", "withdrawn", why=""), "cancel without why"),
        (following("update", "shelter", references=(earlier("W000002-1", SENT_NS),)), "another warning"),
        (following("update", "shelter", references=(earlier("W000001-2", SENT_NS),)), "or itself"),
        (following("update", "shelter", references=(earlier("W000001-1", SENT_NS),) * 2), "named twice"),
        (following("update", "shelter", references=(earlier("W000001-1", SENT_NS + 3 * MINUTE_NS),)), "later"),
        (bulletin(areas=(msgspec.structs.replace(AOMORI, polygons=(), geocodes=()),)), "without polygon"),
        (bulletin(areas=(msgspec.structs.replace(AOMORI, polygons=(((0.7, 2.4), (0.7, 2.5)),)),)), "fewer than three"),
    ],
)  # fmt: skip
def test_a_bulletin_that_contradicts_itself_is_not_sent(one, said):
    with pytest.raises(BadInput, match=re.escape(said)):
        compose(one, texts(), SENDER)


def test_texts_in_fewer_languages_or_empty_ones_are_not_sent():
    with pytest.raises(BadInput, match="texts in en, ko"):
        compose(bulletin(), {k: v for k, v in texts().items() if k != "ja"}, SENDER)
    with pytest.raises(BadInput, match="texts in no language"):
        compose(bulletin(), {}, SENDER)
    with pytest.raises(BadInput, match=r"an empty area \(ja\)"):
        compose(bulletin(), {**texts(), "ja": texts()["ja"]._replace(area=" ")}, SENDER)


def test_an_impact_that_is_not_known_is_left_out_not_made_up():
    one = msgspec.structs.replace(bulletin(), impact_ns=msgspec.UNSET, launch_ns=msgspec.UNSET)
    info = compose(one, texts(), SENDER).infos[0]
    assert info.onset == ""
    assert "bongsu.launch" not in {p.name for p in info.parameters}


def test_zones_are_codes_and_an_angle_just_below_zero_has_no_minus():
    area = msgspec.structs.replace(AOMORI, zones=("JPN.land",), polygons=(((-1e-12, 2.4), (0.1, 2.4), (0.1, 2.5)),))
    body = write(compose(bulletin(areas=(area,)), texts(), SENDER))
    assert b"-0.0" not in body
    assert ("bongsu.zone", "JPN.land") in [(p.name, p.value) for p in read(body).infos[0].areas[0].geocodes]


def test_another_table_is_taken_if_it_is_whole_and_speaks_cap():
    text = (shipped_text()).replace('audience = "General public"', 'audience = "Residents"')
    assert compose(bulletin(), texts(), SENDER, mapping(text, "other")).infos[0].audience == "Residents"
    for broken in (
        text.replace("[families.passed]", "[families.flown]"),
        text.replace('"Immediate"', '"Now"'),
        text.replace('expiry = "Update"\n', ""),
        text.replace('ja = "訓練"', 'fr = "exercice"'),
        text + "[[",
    ):
        with pytest.raises(BadInput, match="other"):
            mapping(broken, "other")


def shipped_text() -> str:
    from bongsu.adapters.publish.cap import mapping as room

    return room._SHIPPED.read_text(encoding="utf-8")
