"""A brief as plain text, for a terminal, a mail or a printer. The mode's mark is its first and its last line."""

import textwrap

from bongsu.adapters.publish.brief import Brief
from bongsu.adapters.publish.compare import Table
from bongsu.adapters.publish.paragraphs import filled
from bongsu.adapters.publish.reported.text import row_lines
from bongsu.adapters.publish.sentence import Sentence
from bongsu.language.recounting import recounting_of

WIDTH = 100
MOST_WHO = 28  # columns of the table's first column


def write(brief: Brief, *, with_trace: bool = False, width: int = WIDTH) -> str:
    """The whole brief; `with_trace` adds after each sentence the ids of the findings it rests on, and lists them."""
    labels = recounting_of(brief.lang).labels
    lines = [brief.title.upper(), brief.as_of, "", *_wrapped(brief.headline, with_trace, width, "")]
    for section in brief.sections:
        lines += ["", section.title]
        for sentence in section.sentences:
            lines += _wrapped(sentence, with_trace, width, "- ")
    if brief.comparison.rows:
        lines += ["", "Beside other figures", *table(brief.comparison, width)]
        for remark in brief.comparison.remarks:
            lines += _wrapped(remark, with_trace, width, "- ")
    if brief.claims:
        lines += ["", labels["claims"], *(line for row in brief.claims for line in row_lines(row))]
    lines += ["", labels["how"], *(line for note in brief.notes for line in _filled(note, width, "- "))]
    if with_trace:
        lines += ["", labels["findings"]]
        lines += [f"  {s.finding_id:>8}  {s.noun}, prompted by {s.prompted_by}" for s in brief.sources]
    if brief.mark:
        lines = [brief.mark, "", *lines, "", brief.mark]
    return "\n".join(lines) + "\n"


def table(comparison: Table, width: int = WIDTH) -> list[str]:
    """The comparison as aligned columns; who speaks and on what basis wrap inside their own columns."""
    rows = [("who", "range", "apogee", "basis")]
    rows += [(r.who, r.range_words, r.apogee_words, r.basis) for r in comparison.rows]
    sizes = [min(MOST_WHO, max(len(row[0]) for row in rows)), *(max(len(row[i]) for row in rows) for i in (1, 2))]
    sizes.append(max(24, width - 2 - sum(sizes) - 2 * len(sizes)))
    lines = []
    for row in rows:
        cells = [textwrap.wrap(cell, size) or [""] for cell, size in zip(row, sizes, strict=True)]
        for k in range(max(map(len, cells))):
            parts = (cell[k] if k < len(cell) else "" for cell in cells)
            lines.append("  " + "  ".join(part.ljust(size) for part, size in zip(parts, sizes, strict=True)).rstrip())
    return lines


def _wrapped(sentence: Sentence, with_trace: bool, width: int, bullet: str) -> list[str]:
    return _filled(sentence.traced() if with_trace else sentence.text, width, bullet)


def _filled(text: str, width: int, bullet: str) -> list[str]:
    return filled(text, bullet, width)
