"""A brief as one HTML file: style and drawings inside, no script, no outside request; the mode's banner on top and below."""

from html import escape
from importlib import resources

from msgspec import UNSET

from bongsu.adapters.publish import chart, profile, statements, values, words
from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish.account import Account
from bongsu.adapters.publish.brief import Brief, Section, compose
from bongsu.adapters.publish.compare import Table
from bongsu.adapters.publish.sentence import Sentence
from bongsu.geo.tables import Tables
from bongsu.language.recounting import Recounting, recounting_of

WIDE = (
    "said",
    "beside",
    "differ",
    "own",
    "aside",
    "timeline",
    "corrections",
    "context",
    "quoted",
    "background",
    "unsaid",
)
# Nothing may be fetched, whatever stands in a place name or a reason: only the style in the page itself is used.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write(a: Account, tables: Tables | None = None, brief: Brief | None = None) -> str:
    """The page of one account, or of a brief made from it; with tables the map shows land and borders."""
    brief = brief or compose(a)
    w = recounting_of(brief.lang)
    banner = f'<div class="banner" role="note">{escape(brief.mark)}</div>' if brief.mark else ""
    style = resources.files("bongsu.adapters.publish").joinpath("brief.css").read_text(encoding="utf-8")
    body = [
        f"<h1>{escape(brief.title)}</h1>",
        f'<p class="as-of">{escape(brief.as_of)}, {escape(w.say("node", node=a.node))}</p>',
        f'<p class="headline"{_data(brief.headline)}>{escape(brief.headline.text)}{_refs(brief.headline)}</p>',
        _figures(a, w),
        _map(a, tables, w),
        _profile(a, w),
        f'<div class="sections">{"".join(_section(s, a, w) for s in brief.sections if s.name not in WIDE)}</div>',
        *(_section(s, a, w) for s in brief.sections if s.name in WIDE),
        _comparison(brief.comparison),
        _claims(brief, w),
        _end(brief, w),
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(brief.lang)}" data-mode="{escape(a.mode)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f"<title>{escape(brief.mark.partition(':')[0] + ' - ' if brief.mark else '')}{escape(brief.title)}</title>\n"
        f"<style>\n{style}</style>\n</head>\n<body>\n{banner}\n<main>\n{_lines(body)}\n</main>\n{banner}\n</body>\n</html>\n"
    )


def _lines(parts: list[str]) -> str:
    return "\n".join(part for part in parts if part)


def _data(sentence: Sentence) -> str:
    return f' data-rests-on="{escape(" ".join(sentence.rests_on))}"' if sentence.rests_on else ""


def _refs(sentence: Sentence) -> str:
    """The ids a sentence rests on, as links to the list of findings; inputs have no row there and are only named."""
    if not sentence.rests_on:
        return ""
    links = (f'<a href="#f{escape(i)}">{escape(i)}</a>' if "." in i else escape(i) for i in sentence.rests_on)
    return f' <span class="refs">[{", ".join(links)}]</span>'


def _figures(a: Account, w: Recounting) -> str:
    """The few numbers that everybody looks for first."""
    rows = [
        ("lift-off", values.t0(a.point) if a.point is not UNSET else ""),
        ("range", values.flight_range(a.flight) if a.flight is not UNSET else ""),
        ("apogee", values.apogee(a.apogee) if a.apogee is not UNSET else ""),
        ("direction", values.azimuth(a.point) if a.point is not UNSET else ""),
        ("flight time", values.flight_time(a.flight) if a.flight is not UNSET else ""),
        ("impact", values.impact_time(a.impact) if a.impact is not UNSET else ""),
    ]
    cells = "".join(
        f"<div><dt>{escape(w.labels[name])}</dt><dd>{escape(w.figure(value))}</dd></div>"
        for name, value in rows
        if value
    )
    return f'<dl class="figures">{cells}</dl>' if cells else ""


def _map(a: Account, tables: Tables | None, w: Recounting) -> str:
    drawn = chart.drawn(a, tables, w)
    if not drawn:
        return ""
    keys = [("track", "key_track", bool(a.paths)), ("launch", "key_launch", a.point is not UNSET)]
    keys.append(("impact", "key_impact", a.impact is not UNSET))
    keys.append(("impact", "key_fan", a.impact is UNSET and a.fan is not UNSET))
    keys.append(("soft", "key_eez", tables is not None))
    return f"<figure>{drawn}<figcaption>{_keys(keys, w)}</figcaption></figure>"


def _profile(a: Account, w: Recounting) -> str:
    drawn = profile.drawn(a, w)
    if not drawn:
        return ""
    keys = [("track", "key_height", True), ("burn", "key_burn", bool(a.burns))]
    keys.append(("text", "key_top", a.apogee is not UNSET))
    keys.append(("impact", "key_fall", a.impact is not UNSET))
    return f"<figure>{drawn}<figcaption>{_keys(keys, w)}</figcaption></figure>"


def _keys(keys: list[tuple[str, str, bool]], w: Recounting) -> str:
    return "".join(
        f'<span style="--key: var(--{colour})">{escape(w.labels[name])}</span>'
        for colour, name, is_shown in keys
        if is_shown
    )


def _section(section: Section, a: Account, w: Recounting) -> str:
    if section.name == "zones":
        told = zip(statements.zones(a, w), section.sentences, strict=True)
        inner = "".join(_zone(words.zone(z, w), w.figure(say.percent(p)), p, said) for (z, p, _), said in told)
    else:
        items = (f"<li{_data(s)}>{escape(s.text)}{_refs(s)}</li>" for s in section.sentences)
        inner = f"<ul>{''.join(items)}</ul>"
    return f'<section class="{section.name}"><h2>{escape(section.title)}</h2>{inner}</section>'


def _zone(name: str, chance: str, p: float, sentence: Sentence) -> str:
    bar = f'<div class="track-bar"><i style="width: {100.0 * p:.0f}%"></i></div>'
    return (
        f'<div class="zone"{_data(sentence)}><span>{escape(name)}{_refs(sentence)}</span>'
        f"<b>{escape(chance)}</b>{bar}</div>"
    )


def _comparison(table: Table) -> str:
    if not table.rows:
        return ""
    heads = "".join(f"<th>{name}</th>" for name in ("who", "range", "apogee", "basis"))
    rows = "".join(
        f"<tr{_row_data(row.rests_on)}><td>{escape(row.who)}</td><td>{escape(row.range_words)}</td>"
        f"<td>{escape(row.apogee_words)}</td><td>{escape(row.basis)}</td></tr>"
        for row in table.rows
    )
    remarks = "".join(f"<p>{escape(remark.text)}</p>" for remark in table.remarks)
    return (
        f'<section><h2>Beside other figures</h2><div class="wide"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{remarks}</section>"
    )


def _row_data(ids: tuple[str, ...]) -> str:
    return f' data-rests-on="{escape(" ".join(ids))}"' if ids else ""


def _claims(brief: Brief, w: Recounting) -> str:
    """Every claim heard, with the rule where it is preferred."""
    if not brief.claims:
        return ""
    cells = ((r, (r.claim_id, r.quantity, r.who, r.said, r.printed, r.preferred)) for r in brief.claims)
    rows = "".join(
        f'<tr id="f{escape(r.claim_id)}">{"".join(f"<td>{escape(cell)}</td>" for cell in row)}</tr>' for r, row in cells
    )
    title = escape(w.labels["claims"])
    return (
        f'<section class="who"><h2>{title}</h2><div class="wide"><table><tbody>{rows}</tbody></table></div></section>'
    )


def _end(brief: Brief, w: Recounting) -> str:
    """How to read the page, and every finding it rests on."""
    notes = "".join(f"<li>{escape(note)}</li>" for note in brief.notes)
    rows = "".join(
        f'<tr id="f{escape(s.finding_id)}"><td>{escape(s.finding_id)}</td><td>{escape(s.noun.replace("_", " "))}</td>'
        f"<td>{say.clock(s.known_ns)}</td><td>{escape(s.prompted_by)}</td></tr>"
        for s in brief.sources
    )
    names = ("id", w.labels["finding"], w.labels["known"], w.labels["prompted"])
    heads = "".join(f"<th>{escape(name)}</th>" for name in names)
    found = f"<section><h2>{escape(w.labels['how'])}</h2><ul>{notes}</ul></section>"
    if rows:
        title = escape(w.labels["findings"])
        found += (
            f'<details open><summary>{title}</summary><div class="wide"><table><thead><tr>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div></details>"
        )
    return found
