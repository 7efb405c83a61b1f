"""The command line: a report in, its brief out, in three languages."""

import json

import pytest
from click.testing import CliRunner
from tests.helpers.mutation import HOSTILE

import bongsu
from bongsu.cli import main
from bongsu.models.reconstruct import ReconstructSettings

REPORT = """North Korea fired a ballistic missile on Wednesday toward the sea off its east coast, South Korea and Japan said, \
following missile launches in the past month.
South Korea's military said the suspected short-range ballistic missile was launched from an area in the northwest region near \
the Chinese border and flew about 250 miles. It detected preparations for the launch.
The Japanese government said the missile likely fell outside of Japan's exclusive economic zone.
Prime Minister Taro Yamada said there was no confirmed report of damage.
"The US military has become reckless in its moves," Ri Chol, North Korea's defense minister, said.
The two leaders met in 2019.
North Korea fired two cruise missiles last month."""
CLAIMED = """North Korea's state media KCNA said on Thursday that North Korea test-fired a hypersonic missile on Wednesday and \
that it flew 1,000 km. South Korea's military said the missile flew about 600 km from Kusong."""


@pytest.fixture(autouse=True, scope="module")
def quick():
    """The flights with the few draws of a node: the words are tested here, not the figures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "bongsu.run.brief.FINE",
            ReconstructSettings(n_probe=64, n_falls=128, n_carried=32, max_batches=1, n_even=400),
        )
        yield


def call(*args, body=None):
    return CliRunner().invoke(main, ["brief", *map(str, args)], input=body)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("texts") / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def told(report):
    return json.loads(call(report, "--published", "2030-05-02", "--format", "json").stdout)


def flat(text):
    return " ".join(text.split())


def test_a_report_is_told_with_hedges_and_speakers(report):
    ran = call(report, "--published", "2030-05-02")
    assert ran.exit_code == 0
    said = flat(ran.stdout)
    for words in (
        "Launch of 2030-05-01",
        "South Korea's military said it was a suspected short-range ballistic missile.",
        "it was launched from an area in the north-west, near the Chinese border.",
        "South Korea's military said it flew about 400 km (as printed: “about 250 miles”).",
        "Japan said it likely fell outside Japan's exclusive economic zone (EEZ).",
        "Japan's prime minister said there was no confirmed report of damage.",
        "North Korea's defence minister: “\"The US military has become reckless in its moves,\" Ri Chol, North Korea's",
        "The report: “following missile launches in the past month.”",
        "The report: “North Korea fired two cruise missiles last month.”",
    ):
        assert words in said
    assert "2019" not in said
    assert "no damage" not in said


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "ja",
            (
                "短距離弾道ミサイルとみられる",
                "EEZ)の外に落下したとみられるとしている",
                "被害の報告は確認されていない",
                "約400キロ",
                "中国国境付近",
            ),
        ),
        (
            "ko",
            (
                "단거리 탄도미사일로 추정된다고",
                "EEZ) 밖에 낙하한 것으로 추정된다고",
                "확인된 피해 보고는 없다고",
                "약 400km",
                "중국 국경 인근",
            ),
        ),
    ],
)
def test_other_languages_say_the_same(report, lang, words):
    ran = call(report, "--published", "2030-05-02", "--lang", lang)
    assert ran.exit_code == 0
    for each in words:
        assert each in flat(ran.stdout)
    assert "“The US" not in ran.stdout.replace('“"The US', "")


def test_every_sentence_rests_on_something_that_is_there(told):
    known = {x["id"] for part in ("claims", "passages", "reconstructions") for x in told[part]} | {
        told["account"]["id"]
    }
    sentences = [told["brief"]["headline"], *(s for section in told["brief"]["sections"] for s in section["sentences"])]
    for said in sentences:
        assert said["rests_on"], said["text"]
        assert set(said["rests_on"]) <= known, said["text"]


def test_what_is_quoted_stands_so_in_the_report(told):
    for part in ("claims", "passages"):
        assert told[part]
        for each in told[part]:
            start, stop = each["span"]
            assert REPORT[start:stop] == each["evidence"]


def test_a_claim_of_the_launching_side_is_told_as_one_and_not_preferred(tmp_path):
    (tmp_path / "a.txt").write_text(CLAIMED)
    said = flat(call(tmp_path / "a.txt", "--published", "2030-05-03").stdout)
    assert "KCNA claims it flew 1,000 km. This is a claim of the launching side and is not taken as fact." in said
    assert "South Korea's military said it flew about 600 km." in said
    assert "range: South Korea's military: about 600 km;" in said.replace("Range", "range")


@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
def test_the_page_is_whole_in_itself(report, lang):
    page = call(report, "--published", "2030-05-02", "--lang", lang, "--format", "html").stdout
    assert f'<html lang="{lang}">' in page
    assert page.count("<svg") == page.count("</svg>") == 2
    assert "<script" not in page
    assert "src=" not in page
    assert 'href="http' not in page
    assert "default-src 'none'" in page


def test_markup_in_a_report_stays_text(tmp_path):
    (tmp_path / "x.txt").write_text(
        REPORT + '\n"We <script>alert(1)</script> will strike & win," North Korea\'s leader said.'
    )
    page = call(tmp_path / "x.txt", "--published", "2030-05-02", "--format", "html").stdout
    assert "<script" not in page


def test_the_function_gives_the_same_sentences(report, told):
    assert bongsu.brief(report, published="2030-05-02").headline.text == told["brief"]["headline"]["text"]


def test_two_texts_make_one_account(report, tmp_path):
    (tmp_path / "b.txt").write_text(
        "The Pentagon said North Korea fired a ballistic missile on Wednesday. It flew 500 km, it said."
    )
    told = json.loads(call(report, tmp_path / "b.txt", "--published", "2030-05-02", "--format", "json").stdout)
    assert {t["text_id"] for t in told["texts"]} == {"report", "b"}
    assert len({c["id"] for c in told["claims"]}) == len(told["claims"])
    assert [d["quantity"] for d in told["discrepancies"]] == ["range_km"]


def test_without_a_date_it_stops_and_says_so(report):
    ran = call(report)
    assert ran.exit_code == 1
    assert ran.stdout == ""
    assert "--published" in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


def test_a_text_without_a_launch_is_a_success(tmp_path):
    (tmp_path / "a.txt").write_text("The weather was fine.")
    ran = call(tmp_path / "a.txt")
    assert (ran.exit_code, ran.stdout.strip()) == (0, "a: reports no launch.")


@pytest.mark.parametrize("body", [None, b"", b"\x00\x01\x02", b"SQLite format 3\x00" + bytes(200)])
def test_files_that_hold_nothing_are_one_line(tmp_path, body):
    if body is not None:
        (tmp_path / "x").write_bytes(body)
    ran = call(tmp_path / "x")
    assert ran.exit_code in (0, 1)
    assert len(ran.output.strip().splitlines()) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_only_text(tmp_path, text):
    (tmp_path / "x.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
    ran = call(tmp_path / "x.txt", "--published", "2030-05-02")
    assert ran.exit_code == 0, ran.stderr


def test_a_published_report_in_three_languages(shared_data):
    path = shared_data / "reports" / "2025-11-07-article.txt"
    said = flat(call(path, "--published", "2025-11-08").stdout)
    for words in (
        "Launch of 2025-11-07", "a suspected short-range ballistic missile", "toward the sea off the Korean east coast",
        "in the north-west, near the Chinese border", "about 700 km (as printed: “about 435 miles”)",
        "Japan said it likely fell outside Japan's exclusive economic zone", "The US military said it posed no immediate threat",
        "preparations for the launch had been detected", "the information was shared with Japan",
        "Japan said it was possibly a ballistic missile",
        "Japan's prime minister said there was no confirmed report of damage", "in the past two weeks", "last month",
    ):  # fmt: skip
        assert words in said
    assert "2019" not in said
    for lang, words in (
        ("ja", ("短距離弾道ミサイルとみられる", "約700キロ", "日本の首相")),
        ("ko", ("단거리 탄도미사일로 추정", "약 700km", "일본 총리")),
    ):
        told = flat(call(path, "--published", "2025-11-08", "--lang", lang).stdout)
        assert all(each in told for each in words)
