"""Whole texts: what is claimed, by whom, of which launch. The texts are our own, in the manner of statements and wire reports."""

from datetime import date

import pytest

from bongsu.language.reading import dateline, grammar_of, language_of, read


def claimed(text, day, lang="", quantity=""):
    """Quantity, value or bounds, and speaker of each claim."""
    found = read(text, lang, date.fromisoformat(day)).claims
    return [(c.quantity, c.value or (c.low, c.high), c.speaker) for c in found if quantity in ("", c.quantity)]


@pytest.mark.parametrize(
    ("text", "quantity", "bounds"),
    [
        ("It flew about 700 km.", "range_km", (700, 700)),
        ("It flew at least 1,000 km.", "range_km", (1000, None)),
        ("It flew up to 800 kilometers.", "range_km", (None, 800)),
        ("It flew 500 to 600 km.", "range_km", (500, 600)),
        ("It flew between 50 and 60 km.", "range_km", (50, 60)),
        ("It flew 20 miles.", "range_km", (32.2, 32.2)),
        ("It flew 620 miles (1,000 km).", "range_km", (1000, 1000)),
        ("It flew 1,000 km (620 miles).", "range_km", (1000, 1000)),
        ("It reached an altitude of more than 6,000 km.", "apogee_km", (6000, None)),
        ("It soared 910 km high.", "apogee_km", (910, 910)),
        ("It flew for 1 hour and 7 minutes.", "flight_time_min", (67, 67)),
        ("It flew for 4,052 seconds.", "flight_time_min", (67.5, 67.5)),
        ("It flew at a top speed of Mach 6.1.", "speed_mach", (6.1, 6.1)),
    ],
)
def test_english_numbers_keep_their_bounds(text, quantity, bounds):
    assert claimed(f"North Korea fired a missile. {text}", "2024-01-05", "en", quantity) == [
        (quantity, bounds, "media")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It fell 200 km west of Okushiri Island.",
        "The missile can reach targets 10,000 km away.",
        "It has a maximum range of 4,500 km.",
        "It fell 300 km off the coast.",
        "It broke apart 81 seconds into flight.",
        "It was fired from a launcher 12 m long.",
        "How far it flew is unclear.",
    ],
)
def test_what_is_no_range_height_or_flight_time_is_not_claimed(text):
    found = claimed(f"North Korea fired a missile. {text}", "2024-01-05", "en")
    assert not [c for c in found if c[0] in ("range_km", "apogee_km", "flight_time_min")]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("fired two missiles", [(2, 2)]),
        ("fired a salvo of at least 10 rockets", [(10, None)]),
        ("fired several cruise missiles", [(2, None)]),
        ("fired a missile", []),
        ("fired the two missiles", []),
        ("fired one ballistic missile", [(1, 1)]),
        ("fired three missiles, two Scud missiles and one Rodong missile", [(3, 3)]),
        ("fired two SRBMs and one ICBM", [(2, 2), (1, 1)]),
    ],
)
def test_a_salvo_is_counted_once(text, bounds):
    assert [c[1] for c in claimed(f"North Korea {text}.", "2024-01-05", "en", "count")] == bounds


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("fired a missile at 7:23 a.m.", ["07:23"]),
        ("fired missiles at 6:53 AM and 7:12 AM respectively", ["06:53", "07:12"]),
        ("fired a missile at 12:35 p.m. (0335 GMT)", ["12:35"]),
        ("fired a missile at 2142 GMT", ["06:42"]),
        ("fired missiles between 5:30 and 7:00 p.m.", ["05:30", "19:00"][1:] and ["05:30", "19:00"]),
        ("fired a missile at 7 a.m. and a second missile was launched ten minutes later", ["07:00", "07:10"]),
    ],
)
def test_launch_times_are_local(text, times):
    found = claimed(f"North Korea {text}.", "2024-01-05", "en", "launch_time")
    assert [c[1][11:16] for c in found] == times


def test_a_time_of_fall_or_of_a_statement_is_no_launch_time():
    text = "North Korea fired a missile. It landed at 7:44 a.m., the Coast Guard said at 7:46 a.m."
    assert claimed(text, "2024-01-05", "en", "launch_time") == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("North Korea fired a missile on Friday.", "2025-11-07"),
        ("North Korea fired a missile on Nov. 7.", "2025-11-07"),
        ("On November 7, 2025, North Korea fired a missile.", "2025-11-07"),
        ("North Korea fired a missile.", "2025-11-08"),
        ("KCNA said on Saturday that North Korea fired a missile the previous day.", "2025-11-07"),
        ("North Korea fired a missile yesterday.", "2025-11-07"),
        ("北朝鮮は7日、ミサイルを発射した。", "2025-11-07"),
        ("북한이 지난 7일 미사일을 발사했다.", "2025-11-07"),
        ("북한이 어제 미사일을 발사했다.", "2025-11-07"),
        ("조선중앙통신은 8일 미사일을 7일 시험발사했다고 보도했다.", "2025-11-07"),
    ],
)
def test_days_resolve_against_publication(text, day):
    assert read(text, "", date(2025, 11, 8)).event_dates == (day,)


def test_without_a_date_the_day_stays_unknown_and_the_rest_is_read():
    found = read("North Korea fired two missiles on Friday.")
    assert found.event_dates == ()
    assert [(c.quantity, c.event_date) for c in found.claims] == [("count", ""), ("vehicle_class", "")]


def test_a_text_that_prints_its_own_date_needs_none():
    assert read("2025-11-08\nNorth Korea fired two missiles on Friday.").event_dates == ("2025-11-07",)
    assert dateline("SEOUL, Nov. 8, 2025 -- Text", grammar_of("en")) == date(2025, 11, 8)
    assert dateline("2025年13月99日", grammar_of("ja")) is None


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("two short-range ballistic missiles", ["SRBM"]),
        ("a submarine-launched ballistic missile (SLBM)", ["SLBM"]),
        ("an intercontinental ballistic missile", ["ICBM"]),
        ("strategic cruise missiles", ["cruise"]),
        ("a submarine-launched cruise missile", ["cruise"]),
        ("a hypersonic missile", ["hypersonic_glide"]),
        ("anti-ship missiles", ["missile"]),
        ("a Hwasong-12 missile", ["missile"]),
        ("rounds from a multiple rocket launcher", ["rocket_artillery"]),
        ("an unidentified projectile", []),
        ("a satellite into orbit", ["space_launch"]),
        ("a short-range missile", ["missile"]),
    ],
)
def test_a_class_is_read_by_its_words(text, classes):
    verb = "launched" if "satellite" in text else "fired"
    rocket = " with a rocket" if "projectile" in text else ""
    assert [
        c[1] for c in claimed(f"North Korea {verb} {text}{rocket}.", "2024-01-05", "en", "vehicle_class")
    ] == classes


def test_a_bare_missile_gives_way_to_anyone_more_specific():
    text = "North Korea fired a missile. South Korea's military said it was a short-range ballistic missile."
    assert claimed(text, "2024-01-05", "en", "vehicle_class") == [("vehicle_class", "SRBM", "kor.jcs")]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("It fell outside Japan's EEZ.", ("zone", "outside_eez_jpn")),
        ("It landed inside Japan's exclusive economic zone.", ("zone", "inside_eez_jpn")),
        ("It did not fall in Japan's EEZ.", ("zone", "outside_eez_jpn")),
        ("It flew over Japan.", ("zone", "overflew_jpn")),
        ("It fell into the East Sea.", ("toward", "sea_of_japan")),
        ("It fell into the Yellow Sea.", ("toward", "yellow_sea")),
        ("It fell into the Pacific Ocean.", ("toward", "pacific")),
        ("It was fired at a lofted angle.", ("shape", "lofted")),
        ("It flew on an irregular trajectory.", ("shape", "irregular")),
        ("It flew on a depressed trajectory.", ("shape", "depressed")),
        ("The missile failed shortly after launch.", ("outcome", "failure")),
        ("The launch was successful.", ("outcome", "success")),
        ("The launch does not pose an immediate threat.", ("threat", "no_immediate_threat")),
        ("There were no reports of damage.", ("damage", "none_reported")),
        ("Preparations for the launch were detected.", ("preparation_detected", "true")),
    ],
)
def test_closed_lists_are_read_by_phrase(text, claim):
    assert (*claim, "media") in claimed(f"North Korea fired a rocket. {text}", "2024-01-05", "en")


@pytest.mark.parametrize(
    "text",
    [
        "It did not fly over Japan.",
        "On a standard trajectory it would fly farther.",
        "It was not successful yet.",
        "Talks failed.",
    ],
)
def test_what_is_denied_or_not_of_the_launch_is_not_claimed(text):
    found = claimed(f"North Korea fired a rocket. {text}", "2024-01-05", "en")
    assert not [
        c for c in found if c[0] in ("zone", "shape") or c[1] == "success" or (c[0] == "outcome" and "Talks" in text)
    ]


def test_a_japanese_statement_is_read_whole():
    text = (
        "防衛省は7日、北朝鮮が午後0時34分ごろ、大館付近から少なくとも1発の弾道ミサイルを日本海に向けて発射したと発表した。"
        "最高高度は約50km、飛翔距離は約450kmで、日本のEEZ外に落下したと推定されるとしている。被害の情報は確認されていないと述べた。"
    )
    assert set(claimed(text, "2025-11-07")) == {
        ("launch_time", "2025-11-07T12:34+09:00", "jpn.mod"),
        ("launch_area", "大館", "jpn.mod"),
        ("count", (1, None), "jpn.mod"),
        ("vehicle_class", "ballistic", "jpn.mod"),
        ("toward", "sea_of_japan", "jpn.mod"),
        ("apogee_km", (50, 50), "jpn.mod"),
        ("range_km", (450, 450), "jpn.mod"),
        ("zone", "outside_eez_jpn", "jpn.mod"),
        ("damage", "none_reported", "jpn.mod"),
    }


def test_a_korean_statement_is_read_whole():
    text = (
        '합참은 7일 "오늘 12시 35분경 북한 평안북도 대관 일대에서 동해상으로 발사된 단거리탄도미사일 1발을 '
        '포착했다"며 "미사일은 약 700km를 비행했다"고 밝혔다.'
    )
    assert set(claimed(text, "2025-11-07")) == {
        ("launch_time", "2025-11-07T12:35+09:00", "kor.jcs"),
        ("launch_area", "대관", "kor.jcs"),
        ("toward", "sea_of_japan", "kor.jcs"),
        ("vehicle_class", "SRBM", "kor.jcs"),
        ("count", (1, 1), "kor.jcs"),
        ("range_km", (700, 700), "kor.jcs"),
    }


def test_an_agency_speaks_in_its_own_dispatch_and_a_command_in_its_own_statement():
    kcna = "Pyongyang, March 25 (KCNA) -- The test launch of an ICBM was conducted on March 24. It flew a distance of 1,090 km."
    assert claimed(kcna, "2022-03-25", "en", "range_km") == [("range_km", (1090, 1090), "prk.state_media")]
    command = "USINDOPACOM Statement on DPRK Launch\nWe are aware of the missile launch. It does not pose an immediate threat."
    assert claimed(command, "2022-03-25", "en", "threat") == [("threat", "no_immediate_threat", "usa.mil")]


def test_a_revision_and_what_it_revises_are_both_claims():
    text = "Japan's Defense Ministry first said the missile fired by North Korea flew 450 km. It later said it flew 600 km."
    assert [c[1] for c in claimed(text, "2021-03-25", "en", "range_km")] == [(450, 450), (600, 600)]


def test_a_claim_carries_hedge_unit_rounding_place_and_its_characters():
    text = "North Korea fired a missile from Daegwan. It flew about 435 miles."
    area, flown = (c for c in read(text, "en", date(2025, 11, 7)).claims if c.quantity in ("launch_area", "range_km"))
    assert area.place == "Taegwan"
    assert (flown.hedge, flown.unit_as_printed, flown.rounding, flown.low) == ("about", "miles", 1.0, 700.1)
    assert text[slice(*flown.span)] == flown.evidence == "about 435 miles"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("발사했다", "ko"),
        ("発射した", "ja"),
        ("fired", "en"),
        ("", "en"),
        ("한국 fired a missile and nothing more was known", "en"),
    ],
)
def test_a_language_is_known_by_its_script(text, lang):
    assert language_of(text) == lang


@pytest.mark.parametrize("text", ["", "\n", "No news today.", "미사일", "ミサイル", "km km km", "<b></b>"])
def test_a_text_without_a_launch_is_read_without_a_word(text):
    found = read(text, "", date(2025, 11, 7))
    assert (found.is_launch_report, found.claims) == (False, ())
