"""The page of the history: it needs nothing else, and nothing on it can run."""

import re

from bongsu.adapters.publish.history import page, plots
from bongsu.adapters.publish.history.row import Row


def row(n, **more):
    given = {"launch_id": f"2020-0{n}-01.1", "when": f"2020-0{n}-01", "months": (f"2020-0{n}",), "n_words": "1"}
    return Row(**(given | more))


def test_a_bar_stands_for_each_month_and_doubt_is_lighter():
    drawn = plots.months([row(1), row(1), row(3), row(5, months=("2020-05", "2020-06"))])
    assert len(re.findall(r'class="month"', drawn)) == 2
    assert len(re.findall(r'class="month maybe"', drawn)) == 2
    heights = [float(h) for h in re.findall(r'height="([\d.]+)" class="month"', drawn)]
    assert max(heights) == 2 * min(heights)


def test_a_dot_stands_for_each_launch_with_both_figures_and_bars_for_disagreement():
    drawn = plots.scatter([
        row(1, range_km=(450.0, 700.0), apogee_km=(50.0, 50.0), shape="depressed"),
        row(2, range_km=(950.0, 950.0), apogee_km=(4475.0, 4475.0), shape="lofted", is_failed=True),
        row(3, range_km=(100.0, 100.0)),
    ])  # fmt: skip
    assert len(re.findall(r'<circle[^>]*class="dot', drawn)) == 2
    assert len(re.findall(r'class="spread"', drawn)) == 1
    assert "lofted failed" in drawn


def test_places_are_drawn_once_with_how_many():
    drawn = plots.mapped(
        [row(1, place_deg=(39.2, 125.7), site="A"), row(2, place_deg=(39.2, 125.7), site="A"), row(3)], None
    )
    assert len(re.findall(r'<circle[^>]*class="launch"', drawn)) == 1
    assert ">A 2<" in drawn


def test_without_launches_there_is_no_plot_and_still_a_page():
    assert plots.months([]) == plots.scatter([]) == plots.mapped([], None) == ""
    assert "</html>" in page.write("t", [])


def test_what_a_list_says_is_text_and_nothing_is_fetched():
    evil = '<script>alert(1)</script>"&'
    body = page.write(
        evil, [row(1, site=evil, sources=evil, place_deg=(39.0, 125.0),
                  vehicle_class=evil, range_km=(10.0, 20.0), apogee_km=(5.0, 5.0))],
        remarks=[evil], faults=[(evil, evil, evil, evil)], terms=[(evil, evil)],
    )  # fmt: skip
    assert "<script" not in body
    assert "http" not in body.replace("http-equiv", "")
    assert "default-src 'none'" in body
