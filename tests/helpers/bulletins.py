"""Bulletins for tests: every family in every standing that it may have, with names in three languages."""

from typing import Any

from hypothesis import strategies as st
from msgspec import UNSET

from bongsu.language.warning.families import FITS
from bongsu.messages.bulletin import Bulletin, BulletinArea, Reference

MINUTE_NS = 60 * 1_000_000_000
SENT_NS = 1_764_051_727 * 1_000_000_000  # 2025-11-25 15:22:07 local time

NAMES = (
    ("tokyo", "Tokyo", "東京都", "도쿄도"),
    ("aomori", "Aomori", "青森県", "아오모리현"),
    ("seoul", "Seoul", "ソウル特別市", "서울특별시"),
    ("ulleung", "Ulleung County", "鬱陵郡", "울릉군"),
    ("haeje", "Haeje", "海際面", "해제면"),  # called as an all-clear is
    ("zone3", "Zone 3", "第3区域", "제3구역"),
    ("busan", "Busan", "釜山", "부산"),
)
SEAS = (
    ("Sea of Japan", "日本海", "동해"),
    ("Pacific Ocean", "太平洋", "태평양"),
    ("Yellow Sea", "黄海", "서해"),
    ("Tsugaru Strait", "津軽海峡", "쓰가루 해협"),
)
AUTHORITIES = (
    ("Ministry of the Interior and Safety", "行政安全部", "행정안전부"),
    ("Cabinet Secretariat", "内閣官房", "내각관방"),
    ("National Warning Control Centre, Seoul", "中央民防衛警報統制センター", "중앙민방위경보통제센터"),
    ("Japan Coast Guard", "海上保安庁", "해상보안청"),
    ("Fire Agency", "消防庁", "소방서울"),
)


def names(en: str, ja: str, ko: str) -> tuple[tuple[str, str], ...]:
    """Names by language, sorted."""
    return ("en", en), ("ja", ja), ("ko", ko)


def area(area_id: str = "tokyo", **given: Any) -> BulletinArea:
    """An area with its names."""
    en, ja, ko = next(rest for key, *rest in NAMES if key == area_id)
    return BulletinArea(area_id=area_id, names=names(en, ja, ko), **given)


def bulletin(**given: Any) -> Bulletin:
    """An alert to take shelter, or whatever of it is given otherwise."""
    standing = given.get("standing", "alert")
    before = (Reference(bulletin_id="W000001-1", sent_ns=SENT_NS - 20 * MINUTE_NS),)
    fields: dict[str, Any] = {
        "bulletin_id": "W000001-2",
        "standing": standing,
        "family": "shelter",
        "mode": "live",
        "sent_ns": SENT_NS,
        "until_ns": SENT_NS + 30 * MINUTE_NS,
        "authority": "jpn.cas",
        "authority_names": names(*AUTHORITIES[1]),
        "areas": (area("tokyo"), area("aomori")),
        "certainty": "Likely",
        "is_confirmed": True,
        "launch_ns": SENT_NS - 3 * MINUTE_NS,
        "launched_near": names("Pyongyang", "平壌", "평양"),
        "impact_ns": SENT_NS + 9 * MINUTE_NS,
        "references": () if standing == "alert" else before,
        "why": "track_lost" if standing == "correction" or given.get("family") == "withdrawn" else "",
    }
    return Bulletin(**fields | given)


def every() -> list[Bulletin]:
    """One of every family and standing."""
    over = {"over_ns": SENT_NS - MINUTE_NS, "over_where": names(*SEAS[1])}
    return [
        bulletin(family=family, standing=standing, **(over if family in ("passed", "fell", "fell_outside") else {}))
        for family, standings in FITS.items()
        for standing in standings
    ]


@st.composite
def bulletins(draw: st.DrawFn) -> Bulletin:
    """Any bulletin that may be said."""
    family = draw(st.sampled_from(sorted(FITS)))
    standing = draw(st.sampled_from(FITS[family]))
    sent = draw(st.integers(SENT_NS - 400 * 86_400 * 10**9, SENT_NS + 400 * 86_400 * 10**9))
    ago = st.integers(0, 26 * 60 * 60 * 10**9)
    is_confirmed = draw(st.booleans())
    launch = sent - draw(ago)
    until = sent + MINUTE_NS + draw(st.integers(0, 25 * 60 * 60 * 10**9))
    near = (("Pyongyang", "平壌", "평양"), ("Sohae", "西海", "서해"))
    chosen = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    spill = draw(st.sampled_from([0.0, 400.0, 12_000.0]))
    certain = ("Observed", "Likely", "Possible", "Unlikely", "Unknown")
    kept = draw(st.sampled_from([(), ("KOR.land",), ("JPN.land", "JPN.12nm")]))
    n_before = 0 if standing == "alert" else draw(st.integers(1, 3))
    whys = (
        "track_lost",
        "forecast_changed",
        "no_launch",
        "wrong_object",
        "wrong_area",
        "sent_in_error",
        "drill_in_error",
    )
    has_why = standing == "correction" or family == "withdrawn"
    return Bulletin(
        bulletin_id="W000009-9",
        standing=standing,
        family=family,
        mode=draw(st.sampled_from(["live", "exercise", "replay", "test"])),
        sent_ns=sent,
        until_ns=sent - draw(ago) if standing == "expiry" and draw(st.booleans()) else until,
        authority="some.body",
        authority_names=names(*draw(st.sampled_from(AUTHORITIES))),
        areas=tuple(area(one[0], over_spill_m=spill, zones=kept) for one in chosen),
        hazard=draw(st.sampled_from(["fall", "overflight", "fall_and_overflight"])),
        certainty=draw(st.sampled_from(certain if is_confirmed else certain[2:])),
        is_confirmed=is_confirmed,
        launch_ns=draw(st.sampled_from([UNSET, launch])),
        launched_near=draw(st.sampled_from([(), names(*near[0]), names(*near[1])])),
        impact_ns=draw(st.sampled_from([UNSET, sent, until])),
        over_ns=draw(st.sampled_from([UNSET, launch, sent])),
        over_where=draw(st.sampled_from([(), *(names(*sea) for sea in SEAS)])),
        references=tuple(
            Reference(bulletin_id=f"W000009-{k + 1}", sent_ns=sent - draw(ago)) for k in range(n_before)
        ),
        why=draw(st.sampled_from(whys)) if has_why else "",
    )  # fmt: skip
