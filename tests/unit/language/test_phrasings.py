"""Ways of putting it that a reader met late: each in a sentence of its own, each a rule of its language and of no text."""

from datetime import date

import pytest

from bongsu.language.reading import read

DAY = date(2031, 5, 8)  # a Thursday


def said(text: str, quantity: str) -> list[tuple[object, ...]]:
    """Value, or ends, and speaker of each claim of one quantity."""
    found = [claim for claim in read(text, "", DAY).claims if claim.quantity == quantity]
    return [(c.value or (c.low, c.high), c.speaker) for c in found]


CASES = (
    (
        "The first rocket reached a peak of 90 km and a second peak of 60 km, KCNA said after the launch of two rockets.",
        "apogee_km", [((90.0, 90.0), "prk.state_media")],
    ),
    ("KCNA said two cruise missiles were fired and flew for 3,600 and 3,660 seconds.", "flight_time_min",
     [((60.0, 60.0), "prk.state_media"), ((61.0, 61.0), "prk.state_media")]),
    ("A missile launched by North Korea fell in the Sea of Japan, U.S. Forces Korea said.", "toward",
     [("sea_of_japan", "usa.mil")]),
    ("A missile fired by North Korea was not thought to have reached Japan's EEZ, the Japanese Defense Ministry said.", "zone",
     [("outside_eez_jpn", "jpn.mod")]),
    ("A rocket launched by North Korea flew over Japan and broke up, the JCS said.", "zone", [("overflew_jpn", "kor.jcs")]),
    ("A missile fired by North Korea fell at sea; no information has been received regarding damage, the Japan Coast Guard said.",
     "damage", [("none_reported", "jpn.coastguard")]),
    ("North Korea fired a missile. Experts said it was a cruise missile.", "vehicle_class", [("cruise", "analyst")]),
    ("North Korea fired a missile from the Sukchon air base near Pyongyang.", "launch_area", [("Sukchon", "media")]),
    ("North Korea launched a rocket from its Sohae launch site.", "launch_area", [("Sohae", "media")]),
    ("A missile was fired by North Korea. The JCS said it rose 300 km after lift-off at 6:10 a.m. from Pukchang.",
     "launch_time", [("2031-05-08T06:10+09:00", "kor.jcs")]),
    ("North Korea fired a missile, the JCS said. Seoul's military put the range at some 410 km.", "range_km",
     [((410.0, 410.0), "kor.jcs")]),
    ("防衛省によりますと、北朝鮮は弾道ミサイル1発を発射しました。", "count", [((1.0, 1.0), "jpn.mod")]),
    ("北朝鮮がミサイルを発射したと防衛省が発表した。30分間飛行したとのことだ。", "flight_time_min", [((30.0, 30.0), "jpn.mod")]),
    ("防衛省は、北朝鮮が発射した弾道ミサイルの飛行距離について、450キロから600キロに訂正した。", "range_km",
     [((450.0, 450.0), "jpn.mod"), ((600.0, 600.0), "jpn.mod")]),
    ("北朝鮮がミサイルを発射し、300kmを変則軌道で飛翔したと防衛省が発表した。", "range_km", [((300.0, 300.0), "jpn.mod")]),
    ("北朝鮮がミサイルを発射した。航空機や船舶からの被害報告等の情報は確認されていません。", "damage",
     [("none_reported", "media")]),
    ("北朝鮮がミサイルを発射した。米軍は、脅威となるものではないと述べた。", "threat", [("no_immediate_threat", "usa.mil")]),
    ("北朝鮮が弾道ミサイル1発を発射した。韓国軍はこの後、日本海に向けてミサイル4発を発射した。", "count",
     [((1.0, 1.0), "media")]),
    ("防衛省「北朝鮮が弾道ミサイルを発射」", "vehicle_class", [("ballistic", "jpn.mod")]),
    ("합참 \"북한, 동해상으로 순항미사일 발사\"", "vehicle_class", [("cruise", "kor.jcs")]),
    ("[국방부 공지] 북한이 서해상으로 순항미사일을 발사하였음.", "toward", [("yellow_sea", "kor.jcs")]),
    ("북한이 준중거리 고체연료 탄도미사일을 발사했다고 합참이 밝혔다.", "vehicle_class", [("MRBM", "kor.jcs")]),
    ("북한이 여러 종류의 탄도미사일을 발사했다고 합참이 밝혔다.", "count", []),
    ("미군은 이번 발사가 즉각적인 위협이 되지 않는다고 평가했다.", "threat", [("no_immediate_threat", "usa.mil")]),
    ("북한이 쏜 미사일은 1차 정점고도 110km, 2차 정점고도 70km까지 상승했다고 통신이 전했다.", "apogee_km",
     [((110.0, 110.0), "media")]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "quantity", "wanted"), CASES, ids=range(len(CASES)))
def test_a_phrasing_is_read(text, quantity, wanted):
    assert said(text, quantity) == wanted


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Seoul and Tokyo differ over Monday's launch. The JCS said North Korea fired two missiles.", ("2031-05-05",)),
        ("The army on Wednesday corrected its account of a missile launched by North Korea a day earlier.", ("2031-05-06",)),
        ("North Korea fired a missile on Wednesday. On Monday the North said it had launched two rockets.", ("2031-05-07",)),
        ("North Korea fired a missile on Monday, Tokyo said. The second, launched from Kusong on May 7, flew 90 km.",
         ("2031-05-05", "2031-05-07")),
    ],
)  # fmt: skip
def test_the_day_of_a_launch_is_found(text, days):
    assert read(text, "en", DAY).event_dates == days


def test_a_launch_of_those_who_watch_alone_is_a_launch():
    assert read("韓国軍は7日、弾道ミサイル1発を発射した。", "ja", DAY).is_launch_report


def test_a_part_of_a_salvo_named_by_another_speaker_counts():
    text = "North Korea fired several cruise missiles. KCNA said two strategic cruise missiles flew 1,500 km."
    assert said(text, "count") == [((2.0, None), "media"), ((2.0, 2.0), "prk.state_media")]


def test_a_ministrys_page_speaks_for_the_ministry():
    text = "北朝鮮のミサイル等関連情報\n防衛省\n北朝鮮は、本日8時頃、1発の弾道ミサイルを発射しました。"
    assert {c.speaker for c in read(text, "ja", DAY).claims} == {"jpn.mod"}
