"""The model case: a simulated flight and the statements made of it, in one log, told in three languages."""

import json
import time

import pytest
from click.testing import CliRunner
from msgspec import structs
from tests.helpers.flights import SCENARIO, flight, tables
from tests.helpers.reports import OPEN, reports

from bongsu.adapters.publish.of_log import composed
from bongsu.cli import main
from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.log.reader import LogReader
from bongsu.messages.inputs import Indicator, Report
from bongsu.models.reconstruct import ReconstructSettings
from bongsu.run.config import load_settings
from bongsu.run.core import open_core
from bongsu.run.issue import record_issue
from bongsu.run.replay import replay

SEED = 19  # of the scenario itself
MINUTE_NS = 60 * NS_PER_S
LATER = (
    "A correction by South Korea's Joint Chiefs of Staff on November 9, 2025 said the ballistic missile North Korea launched on "
    "November 7, 2025 flew about 620 kilometers.\nThe defense minister of Japan arrived in Seoul for talks.\nThe launch came in "
    "response to the joint exercises.\n"
)
FABRICATED = (
    "North Korea fired a medium-range ballistic missile on November 7, 2025, a blog said. It flew about 2,700 km at an altitude "
    "of about 550 km for 29 minutes."
)


def settings():
    """Those of the scenario, with few draws of flights: the words are tested here, not the figures."""
    quick = ReconstructSettings(n_probe=64, n_falls=128, n_carried=32, max_batches=1, n_even=400)
    return structs.replace(load_settings(SCENARIO), reconstruct=quick)


@pytest.fixture(scope="module")
def t0_ns():
    return flight(SEED).flight.t0_ns


@pytest.fixture(scope="module")
def log(tmp_path_factory, t0_ns):
    """The flight, its reports at their times, one that makes no sense, and a sign of those days."""
    path = tmp_path_factory.mktemp("model") / "flight.bongsu"
    odd = Report(text_id="blog", text=FABRICATED, lang="en", published_ns=t0_ns + 100 * MINUTE_NS, label=OPEN)
    drill = Indicator(
        indicator_id="i1", kind="exercise", observed_ns=t0_ns - 2 * 1440 * MINUTE_NS, published_ns=t0_ns - 1440 * MINUTE_NS,
        note="Naval exercise off the east coast", label=OPEN,
    )  # fmt: skip
    told = [(t0_ns - MINUTE_NS, drill), *reports(t0_ns), (t0_ns + 101 * MINUTE_NS, odd)]
    feed = sorted([*flight(SEED).inputs, *told], key=lambda row: row[0])
    with open_core(path, settings(), tables(), mode="exercise", seed=SEED) as core:
        core.take(feed)
        assert core.n_failed == 0
    return path


def call(*args):
    ran = CliRunner().invoke(main, ["brief", *map(str, args)])
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            (
                "By time and place the claims of 2025-11-07 speak of this launch.",
                "South Korea's Joint Chiefs of Staff: about 700 km (fits)",
                "Japan's defence ministry: about 450 km (does not fit; possible reasons, likeliest first: a low or irregular "
                "flight ends below the radar horizon; a ballistic extrapolation of a pull-up falls short)",
                "lift-off, as measured",
                "text received: tokyo-2",
                "(12:35 UTC+9)",
                "no fall has this range, apogee and flight time together",
            ),
        ),
        ("ko", ("합동참모본부: 약 700km(맞음)", "약 450km(맞지 않음", "풀업을 탄도로", "글 수신: tokyo-2", "보류 이유")),
        ("ja", ("約700キロ(合う)", "約450キロ(合わない", "プルアップの弾道外挿は短く出る", "記事を受信:tokyo-2", "保留の理由")),
    ],
)  # fmt: skip
def test_own_and_published_figures_stand_side_by_side_and_why_they_differ(log, lang, words):
    said = call(log, "--lang", lang)
    for each in words:
        assert each.replace(" ", "") in said.replace("\n", "").replace(" ", ""), each
    first, *_, last = said.strip().split("\n")
    assert first == last and "EXERCISE" in first


@pytest.mark.parametrize("lang", ["en", "ko", "ja"])
def test_every_sentence_rests_on_findings_of_the_log_and_every_link_leads_somewhere(log, lang):
    told = json.loads(call(log, "--lang", lang, "--format", "json"))
    with LogReader(log) as reader:
        known = {f.id for f in reader.findings()} | {str(r.seq) for r in reader.inputs()}
    for section in told["brief"]["sections"]:
        for said in section["sentences"]:
            assert said.get("rests_on") or section["name"] in ("sensors", "watch"), said[
                "text"
            ]  # counts; a score shipped
            assert set(said.get("rests_on", ())) <= known
    page = call(log, "--lang", lang, "--format", "html")
    ids = {part.split('"')[0] for part in page.split(' id="')[1:]}
    links = {part.split('"')[0] for part in page.split('href="#')[1:]}
    assert links <= ids
    assert "<script" not in page and 'href="http' not in page
    assert page.count("EXERCISE") >= 3


def test_what_cannot_be_is_kept_and_not_preferred(log):
    told = json.loads(call(log, "--format", "json"))
    account = [f for f in told["said"] if f["type"] == "account.v1"][-1]
    claims = {f["id"]: f for f in told["said"] if f["type"] == "claim.v1"}
    aside = {i for i, _ in account["quarantined"]}
    assert {claims[i]["quantity"] for i in aside} == {"range_km", "apogee_km", "flight_time_min"}
    assert all(claims[i]["text_id"] == "blog" for i in aside)
    assert not aside & {i for ids in account["preferred"] for i in ids}


def test_what_else_happened_is_listed_by_date_and_gives_no_reason(log):
    said = flat(call(log))
    assert "2025-11-05 (exercise): “Naval exercise off the east coast”" in said
    assert "no connection is implied" in said


def test_a_changed_figure_lists_what_carried_it_and_drafts_its_correction(log, t0_ns):
    call(log, "--issued-by", "kim")
    with LogReader(log) as reader:
        *_, act = (r.message for r in reader.inputs())
    assert (act.verb, act.user) == ("publish", "kim")
    assert "carried range" not in flat(call(log))  # nothing has changed since
    now_ns = time.time_ns()
    late = Report(text_id="seoul-3", text=LATER, lang="en", published_ns=t0_ns + 3 * 1440 * MINUTE_NS, label=OPEN)
    with open_core(log, settings(), tables(), mode="exercise", seed=SEED) as core:
        core.take([(now_ns, late)])
    english = flat(call(log))
    assert "carried range about 700 km; now about 620 km." in english
    assert "Draft: “Correction: Account of a launch (en) of" in english
    assert "gave range as about 700 km; the figure is now about 620 km.”" in english
    assert "account revised: range" in english
    assert "arrived in Seoul for talks" in english and "in response to" not in english
    for lang, words in (("ko", ("정정:", "이전 약 700km, 현재 약 620km")), ("ja", ("訂正:", "約700キロ", "約620キロ"))):
        assert all(word in flat(call(log, "--lang", lang)) for word in words)
    assert replay(log, tables()).n_changed == 0


def test_a_log_that_a_node_writes_to_takes_no_record_of_an_issue(log):
    told = composed(log, tables=tables())[0]
    with LogReader(log) as reader:
        known_ns = reader.last()[1]
    with pytest.raises(BadInput, match="node is writing"):
        record_issue(log, told, "kim", tables(), known_ns + NS_PER_S)
