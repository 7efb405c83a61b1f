"""A label only ever grows stricter, and a finding is as closed as everything it rests on."""

from hypothesis import given
from hypothesis import settings as with_settings
from hypothesis import strategies as st
from msgspec import structs
from tests.helpers.flights import SCENARIO, stretch, tables
from tests.helpers.strategies import labels

from bongsu import pipeline
from bongsu.messages.inputs import Scan, Tick
from bongsu.messages.labels import Label, covers, join, join_all
from bongsu.models.lineage import subjects_of
from bongsu.run.config import load_settings

OPEN = Label("PUBLIC", ("jpn", "kor", "prk", "usa"))


@given(a=labels(), b=labels(), c=labels())
def test_a_join_is_the_least_label_that_covers_both(a, b, c):
    assert join(a, b) == join(b, a)
    assert join(join(a, b), c) == join(a, join(b, c)) == join_all((c, b, a))
    assert join(a, a) == a
    assert covers(join(a, b), a)
    if covers(c, a) and covers(c, b):
        assert covers(c, join(a, b))


@given(a=labels(), b=labels(), c=labels())
def test_to_cover_is_an_order(a, b, c):
    assert covers(a, a)
    assert not (covers(a, b) and covers(b, a)) or a == b
    assert not (covers(a, b) and covers(b, c)) or covers(a, c)
    assert covers(Label("SECRET", (), ("EXPERT", "NOPUB", "ORCON", "SRC")), a)


def fold(feed):
    """Every input and finding of a run by id."""
    cfg = pipeline.configure(load_settings(SCENARIO), tables())
    state, inputs, found = pipeline.start(cfg), {}, {}
    for seq, (known_ns, message) in enumerate(feed, start=1):
        inputs[str(seq)] = message
        state, findings = pipeline.step(cfg, state, seq, known_ns, message)
        found |= {finding.id: finding for finding in findings}
    return inputs, found


def closure(finding, inputs, found):
    """The labels of the inputs a finding rests on, through every finding it names; a tick marks nothing."""
    waiting, seen, marks = [finding.id], set(), []
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in inputs:
            marks += [] if isinstance(inputs[name], Tick) else [inputs[name].label]
        else:
            waiting += [str(found[name].cause), *found[name].rests_on]
    return marks


@with_settings(max_examples=4)
@given(data=st.data(), first_s=st.sampled_from([-5.0, 20.0, 60.0]))
def test_the_label_of_a_finding_covers_the_closure_of_what_it_rests_on(data, first_s):
    marks = data.draw(st.lists(labels(), min_size=3, max_size=6))
    feed = [
        (known_ns, structs.replace(m, label=marks[i % len(marks)]) if isinstance(m, Scan) else m)
        for i, (known_ns, m) in enumerate(stretch(first_s, first_s + 60.0))
    ]
    inputs, found = fold(feed)
    for finding in found.values():
        for mark in closure(finding, inputs, found):
            assert covers(finding.label, mark), finding.id


def test_one_secret_scan_marks_all_that_follows_of_its_tracks_and_nothing_before():
    feed = [(k, structs.replace(m, label=OPEN) if isinstance(m, Scan) else m) for k, m in stretch(0.0, 80.0)]
    plots = [i for i, (_, m) in enumerate(feed) if isinstance(m, Scan) and m.t_ns]
    at = plots[len(plots) // 2]
    feed[at] = (feed[at][0], structs.replace(feed[at][1], label=Label()))
    _, found = fold(feed)
    touched = {s for f in found.values() if f.cause == at + 1 for s in subjects_of(f)}
    for finding in found.values():
        if finding.cause <= at:
            assert finding.label == OPEN
        elif touched & set(subjects_of(finding)):
            assert finding.label.classification == "SECRET"
            assert finding.label.releasable_to == ()
