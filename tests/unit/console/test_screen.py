"""The screen fits its terminal, has the mode on both edges, and loses no figure on the smallest one."""

import io

import pytest
from rich.console import Console
from tests.helpers import synthetic as syn

from bongsu.adapters.publish.gather import Gathered
from bongsu.console.projection import view
from bongsu.console.screen import draw


def lines(width, height, until_s=200.0, **kinds):
    heard = Gathered(syn.FRAME)
    for record in syn.records(until_s=until_s):
        heard.take(*record)
    console = Console(width=width, height=height, file=io.StringIO(), color_system=None)
    console.print(draw(view(heard.account(), syn.at(until_s)), width, height, **kinds))
    return console.file.getvalue().rstrip("\n").split("\n")


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("until_s", [12.0, 22.0, 50.0, 200.0])
def test_the_screen_fits_and_the_mode_stands_on_both_edges(width, height, until_s):
    drawn = lines(width, height, until_s, is_filled=True)
    assert len(drawn) == height
    assert max(map(len, drawn)) <= width
    assert drawn[0].strip().startswith("EXERCISE") and drawn[-1] == drawn[0]


def test_the_smallest_screen_shows_every_figure():
    drawn = "\n".join(lines(80, 24))
    for figure in ("+3:20", "690 ±", "52.0 ±", "85.0°", "2 min 20 s ±", "64 %", "outside", "UPDATED"):
        assert figure in drawn
    assert "press a to acknowledge" in drawn and "SILENT" in drawn and "…" not in drawn


def test_a_tall_screen_lists_every_sensor():
    drawn = "\n".join(lines(120, 40))
    assert all(name in drawn for name in ("ir-105e", "kor-east", "jpn-west"))
