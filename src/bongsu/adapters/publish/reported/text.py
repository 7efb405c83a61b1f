"""A brief of texts as plain text and as JSON."""

from dataclasses import asdict

import msgspec

from bongsu.adapters.publish.paragraphs import columns, filled
from bongsu.adapters.publish.reported.compose import Brief, Row
from bongsu.adapters.publish.reported.story import Story
from bongsu.adapters.publish.sentence import Sentence

_CELLS = (18, 30)  # columns of the table before what is said


def write(brief: Brief, *, with_trace: bool = False) -> str:
    """The whole brief; `with_trace` adds after each sentence the ids it rests on. The table always has them."""
    lines = [brief.title, "", *filled(_words(brief.headline, with_trace), "")]
    for section in brief.sections:
        lines += ["", section.title]
        for said in section.sentences:
            lines += filled(_words(said, with_trace), "- ")
    lines += ["", brief.table_title, *(line for row in brief.rows for line in row_lines(row))]
    lines += ["", brief.notes_title, *(line for note in brief.notes for line in filled(note, "- "))]
    return "\n".join(lines) + "\n"


def as_json(brief: Brief, story: Story) -> str:
    """The brief with everything it rests on."""
    return msgspec.json.format(
        msgspec.json.encode({
            "brief": brief, "texts": [asdict(text) for text in story.texts],
            "account": story.account, "discrepancies": story.discrepancies, "claims": story.claims, "passages": story.passages,
            "reconstructions": story.reconstructions,
        }),
        indent=1,
    ).decode()  # fmt: skip


def _words(said: Sentence, with_trace: bool) -> str:
    return said.traced() if with_trace else said.text


def row_lines(row: Row) -> list[str]:
    """One claim of the table as lines."""
    cells = [_padded(cell, size) for cell, size in zip((row.quantity, row.who), _CELLS, strict=True)]
    mark = f" * {row.preferred}" if row.preferred else ""
    return filled(f"{row.said} {row.printed}{mark}", f"{row.claim_id:>5}  {''.join(cells)}")


def _padded(cell: str, size: int) -> str:
    return cell + " " * max(2, size - columns(cell))
