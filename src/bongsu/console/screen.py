"""A view drawn for a terminal of any size from 80 by 24 up: what must be seen first stands first, the mode on both edges."""

import textwrap

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bongsu.adapters.publish import rounding as say
from bongsu.console.projection import OVER, Chance, Fact, View

TONES = {"calm": "bold", "watch": "bold black on yellow", "warning": "bold white on red"}
TALL = 36  # lines; from here on there is room for more
SMALL_ROWS = 9  # of figures on a small screen
N_BAR, N_PERCENT = 8, 6  # columns of a bar and of the figure beside it
MOST_HEADLINE = 4  # lines
LEFT_SHARE = 0.54  # of the width, for the figures


def draw(view: View, width: int, height: int, *, is_filled: bool = False) -> RenderableType:
    """The whole screen, at most `height` lines of `width` columns; a filled one has its lower edge on the last line."""
    is_tall = height >= TALL
    edge = [_edge(view.mark, width)] if view.mark else []
    state = Text(f" {view.state} ", style=TONES[view.tone])
    headline = textwrap.wrap(view.headline, width, max_lines=MOST_HEADLINE, placeholder=" …")
    columns = _columns(view, width, n_rows=16 if is_tall else SMALL_ROWS)
    tail = [*_sensors(view, width, is_tall=is_tall)]
    tail += [Text(_cut(f"{'watch':>15}  {view.watch}", width), no_wrap=True)] if view.watch else []
    tail += [Text(_cut(notice, width), style="dim", no_wrap=True) for notice in view.notices] if is_tall else []
    top: list[RenderableType] = [
        *edge,
        _between(state, Text(view.clock, style="dim"), width),
        *([Text("")] if is_tall else []),
        *(Text(line, style="bold", no_wrap=True) for line in headline),
        Rule(style="dim"),
        columns,
        Rule(style="dim"),
    ]
    n_used = len(top) - 1 + columns.row_count + 2 + len(tail) + len(edge)  # a head and a rule belong to the warning
    warning = _warning(view, width, max(2, height - n_used))
    rest = [Text("")] * (max(0, height - n_used - len(warning) + 1) if is_filled else 0)
    return Group(*top, *warning, Rule(style="dim"), *tail, *rest, *edge)


def _edge(mark: str, width: int) -> Text:
    short = mark if len(mark) <= width else mark.partition(":")[0]
    return Text(short.center(width), style="bold black on bright_yellow", no_wrap=True)


def _between(left: Text, right: Text, width: int) -> Text:
    """Two texts at the two ends of one line."""
    gap = max(1, width - left.cell_len - right.cell_len)
    return Text.assemble(left, " " * gap, right, no_wrap=True, overflow="crop")


def _columns(view: View, width: int, n_rows: int) -> Table:
    """Figures on the left, zones and verdicts on the right."""
    left_width = round(LEFT_SHARE * width)
    right_width = width - left_width - 2
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=left_width, no_wrap=True)
    grid.add_column(width=right_width, no_wrap=True)
    left = [_fact(fact) for fact in view.facts][:n_rows]
    right = _chances(view, right_width, n_rows)
    for i in range(max(len(left), len(right))):
        grid.add_row(left[i] if i < len(left) else "", right[i] if i < len(right) else "")
    return grid


def _fact(fact: Fact) -> Text:
    style = "bold" if fact.is_known else "dim"
    return Text.assemble((f"{fact.name:>15}  ", "dim"), (fact.value, style), overflow="ellipsis")


def _chances(view: View, width: int, n_rows: int) -> list[Text]:
    """Zone bars, then verdicts; verdicts keep their place when there are too many zones."""
    verdicts = [_verdict(chance, width) for chance in _worth_saying(view, n_rows)]
    n_zones = max(2, n_rows - 2 - min(len(verdicts), 4))
    rows = [Text("falls inside (zones as claimed)", style="dim")] if view.zones else []
    rows += [_zone(chance, width) for chance in view.zones[:n_zones]]
    if verdicts:
        rows += [Text("verdict for protected areas", style="dim"), *verdicts]
    return rows[:n_rows]


def _worth_saying(view: View, n_rows: int) -> list[Chance]:
    """All verdicts where there is room; else those on passing over only where they differ from that on the fall."""
    if len(view.verdicts) + len(view.zones) + 2 <= n_rows and n_rows > SMALL_ROWS:
        return list(view.verdicts)
    falls = {chance.short: chance.words for chance in view.verdicts if not chance.short.startswith(OVER)}
    return [
        c for c in view.verdicts if falls.get(c.short.removeprefix(OVER)) != c.words or not c.short.startswith(OVER)
    ]


def _zone(chance: Chance, width: int) -> Text:
    n_full = round(N_BAR * chance.p)
    room = width - N_BAR - N_PERCENT - 1
    bar = ("█" * n_full, "cyan"), ("░" * (N_BAR - n_full), "dim")
    return Text.assemble(f"{_cut(chance.name, room):<{room}} ", *bar, _percent(chance.p).rjust(N_PERCENT))


def _percent(p: float) -> str:
    """As everywhere, in fewer letters."""
    return say.percent(p).replace("under ", "<").replace("over ", ">")


def _verdict(chance: Chance, width: int) -> Text:
    said = f"{chance.words} ({_percent(chance.p)})" if chance.is_weighed else f"{chance.words} (in reach)"
    style = {"inside": "bold red", "likely inside": "bold red", "not determined": "bold yellow"}.get(chance.words, "")
    room = max(8, width - len(said) - 1)
    name = chance.name if len(chance.name) <= room or not chance.short else chance.short
    return Text.assemble(f"{_cut(name, room):<{room}} ", (said, style))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _warning(view: View, width: int, n_lines: int) -> list[Text]:
    """Its state, then what it says, whole as far as there are lines."""
    w = view.warning
    loud = "bold white on red" if w.needs_acknowledgement else "bold red" if view.tone == "warning" else "bold"
    head = Text.assemble(("warning ", "dim"), (f" {w.state} ", loud))
    if w.needs_acknowledgement:
        head.append("  press a to acknowledge", style="bold")
    said = [line for text in w.lines for line in textwrap.wrap(text, width)]
    if len(said) > n_lines:
        said = [*said[: n_lines - 1], _cut(said[n_lines - 1] + " " * width, width)]
    return [head, *(Text(line, no_wrap=True) for line in said)]


def _sensors(view: View, width: int, *, is_tall: bool) -> list[Text]:
    """Every sensor on a line of its own on a tall screen; on a small one packed in two lines, the silent ones first."""
    if is_tall:
        return [
            Text.assemble((f"{s.name:>15}  ", "dim"), (_cut(s.value, width - 18), "" if s.is_known else "bold red"))
            for s in view.sensors
        ]
    lines = [Text("sensors", style="dim", no_wrap=True, overflow="ellipsis")]
    for s in sorted(view.sensors, key=lambda s: s.is_known):
        item = Text(f"  {s.name} {'heard' if s.is_known else s.value}", style="default" if s.is_known else "bold red")
        if lines[-1].cell_len + item.cell_len > width and len(lines) < 2:
            lines.append(Text("       ", no_wrap=True, overflow="ellipsis"))
        lines[-1].append(item)
    return lines
