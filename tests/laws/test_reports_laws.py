"""What reports may do in the fold: be kept, read, accounted for; and nothing to what is measured."""

from itertools import pairwise, permutations

import pytest
from msgspec import UNSET, structs
from tests.helpers.flights import SCENARIO, flight, stretch, tables
from tests.helpers.reports import reports
from tests.laws.test_labels_laws import closure

from bongsu import pipeline
from bongsu.log.reader import LogReader
from bongsu.messages import codec
from bongsu.messages.accounts import Account, Claim, Discrepancy, Reconstruction, ReportRead
from bongsu.messages.inputs import Scan
from bongsu.messages.labels import Label, covers
from bongsu.models.lineage import TOLD
from bongsu.models.reconstruct import ReconstructSettings
from bongsu.run.config import load_settings
from bongsu.run.core import open_core
from bongsu.run.replay import replay

SETTINGS = structs.replace(
    load_settings(SCENARIO), reconstruct=ReconstructSettings(n_probe=64, n_falls=128, n_carried=32, max_batches=1, n_even=400)
)  # fmt: skip
LATER = 1_000_000  # numbers of reports, so that scans keep theirs
SECRET = Label()


def fold(feed):
    """Inputs and findings by id; `feed` holds seq, known time and message."""
    cfg = pipeline.configure(SETTINGS, tables())
    state, inputs, found = pipeline.start(cfg), {}, {}
    for seq, known_ns, message in feed:
        inputs[str(seq)] = message
        state, findings = pipeline.step(cfg, state, seq, known_ns, message)
        found |= {finding.id: finding for finding in findings}
    return inputs, found


def mixed(scans, texts):
    """Scans numbered as if they were alone, texts among them at their places."""
    numbered = [(known_ns, seq, m) for seq, (known_ns, m) in enumerate(scans, start=1)]
    numbered += [(known_ns, LATER + k, m) for k, (known_ns, m) in enumerate(texts)]
    return [(seq, known_ns, m) for known_ns, seq, m in sorted(numbered, key=lambda row: row[:2])]


@pytest.fixture(scope="module")
def scans():
    mark = Label("RESTRICTED", ("jpn", "kor"))
    return [(k, structs.replace(m, label=mark) if isinstance(m, Scan) else m) for k, m in stretch(0.0, 330.0)]


@pytest.fixture(scope="module")
def alone(scans):
    return fold(mixed(scans, ()))[1]


@pytest.fixture(scope="module")
def texts():
    """Reports that come while it still flies: the hardest time for them."""
    t0_ns = flight().flight.t0_ns
    return [(t0_ns + (110 + 60 * k) * 10**9, m) for k, (_, m) in enumerate(reports(t0_ns))]


@pytest.fixture(scope="module")
def together(scans, texts):
    return fold(mixed(scans, texts))


def measured(found):
    """Findings that rest on no text, without the places in their step that texts may have shifted."""
    kinds = (*TOLD, ReportRead)
    return [codec.encode(structs.replace(f, id="")) for f in found.values() if not isinstance(f, kinds)]


def test_a_log_of_scans_has_the_bytes_it_had_before_there_were_reports(scans, alone, monkeypatch):
    stages = tuple(s for s in pipeline.STAGES if s not in (pipeline.read, pipeline.reconstruct, pipeline.reconcile))
    monkeypatch.setattr(pipeline, "STAGES", stages)
    _, before = fold(mixed(scans, ()))
    assert [codec.encode(f) for f in before.values()] == [codec.encode(f) for f in alone.values()]


@pytest.mark.parametrize("label", [None, SECRET], ids=["open", "secret"])
def test_reports_change_nothing_that_is_measured_judged_or_warned_of(scans, texts, alone, together, label):
    found = together[1]
    if label is not None:
        found = fold(mixed(scans, [(k, structs.replace(m, label=label)) for k, m in texts]))[1]
    assert any(isinstance(f, Account) and f.match == "matched" for f in found.values())
    assert measured(found) == measured(alone)


def test_a_scan_makes_an_account_anew_only_where_a_figure_moved(together):
    accounts = [f for f in together[1].values() if isinstance(f, Account)]
    assert len(accounts) < 40
    for before, after in pairwise(accounts):
        assert (after.revision, after.supersedes) == (before.revision + 1, before.id)
        if after.cause < LATER:
            assert (
                after.own_changed
                or {f.quantity for f in after.own} != {f.quantity for f in before.own}
                or differs(before, after)
            )


def differs(before, after):
    return structs.replace(before, id="", cause=0, known_ns=0) != structs.replace(after, id="", cause=0, known_ns=0)


def test_an_account_is_as_closed_as_everything_it_rests_on_whenever_that_was_said(scans, texts):
    marks = (
        Label("PUBLIC", ("jpn", "kor", "usa")),
        SECRET,
        Label("OFFICIAL", ("kor",)),
        Label("CONFIDENTIAL", ("jpn", "kor"), ("SRC",)),
    )
    marked = [(k, structs.replace(m, label=mark)) for (k, m), mark in zip(texts, marks, strict=True)]
    inputs, found = fold(mixed(scans, marked))
    told = [f for f in found.values() if isinstance(f, Account | Discrepancy | Claim | Reconstruction)]
    assert any(f.label == marks[0] for f in told)
    for finding in told:
        for mark in closure(finding, inputs, found):
            assert covers(finding.label, mark), finding.id


def test_the_order_in_which_reports_arrive_changes_no_account(texts):
    ends = []
    for order in list(permutations(texts))[::5]:
        _, found = fold([(k, texts[-1][0] + k, m) for k, (_, m) in enumerate(order, start=1)])
        account = [f for f in found.values() if isinstance(f, Account)][-1]
        claims = {f.id: f for f in found.values() if isinstance(f, Claim)}
        said = [[plain(claims[i]) for i in ids] for ids in account.preferred]
        ends.append((account.quantity, said, account.rule))
    assert all(end == ends[0] for end in ends)


def plain(claim):
    return structs.replace(claim, id="", cause=0, known_ns=0)


def test_a_log_with_reports_replays_to_the_same_bytes(tmp_path, scans, texts):
    path = tmp_path / "a.log"
    feed = sorted([*scans, *texts], key=lambda row: row[0])
    with open_core(path, SETTINGS, tables(), mode="test") as core:
        core.take(feed[: len(feed) // 2])
        core.checkpoint()
        core.take(feed[len(feed) // 2 :])
        state = core.state_hash()
    done = replay(path, tables())
    assert (done.state_hash, done.n_changed, done.n_failed) == (state, 0, 0)
    with LogReader(path) as log:
        last = [f for f in log.findings() if isinstance(f, Account)][-1]
    assert last.supersedes is not UNSET
