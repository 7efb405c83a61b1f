"""Drafts of notices to ships and aircraft: what they print, what the reader takes back out, and what is refused."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from tests.helpers.bulletins import MINUTE_NS, SENT_NS, area, bulletin, names

from bongsu.adapters.publish.notices import Office, navarea, notam
from bongsu.errors import BadInput
from bongsu.language.notices.reading import is_notice, read

SHIPS, AIRCRAFT = Office("XI", "0001/26"), Office("RJJJ", "A0001/26")
BOTH = pytest.mark.parametrize(("draft", "office"), [(navarea, SHIPS), (notam, AIRCRAFT)], ids=["navarea", "notam"])
RING = ((41.0, 138.125), (41.5, 139.5), (40.2, 139.9), (40.0, 138.0))


def rad(*corners):
    return tuple((math.radians(lat), math.radians(lon)) for lat, lon in corners)


def sea(*rings, name="Sea of Japan"):
    return structs.replace(
        area("tokyo"), names=names(name, "日本海", "동해"), polygons=tuple(rad(*ring) for ring in rings)
    )


def of_sea(**given):
    return bulletin(**{"family": "ships_aircraft", "areas": (sea(RING),)} | given)


def apart(a, b):
    """The largest distance of corners, in radians of latitude or longitude."""
    return max(max(abs(p - r), abs(math.remainder(q - s, math.tau))) for (p, q), (r, s) in zip(a, b, strict=True))


def test_a_draft_to_ships():
    assert navarea(of_sea(), SHIPS).split("\n") == [
        "DRAFT OF W000001-2, NOT ISSUED.",
        "NAVAREA XI 0001/26",
        "SEA OF JAPAN. DANGEROUS OPERATIONS. DEBRIS MAY FALL.",
        "250622Z NOV 25 TO 250653Z NOV 25 IN AREA BOUNDED BY",
        "41-00.000N 138-07.500E, 41-30.000N 139-30.000E, 40-12.000N 139-54.000E, 40-00.000N 138-00.000E.",
        "CANCEL THIS MSG 250753Z NOV 25.",
        "DRAFT OF W000001-2, NOT ISSUED.",
    ]


def test_a_draft_to_aircraft():
    assert notam(of_sea(), AIRCRAFT).split("\n") == [
        "DRAFT OF W000001-2, NOT ISSUED.",
        "A0001/26 NOTAMN",
        "Q) RJJJ/QWMLW/IV/BO/W/000/999/4045N13857E065",
        "A) RJJJ B) 2511250622 C) 2511250653",
        "E) DANGER AREA, SEA OF JAPAN, DEBRIS MAY FALL WI",
        "410000N1380730E TO 413000N1393000E TO 401200N1395400E TO 400000N1380000E TO POINT OF ORIGIN.",
        "F) SFC G) UNL",
        "DRAFT OF W000001-2, NOT ISSUED.",
    ]


@BOTH
def test_what_a_notice_is_about_can_be_read(draft, office):
    text = draft(of_sea(), office)
    (found,) = read(text)
    assert is_notice(text)
    assert found.problems == ()
    assert (found.activity.name, found.areas[0].hedge) == ("debris", "may fall")
    assert found.printed.medium == ("navarea" if draft is navarea else "notam")


@BOTH
@pytest.mark.parametrize("mode", ["exercise", "replay", "test"])
def test_the_word_of_the_mode_stands_first_and_last(draft, office, mode):
    text = draft(of_sea(mode=mode), office)
    assert text.startswith(f"{mode.upper()} {mode.upper()}")
    assert text.endswith(mode.upper())
    assert not any(word in draft(of_sea(), office) for word in ("EXERCISE", "REPLAY", "TEST"))
    assert text.count("DRAFT") == 2


@BOTH
def test_unconfirmed_evidence_says_so(draft, office):
    assert "UNCONFIRMED" in draft(of_sea(is_confirmed=False, certainty="Possible"), office)
    assert "UNCONFIRMED" not in draft(of_sea(), office)


@BOTH
def test_a_draft_needs_no_number_yet(draft, office):
    (found,) = read(draft(of_sea(), structs_office(office, number="")))
    assert found.areas[0].area.ring


def structs_office(office, **changed):
    return Office(**{"region": office.region, "number": office.number, "earlier": office.earlier} | changed)


def test_a_replacement_names_what_it_replaces():
    one = of_sea(standing="update")
    (to_ships,) = read(navarea(one, Office("XI", "0002/26", ("0001/26",))))
    (to_aircraft,) = read(notam(one, Office("RJJJ", "A0002/26", ("A0001/26",))))
    assert to_ships.printed.cancels == ("NAVAREA XI 0001/26",)
    assert to_aircraft.printed.replaces == ("A0001/26",)
    assert to_ships.areas[0].windows == to_aircraft.areas[0].windows


@pytest.mark.parametrize(
    "given",
    [
        {"standing": "cancel"},
        {"standing": "all_clear"},
        {"standing": "expiry"},
        {"family": "withdrawn", "standing": "cancel", "why": "wrong_area"},
    ],
)
def test_a_cancellation_names_what_it_cancels_and_has_no_area(given):
    one = of_sea(**given)
    (to_ships,) = read(navarea(one, Office("XI", "0003/26", ("0001/26", "0002/26"))))
    assert to_ships.printed.cancels == ("NAVAREA XI 0001/26", "NAVAREA XI 0002/26")
    for number in ("A0003/26", ""):
        (to_aircraft,) = read(notam(one, Office("RJJJ", number, ("A0001/26",))))
        assert set(to_aircraft.printed.cancels) == {"A0001/26"}
        assert to_aircraft.areas == to_ships.areas == ()
        assert to_aircraft.problems == to_ships.problems == ()


@BOTH
@pytest.mark.parametrize(
    ("given", "office_given", "words"),
    [
        ({"family": "shelter"}, {}, "ships_aircraft"),
        ({"family": "withdrawn", "standing": "correction"}, {}, "ships_aircraft"),
        ({"standing": "cancel"}, {}, "cancels nothing"),
        ({"areas": (area("tokyo"),)}, {}, "no polygon"),
        ({"areas": (sea(RING[:2]),)}, {}, "2 corners"),
        ({"areas": (sea((RING[0], RING[2], RING[1], RING[3])),)}, {}, "do not cross"),
        ({"areas": (structs.replace(sea(RING), names=(("ja", "日本海"),)),)}, {}, "English"),
        ({"until_ns": SENT_NS - MINUTE_NS}, {}, "before it begins"),
        ({}, {"region": "XI\nNAVAREA"}, "region"),
        ({}, {"number": "1; DROP"}, "numbers"),
    ],
)
def test_what_cannot_be_drafted_is_refused(draft, office, given, office_given, words):
    with pytest.raises(BadInput, match=words):
        draft(of_sea(**given), structs_office(office, **office_given))


@BOTH
def test_a_name_that_a_notice_uses_otherwise_cannot_move_the_area(draft, office):
    for name in ("Zone 3", "Area A 12", "41-00N 138-00E", "010100Z TO 020100Z JAN 26", "B) 2511250622", "CANCEL THIS"):
        try:
            text = draft(of_sea(areas=(sea(RING, name=name),)), office)
        except BadInput:
            continue
        assert apart(read(text)[0].areas[0].area.ring, rad(*RING)) < 1e-5


LAT, LON = st.floats(-70.0, 70.0), st.floats(-180.0, 180.0)


@settings(max_examples=150)
@given(
    centres=st.lists(st.tuples(LAT, LON), min_size=1, max_size=4),
    n=st.integers(3, 12),
    reach=st.floats(0.02, 2.0),
    start_min=st.integers(0, 3_000_000),
    length_s=st.integers(60, 20 * 86_400),
    is_closed=st.booleans(),
)
@BOTH
def test_areas_and_windows_read_back_equal(draft, office, centres, n, reach, start_min, length_s, is_closed):
    rings = []
    for lat, lon in centres:
        turns = [math.tau * k / n for k in range(n)]
        ring = [(lat + reach * math.cos(a), (lon + reach * math.sin(a) + 180.0) % 360.0 - 180.0) for a in turns]
        rings.append([*ring, ring[0]] if is_closed else ring)
    sent = SENT_NS + start_min * MINUTE_NS
    one = of_sea(areas=(sea(*rings),), sent_ns=sent, until_ns=sent + length_s * 10**9)
    (found,) = read(draft(one, office))
    unit = math.radians(1 / 60 / 1_000 if draft is navarea else 1 / 3600)
    assert found.problems == ()
    assert len(found.areas) == len(rings)
    for read_area, ring in zip(found.areas, rings, strict=True):
        assert apart(read_area.area.ring, rad(*ring[:n])) <= 0.5001 * unit
        ((begin_s, end_s),) = read_area.windows
        assert 0 <= sent // 10**9 - begin_s < 60
        assert 0 <= end_s - (sent // 10**9 + length_s) < 60
