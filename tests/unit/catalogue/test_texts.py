"""Published texts into entries, and what they say of earlier launches."""

from datetime import date

import pytest
from tests.helpers.flights import tables

from bongsu.adapters.ingest.reports import published_ns, report_of
from bongsu.catalogue import texts
from bongsu.catalogue.entries import local_day
from bongsu.catalogue.vague import vague_in
from bongsu.errors import BadInput

DAY = date(2025, 11, 7)
STORY = (
    "North Korea fired a ballistic missile on Friday, South Korea's military said, following missile launches "
    "in the past two weeks. "
    "The missile flew about 450 km, the military said.\nNorth Korea fired multiple ballistic missiles last month."
)


@pytest.mark.parametrize(
    ("words", "first", "end", "n_low", "n_days"),
    [
        ("following missile launches in the past two weeks", date(2025, 10, 24), DAY, 2, 14),
        ("it fired a missile in the last 10 days", date(2025, 10, 28), DAY, 1, 10),
        ("launches in the past month", date(2025, 10, 8), DAY, 2, 30),
        ("fired several missiles last month", date(2025, 10, 1), date(2025, 11, 1), 2, 0),
        ("fired a missile last week", date(2025, 10, 27), date(2025, 11, 3), 1, 0),
        ("지난 2주 동안 여러 발의 미사일을 발사", date(2025, 10, 24), DAY, 2, 14),
        ("過去2週間にミサイルを相次いで発射", date(2025, 10, 24), DAY, 2, 14),
    ],
)
def test_words_about_earlier_launches_become_days(words, first, end, n_low, n_days):
    (found,) = vague_in(words, 100, date(2025, 11, 8), DAY)
    assert (found.first, found.end, found.n_low, found.n_days) == (first, end, n_low, n_days)
    assert words[found.start - 100 :].startswith(found.printed)


@pytest.mark.parametrize(
    "words", ["He visited Seoul last week.", "the past 900 days of missile tests", "missiles were shown"]
)
def test_words_that_date_no_launch_give_nothing(words):
    assert not list(vague_in(words, 0, date(2025, 11, 8), DAY))


def test_a_text_is_its_launch_and_its_mentions():
    report = report_of(STORY, "story", published=published_ns("2025-11-08", ""))
    own, *earlier = texts.entries_of(report, tables().places)
    assert (own.row, own.has_official, own.is_list, own.launcher) == ("2025-11-07", True, False, "prk")
    assert [(e.precision, local_day(e.earliest_ns).isoformat(), e.n_low, e.n_high) for e in earlier] == [
        ("vague", "2025-10-24", 2, 0), ("vague", "2025-10-01", 2, 0),
    ]  # fmt: skip
    for e in (own, *earlier):
        for f in e.fields:
            assert STORY[f.start : f.stop] == (f.value if f.quantity == "background" else f.printed)


def test_a_text_without_any_day_is_one_clear_error():
    with pytest.raises(BadInput, match="--published"):
        texts.entries_of(report_of("North Korea fired a ballistic missile.", "x"), tables().places)


def test_a_text_that_reports_no_launch_gives_nothing():
    assert (
        texts.entries_of(report_of("It rained.", "x", published=published_ns("2025-11-08", "")), tables().places) == []
    )
