"""Bulletins as the decision makes them, texts for them, and CAP messages of any shape."""

from typing import Any

import msgspec
from hypothesis import strategies as st

from bongsu.adapters.publish.cap import structure
from bongsu.adapters.publish.cap import values as of
from bongsu.adapters.publish.cap.alert import Alert, Circle, Mention
from bongsu.adapters.publish.cap.compose import Sender, Words
from bongsu.messages.bulletin import Bulletin, BulletinArea, Reference

SENT_NS = 1_762_486_200_000_000_000  # 2025-11-07T03:30:00Z
MINUTE_NS = 60_000_000_000
SENDER = Sender(sender="warning@bongsu.example", node="kor-1", epoch=7)
AOMORI = BulletinArea(
    area_id="aomori", names=(("en", "Aomori"), ("ja", "青森県"), ("ko", "아오모리현")),
    polygons=(((0.70, 2.44), (0.72, 2.44), (0.72, 2.47)),), geocodes=(("ISO 3166-2", "JP-02"),), over_spill_m=500.0,
)  # fmt: skip
_TEXTS = {
    "en": ("Take shelter", "A missile may fall near Aomori about 12:42.", "Go into a building or underground.", "Aomori"),
    "ja": ("直ちに避難", "ミサイルが12時42分頃、青森県付近に落下の可能性。", "建物の中又は地下に避難してください。", "青森県"),
    "ko": ("즉시 대피", "미사일이 12시 42분경 아오모리현 부근에 낙하 예상.", "건물 안이나 지하로 대피하십시오.", "아오모리현"),
}  # fmt: skip
_EXERCISE = {"en": "Exercise.", "ja": "訓練。", "ko": "훈련."}


def texts(mode: str = "live") -> dict[str, Words]:
    """Made-up texts; those of an exercise say so at both ends."""
    mark = _EXERCISE if mode == "exercise" else dict.fromkeys(_EXERCISE, "")
    return {
        lang: Words(*(f"{mark[lang]} {text} {mark[lang]}".strip() for text in said)) for lang, said in _TEXTS.items()
    }


def bulletin(**changes: Any) -> Bulletin:
    """An alert, unless changed."""
    usual = {
        "bulletin_id": "W000001-1", "standing": "alert", "family": "shelter_now", "mode": "live", "sent_ns": SENT_NS,
        "until_ns": SENT_NS + 60 * MINUTE_NS, "authority": "cabinet",
        "authority_names": (("en", "Cabinet Secretariat"), ("ja", "内閣官房"), ("ko", "내각관방")), "areas": (AOMORI,),
        "certainty": "Likely", "is_confirmed": True, "launch_ns": SENT_NS - 3 * MINUTE_NS, "impact_ns": SENT_NS + 12 * MINUTE_NS,
    }  # fmt: skip
    return msgspec.convert(msgspec.to_builtins(Bulletin(**{**usual, **changes})), Bulletin)


def following(standing: str, family: str, **changes: Any) -> Bulletin:
    """The second bulletin of the same warning, which replaces the first."""
    usual = {
        "bulletin_id": "W000001-2", "standing": standing, "family": family, "sent_ns": SENT_NS + 2 * MINUTE_NS,
        "references": (Reference(bulletin_id="W000001-1", sent_ns=SENT_NS),),
        "why": "track_lost" if standing in ("correction", "cancel") else "",
    }  # fmt: skip
    return bulletin(**{**usual, **changes})


_text = (
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
    .map(str.strip)
    .filter(lambda t: not of._NOT_XML.search(t))
)
_token = st.from_regex(r"[A-Za-z0-9:._@/-]{1,16}", fullmatch=True)
_instant = st.builds(of.instant, st.integers(-(10**18), 4 * 10**18), st.integers(-840, 840))
_lat_deg, _lon_deg = (st.floats(-most, most).map(lambda x: round(x, 9)) for most in (90.0, 180.0))
_point = st.tuples(_lat_deg, _lon_deg)
_KINDS: dict[of.Kind, st.SearchStrategy[Any]] = {
    of.TEXT: _text,
    of.FILLED: _text.filter(bool),
    of.TOKEN: _token,
    of.INSTANT: _instant,
    of.LANGUAGE: st.from_regex(of._LANGUAGE, fullmatch=True),
    of.NUMBER: st.floats(-1e6, 1e6).map(of.decimal).filter(lambda text: len(text) < 20),
    of.INTEGER: st.integers(-(10**17), 10**17).map(str),
    of.URI: st.from_regex(of._URI, fullmatch=True),
    of.POLYGON: st.lists(_point, min_size=3, max_size=5).map(lambda p: (*p, p[0])),
    of.CIRCLE: st.builds(
        Circle, lat_deg=_lat_deg, lon_deg=_lon_deg, radius_km=st.floats(0.0, 1e4).map(lambda x: round(x, 9))
    ),
    of.REFERENCES: st.lists(
        st.builds(Mention, sender=_token, identifier=_token, sent=_instant), min_size=1, max_size=3
    ).map(tuple),
}


def _holds(part: structure.Part) -> st.SearchStrategy[Any]:
    if isinstance(part.holds, structure.Group):
        return _group(part.holds)
    if part.holds in _KINDS:
        return _KINDS[part.holds]
    return st.sampled_from(part.holds.what.removeprefix("one of ").split(", "))


def _field(part: structure.Part) -> st.SearchStrategy[Any]:
    one = _holds(part)
    if part.most > 1:
        return st.lists(one, min_size=part.least, max_size=2).map(tuple)
    absent = () if part.holds is of.REFERENCES else ""
    return one if part.least else st.one_of(st.just(absent), one)


def _group(group: structure.Group) -> st.SearchStrategy[Any]:
    return st.builds(group.struct, **{part.field: _field(part) for part in group.parts})


def alerts() -> st.SearchStrategy[Alert]:
    """Any message the form allows; some break a rule."""
    return _group(structure.ALERT)
