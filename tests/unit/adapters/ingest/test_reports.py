"""Texts at the border: found, cut, flagged, refused."""

import io
import json

import pytest
from msgspec import UNSET

from bongsu.adapters.ingest.reports import MAX_CHARS, MAX_LINE_BYTES, Refusals, published_ns, read_reports
from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.messages import codec


def reports(body, published="", name="news/a.txt"):
    refusals = Refusals()
    return list(read_reports(io.BytesIO(body), name, published, refusals)), refusals


def line(**fields):
    return json.dumps(fields).encode() + b"\n"


def test_a_text_file_is_one_report_named_after_it():
    (report,), _ = reports(b"North Korea\nfired.", "2025-11-08")
    assert (report.text_id, report.text, report.source) == ("a", "North Korea\nfired.", "news/a.txt")
    assert report.published_ns == published_ns("2025-11-08", "")


def test_json_lines_are_one_report_each_and_their_own_date_goes_before():
    body = b"\n" + line(text_id="x", lang="ko", published="2025-11-01", text="a") + b"\n" + line(text="b", lang="xx")
    (x, second), _ = reports(body, "2025-11-08")
    assert (x.text_id, x.lang, x.published_ns) == ("x", "ko", published_ns("2025-11-01", ""))
    assert (second.text_id, second.lang, second.published_ns) == ("news/a.txt:3", "", published_ns("2025-11-08", ""))


def test_lines_that_are_no_report_are_counted_and_the_others_go_on():
    found, refusals = reports(line(text="a") + b"{no\n[1]\n" + line(body="b") + line(text=5) + b"[" * 90_000 + b"\n")
    assert [r.text for r in found] == ["a"]
    assert refusals.counts == {"not JSON": 2, "without a `text`": 3}
    assert "news/a.txt:2" in " ".join(refusals.summary())


def test_a_line_without_end_is_refused_and_the_next_is_read():
    found, refusals = reports(
        line(text="a") + b'{"text": "' + b"b" * (MAX_LINE_BYTES + 2_000_000) + b'"}\n' + line(text="c")
    )
    assert [r.text for r in found] == ["a", "c"]
    assert sum(refusals.counts.values()) == 1


@pytest.mark.parametrize("n_more", [1, 10_000_000])
def test_a_huge_text_is_cut_counted_and_flagged(n_more):
    for body in (b"a" * (MAX_CHARS + n_more), line(text="a" * (MAX_CHARS + n_more))):
        (report,), _ = reports(body)
        assert (len(report.text), report.n_chars_cut, report.flags) == (MAX_CHARS, n_more, ("cut",))


def test_a_text_of_wide_characters_is_not_cut_inside_one():
    (report,), _ = reports("あ한".encode() * 20_000)
    assert report.text == ("あ한" * 20_000)[:MAX_CHARS]
    assert report.flags == ("cut",)


@pytest.mark.parametrize(
    ("body", "text", "flags"),
    [
        (b"\xef\xbb\xbfa fire", "a fire", ()),
        ("미사일".encode("utf-16"), "미사일", ()),
        (b"fire \xff\xfe\xff here and there", "fire \ufffd\ufffd\ufffd here and there", ("not_utf8",)),
    ],
)
def test_any_encoding_gives_a_text_or_says_that_it_did_not(body, text, flags):
    (report,), _ = reports(body)
    assert (report.text, report.flags) == (text, flags)


def test_half_a_character_is_replaced_so_that_the_record_can_hold_it():
    (report,), _ = reports(b'{"text_id": "\\ud800", "text": "a\\ud800b"}')
    assert (report.text_id, report.text) == ("\ufffd", "a\ufffdb")
    assert codec.decode_input(codec.encode(report)) == report


def test_a_published_that_is_none_is_flagged_and_unknown():
    (report,), _ = reports(line(text="a", published="soon"))
    assert (report.published_ns, report.flags) == (UNSET, ("published_unreadable",))


@pytest.mark.parametrize("body", [b"", b" \n ", b"{}\n", b"\xef\xbb\xbf", b'{"text": 5}'])
def test_nothing_to_read_is_an_error_that_says_so(body):
    with pytest.raises(BadInput, match="expected"):
        reports(body)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("1970-01-02", 15 * 3600),
        ("1970-01-02T00:00:00Z", 86_400),
        ("1970-01-02T09:00:00", 86_400),
        ("1970-01-02T09:00:00+09:00", 86_400),
    ],
)
def test_a_day_begins_at_local_midnight_and_a_time_without_zone_is_local(text, second):
    assert published_ns(text, "") == second * NS_PER_S


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2025-13-01", "1969-01-01", "2025-11-08T99:00", "0001-01-01", "9999-12-31", "x" * 5000]
)
def test_a_date_that_is_none_is_refused_in_one_line(text):
    with pytest.raises(BadInput) as refused:
        published_ns(text, "--published")
    assert len(str(refused.value)) < 300
