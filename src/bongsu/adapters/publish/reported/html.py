"""A brief of texts as one HTML file: style and drawings inside, no script, no outside request."""

from html import escape
from importlib import resources

from bongsu.adapters.publish.html import POLICY
from bongsu.adapters.publish.reported.compose import Brief, Section
from bongsu.adapters.publish.reported.sketch import mapped, profile
from bongsu.adapters.publish.reported.story import Story
from bongsu.adapters.publish.sentence import Sentence
from bongsu.geo.tables import Tables
from bongsu.language.telling import telling_of

Rows = frozenset[str]  # ids that have a row in the table
_WIDE = ("context", "quoted", "background")


def write(brief: Brief, story: Story, tables: Tables) -> str:
    """The page of one brief; everything from a text is escaped, for it may be anything."""
    style = resources.files("bongsu.adapters.publish").joinpath("brief.css").read_text(encoding="utf-8")
    h = telling_of(brief.lang).headings
    rows = frozenset(row.claim_id for row in brief.rows)
    sections = [section for section in brief.sections if section.name not in _WIDE]
    body = [
        f"<h1>{escape(brief.title)}</h1>",
        f'<p class="headline"{_data(brief.headline)}>{escape(brief.headline.text)}{_refs(brief.headline, rows)}</p>',
        _figure(mapped(story, tables, brief.lang), h["map"]),
        _figure(profile(story, telling_of(brief.lang)), h["profile"]),
        f'<div class="sections">{"".join(_section(s, rows) for s in sections)}</div>',
        *(_section(s, rows) for s in brief.sections if s.name in _WIDE),
        _table(brief),
        _notes(brief),
    ]
    whole = "\n".join(part for part in body if part)
    return (
        f'<!DOCTYPE html>\n<html lang="{brief.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n<title>{escape(brief.title)}</title>\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n<main>\n{whole}\n</main>\n</body>\n</html>\n"
    )


def _figure(drawn: str, caption: str) -> str:
    return f"<figure>{drawn}<figcaption>{escape(caption)}</figcaption></figure>" if drawn else ""


def _section(section: Section, rows: Rows) -> str:
    items = "".join(f"<li{_data(s)}>{escape(s.text)}{_refs(s, rows)}</li>" for s in section.sentences)
    return f'<section class="{section.name}"><h2>{escape(section.title)}</h2><ul>{items}</ul></section>'


def _notes(brief: Brief) -> str:
    items = "".join(f"<li>{escape(note)}</li>" for note in brief.notes)
    return f"<section><h2>{escape(brief.notes_title)}</h2><ul>{items}</ul></section>"


def _table(brief: Brief) -> str:
    rows = "".join(
        f'<tr id="c{escape(r.claim_id)}"><td>{escape(r.claim_id)}</td><td>{escape(r.quantity)}</td><td>{escape(r.who)}</td>'
        f"<td>{escape(r.said)}</td><td>{escape(r.printed)}</td><td>{escape(r.preferred)}</td></tr>"
        for r in brief.rows
    )
    table = f'<div class="wide"><table><tbody>{rows}</tbody></table></div>'
    return f'<section class="who"><h2>{escape(brief.table_title)}</h2>{table}</section>'


def _data(said: Sentence) -> str:
    return f' data-rests-on="{escape(" ".join(said.rests_on))}"' if said.rests_on else ""


def _refs(said: Sentence, rows: Rows) -> str:
    """The ids a sentence rests on, as links to the table; what has no row there is only named."""
    links = (f'<a href="#c{escape(i)}">{escape(i)}</a>' if i in rows else escape(i) for i in said.rests_on)
    return f' <span class="refs">[{", ".join(links)}]</span>' if said.rests_on else ""
