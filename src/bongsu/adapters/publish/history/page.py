"""The page of the history: plots, the table of launches, faults and the terms of the lists. Nothing on it is fetched."""

from collections.abc import Sequence
from html import escape
from importlib import resources

from bongsu.adapters.publish.history import plots
from bongsu.adapters.publish.history.row import Row
from bongsu.adapters.publish.html import POLICY
from bongsu.geo.tables import Tables

MOST_ROWS = 2_000  # in the table of the page; the files beside it hold all


def write(
    title: str,
    rows: Sequence[Row],
    *,
    remarks: Sequence[str] = (),
    faults: Sequence[tuple[str, str, str, str]] = (),
    terms: Sequence[tuple[str, str]] = (),
    tables: Tables | None = None,
) -> str:
    """The whole page. `faults` are launch, source and row, rule, words."""
    counted = [r for r in rows if r.standing == "counted"]
    style = "".join(
        resources.files(package).joinpath(name).read_text(encoding="utf-8")
        for package, name in (
            ("bongsu.adapters.publish", "brief.css"),
            ("bongsu.adapters.publish.history", "history.css"),
        )
    )
    body = [
        f"<h1>{escape(title)}</h1>",
        *(f'<p class="headline">{escape(remark)}</p>' for remark in remarks),
        _figure(
            plots.months(counted), [("bar", "launches a month (UTC+9)"), ("line", "lighter: perhaps of this month")]
        ),
        _figure(plots.scatter(counted), _keys(counted)),
        _figure(plots.mapped(counted, tables), [("launch", "launch sites; area by the number of launches")]),
        _table(rows),
        _faults(faults),
        _terms(terms),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n<title>{escape(title)}</title>\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n<main>\n{chr(10).join(p for p in body if p)}\n</main>\n</body>\n</html>\n"
    )


def _keys(rows: Sequence[Row]) -> list[tuple[str, str]]:
    there = {r.shape for r in rows if r.range_km and r.apogee_km}
    names = (("track", "lofted"), ("launch", "minimum_energy"), ("impact", "depressed"))
    shown = [(colour, name.replace("_", " ")) for colour, name in names if name in there]
    return [*shown, ("soft", "hollow: failed; bars: from the least to the most that any source says")]


def _figure(drawn: str, keys: Sequence[tuple[str, str]]) -> str:
    if not drawn:
        return ""
    told = "".join(f'<span style="--key: var(--{colour})">{escape(name)}</span>' for colour, name in keys)
    return f"<figure>{drawn}<figcaption>{told}</figcaption></figure>"


def _table(rows: Sequence[Row]) -> str:
    heads = ("launch", "when", "n", "site", "class", "range km", "apogee km", "shape", "sources", "faults")
    lines = "".join(_line(r) for r in rows[:MOST_ROWS])
    more = f"<p>{len(rows) - MOST_ROWS} more in the files beside this page.</p>" if len(rows) > MOST_ROWS else ""
    head = "".join(f"<th>{h}</th>" for h in heads)
    return (
        f'<section><h2>Launches</h2><div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>'
        f"{more}</section>"
    )


def _line(r: Row) -> str:
    cells = (
        r.launch_id, r.when, r.n_words, r.site, r.vehicle_class.replace("_", " "), span(r.range_km), span(r.apogee_km),
        r.shape.replace("_", " "), r.sources,
    )  # fmt: skip
    kept = "" if r.standing == "counted" else f" ({r.standing})"
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr>{told}<td class="faults">{escape(", ".join(r.faults))}{escape(kept)}</td></tr>'


def span(ends: Sequence[float]) -> str:
    """An interval in as few words as hold it."""
    if not ends:
        return ""
    return f"{ends[0]:g}" if ends[0] == ends[1] else f"{ends[0]:g}–{ends[1]:g}"


def _faults(faults: Sequence[tuple[str, str, str, str]]) -> str:
    if not faults:
        return ""
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in f)}</tr>" for f in faults[:MOST_ROWS])
    return f'<section><h2>Faults and contradictions</h2><div class="wide"><table><tbody>{rows}</tbody></table></div></section>'


def _terms(terms: Sequence[tuple[str, str]]) -> str:
    if not terms:
        return ""
    lines = "".join(f"<li>{escape(source)}: {escape(said)}</li>" for source, said in terms)
    return f'<section class="terms"><h2>Terms of the sources</h2><ul>{lines}</ul></section>'
