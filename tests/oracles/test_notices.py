"""Published launch and debris notices, against areas and times that others made of them by hand and script.

Where the two differ, the difference is named by rule: most often the array joins what the text keeps apart, or stops where
the text goes along a boundary.
"""

from collections import Counter

import pytest
from tests.helpers.notices import envelope_of, is_same_ring, ring_of, shared

from bongsu.language.notices.reading import ReadNotice, is_notice, read

AGREE = 0.97


def ring_class(found: ReadNotice, theirs):
    """Agreement, or the kind of disagreement."""
    ours = [list(area.area.ring) for area in found.areas]
    if any(is_same_ring(theirs, ring) for ring in ours):
        return "agrees"
    if is_same_ring(theirs, [corner for ring in ours for corner in ring]):
        return "the array joins areas that the text keeps apart"
    if any(is_same_ring([*ring, ring[0]], theirs[1:]) for ring in ours):
        return "the array takes the point of fall for a corner"
    for area in found.areas:
        n_shared = sum(any(is_same_ring([p], [q]) for q in area.area.ring) for p in theirs)
        if any("boundary" in caveat for caveat in area.area.caveats) and n_shared == len(theirs):
            return "the array leaves out corners beyond a boundary"
        if area.area.n_unusable and n_shared >= len(theirs) - area.area.n_unusable:
            return "a misprint in the text, mended in the array, reported by us"
    return "not explained"


@pytest.fixture
def notices(shared_data):
    return [(name, text, ring_of(c), envelope_of(t), read(text)) for name, text, c, t in shared(shared_data)]


def test_areas_and_envelopes_agree_and_every_disagreement_has_a_class(notices, capsys):
    classes = [ring_class(found[0], ring) for _, _, ring, _, found in notices]
    times = [(found[0].begins_s, found[0].ends_s) == envelope for _, _, _, envelope, found in notices]
    n_agree = sum(kind == "agrees" and is_time for kind, is_time in zip(classes, times, strict=True))
    with capsys.disabled():
        print(f"\n{n_agree} of {len(classes)} notices agree in area and envelope; envelopes alone: {sum(times)}")
        for kind, n in Counter(classes).most_common():
            names = [notice[0] for notice, its in zip(notices, classes, strict=True) if its == kind]
            print(f"  {n:4d} {kind}: {', '.join(names) if kind != 'agrees' else ''}")
    assert len(classes) > 700
    assert n_agree >= AGREE * len(classes)
    assert "not explained" not in classes
    assert all(times)


def test_every_schedule_is_read_and_spans_its_envelope(notices):
    scheduled = [found[0] for _, _, _, _, found in notices if found[0].printed.text("D").strip()]
    assert len(scheduled) > 200
    for one in scheduled:
        wrong = [p for p in one.problems if p.startswith("D)") and "days after" not in p and "windows" not in p]
        windows = one.areas[0].windows
        assert wrong == []
        assert windows[0][0] == one.begins_s
        assert max(end for _, end in windows) == one.ends_s or any("days after" in p for p in one.problems)


def test_every_one_is_known_for_a_notice_and_read_as_one(notices):
    for name, text, _, _, found in notices:
        assert is_notice(text), name
        assert len(found) == 1, name
        assert name.startswith(found[0].printed.notice_id), name


def test_evidence_is_what_was_printed(notices):
    for _, text, _, _, found in notices:
        for area in found[0].areas:
            assert text[slice(*area.span)] == area.evidence


def test_groups_with_several_zones_are_read_whole(shared_data):
    n_areas, shapes = {}, Counter()
    for path in sorted((shared_data / "notices" / "notam_isro").glob("*.txt")):
        (found,) = read(path.read_text(encoding="utf-8"))
        assert found.problems == ()
        assert all(area.windows and area.activity.name == "launch" for area in found.areas)
        n_areas[path.stem] = len(found.areas)
        shapes.update(area.area.shape for area in found.areas)
    assert n_areas == {"notam-gslv-f10": 4, "notam-gslv-m1": 4, "notam-pslv-c47": 7, "notam-pslv-c48": 6}
    assert shapes == {"polygon": 16, "circle": 4, "sector": 1}
