"""Sentences are plain, hedged, traceable; the mode's mark is first and last in every format."""

import json
import re
from html.parser import HTMLParser

import pytest
from msgspec import structs
from tests.helpers import synthetic as syn

from bongsu.adapters.publish import brief, geojson, html, statements, text, words
from bongsu.adapters.publish.account import Frame
from bongsu.adapters.publish.gather import Gathered
from bongsu.sim.scenario import Published


def account(frame=syn.FRAME, **kinds):
    heard = Gathered(frame)
    for record in syn.records(**kinds):
        heard.take(*record)
    return heard.account(is_whole=True)


def test_the_headline_says_what_when_where_from_and_where_to():
    said = statements.headline(account()).text
    assert said.startswith("One missile launched at 03:35:00 UTC ± 5 s from Taegwan County, North Korea; ")
    assert "if it flies on unpowered it comes down at 03:40:40 UTC" in said


@pytest.mark.parametrize(
    ("until_s", "said"),
    [
        (18.0, "No launch: nothing is being followed."),
        (22.0, "Suspected: one object launched, seen at 03:35:20 UTC; not yet confirmed by a second principle."),
        (50.0, "One object launched, seen at 03:35:20 UTC; where it comes down cannot be said yet."),
    ],
)
def test_the_headline_says_no_more_than_is_known(until_s, said):
    assert statements.headline(account(until_s=until_s)).text == said


def test_a_withdrawn_report_says_why():
    a = account()
    a = structs.replace(a, event=structs.replace(a.event, state="withdrawn", reason="sunlight on clouds"))
    assert statements.headline(a).text == "The report of a launch was withdrawn: sunlight on clouds."


def test_every_sentence_about_the_flight_names_the_findings_it_rests_on():
    composed = brief.compose(account())
    listed = [s.finding_id for s in composed.sources]
    for section in composed.sections:
        if section.title != "Sensors":  # counted from inputs, not found
            assert all(s.rests_on and all(i in listed for i in s.rests_on) for s in section.sentences), section.title


def test_zones_are_claimed_and_the_twelve_mile_belt_is_measured_from_the_coast():
    assert words.zone("JPN.eez") == "EEZ claimed by Japan"
    assert words.zone("JPN.12nm") == "within 12 nm of the coast of Japan"
    assert words.zone("JPN.eez_undisputed") == "EEZ claimed by Japan, disputed coasts left out"
    assert words.zone("high_seas") == "high seas"
    assert "territorial" not in " ".join(words.zone(f"JPN.{kind}") for kind in ("land", "12nm", "eez"))


def test_the_text_begins_and_ends_with_the_mode_and_live_has_no_mark():
    written = text.write(brief.compose(account()))
    first, *_, last = written.strip().split("\n")
    assert first == last == words.mark("exercise") and first.startswith("EXERCISE")
    live = text.write(brief.compose(account(Frame(mode="live", sensors=syn.FRAME.sensors))))
    assert "EXERCISE" not in live


@pytest.mark.parametrize("mode", ["exercise", "replay", "test"])
def test_every_format_of_a_log_that_is_not_live_says_so(mode):
    a = structs.replace(account(), mode=mode)
    page, plain, places = html.write(a), text.write(brief.compose(a)), json.loads(geojson.write(a))
    mark = words.mark(mode)
    assert page.count(f'<div class="banner" role="note">{mark}</div>') == 2
    assert plain.startswith(mark) and plain.endswith(mark + "\n")
    assert places["mode"] == mode and all(f["properties"]["mode"] == mode for f in places["features"])


def test_the_text_stays_within_its_width():
    written = text.write(brief.compose(account()), with_trace=True, width=80)
    assert max(map(len, written.split("\n"))) <= 80


def test_the_trace_lists_every_id_it_names():
    written = text.write(brief.compose(account()), with_trace=True)
    body, _, listing = written.partition("Findings named above")
    named = {i for group in re.findall(r"\[([\d., ]+)\]", body) for i in group.split(", ") if "." in i}
    assert named and all(re.search(rf"^ +{re.escape(i)}  ", listing, re.M) for i in named)


class Page(HTMLParser):
    """Collects what a page would fetch, its ids and links, and whether its tags close."""

    void = ("meta", "br", "img", "link", "input", "hr")

    def __init__(self):
        super().__init__()
        self.open, self.fetched, self.ids, self.links, self.tags = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("src", "srcset", "data", "xlink:href") or (name == "href" and not value.startswith("#")):
                self.fetched.append(value)
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.links.append(value.removeprefix("#"))
        if tag not in self.void:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.void:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open[-3:])
        self.open.pop()


def parsed(page):
    found = Page()
    found.feed(page)
    return found


def test_the_page_is_well_formed_and_fetches_nothing():
    page = html.write(account())
    found = parsed(page)
    assert found.open == [] and found.fetched == []
    assert "script" not in found.tags and "url(" not in page and "@import" not in page


def test_every_link_of_the_page_leads_to_a_listed_finding():
    found = parsed(html.write(account()))
    assert found.links and set(found.links) <= set(found.ids)


def test_text_from_outside_cannot_become_markup():
    a = account(structs_frame("<script>alert(1)</script>"))
    page = html.write(structs.replace(a, launch_words='"><img src=x>', node="<b>"))
    found = parsed(page)
    assert found.fetched == [] and "script" not in found.tags and "img" not in found.tags and "b" in found.tags


def structs_frame(title):
    return Frame(mode="exercise", node="laptop", title=title, sensors=syn.FRAME.sensors, areas=syn.FRAME.areas)


def test_the_page_draws_map_and_profile_once_each():
    found = parsed(html.write(account()))
    assert found.tags.count("svg") == 2


def test_before_any_forecast_the_page_still_stands():
    for until_s in (12.0, 22.0, 50.0):
        assert parsed(html.write(account(until_s=until_s))).open == []


def test_figures_given_out_are_printed_as_about():
    rows = brief.compose(account()).comparison.rows
    assert [(r.who, r.range_words, r.apogee_words) for r in rows[:2]] == [
        ("published: Seoul", "about 700 km", "-"),
        ("published: Tokyo", "about 450 km", "about 50 km"),
    ]
    assert rows[2].who == "Bongsu, all sensors" and rows[2].rests_on


def test_a_comparison_without_other_figures_is_not_made():
    plain = structs.replace(account(), published=())
    assert brief.compose(plain).comparison.rows == ()


def test_the_difference_is_offered_as_one_possible_mechanism_only():
    remarks = " ".join(r.text for r in brief.compose(account()).comparison.remarks)
    assert "one possible mechanism, not the explanation" in remarks


def test_a_published_speaker_may_give_no_figures():
    a = structs.replace(account(), published=(Published(who="Seoul", words="a launch"),))
    assert brief.compose(a).comparison.rows[0].range_words == "-"
