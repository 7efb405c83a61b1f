"""Public warnings in fixed sentences of Korean, Japanese and English, written from one `Bulletin`, read back, and checked.

`in_all_languages` gives what may go out. `written` writes, `facts_of` reads what a text says, `lint` says what is wrong with it.
See docs/guides/warnings.md.
"""

from bongsu.language.warning.check import Fault
from bongsu.language.warning.facts import Facts, facts_in
from bongsu.language.warning.issue import in_all_languages
from bongsu.language.warning.lint import lint
from bongsu.language.warning.read import facts_of
from bongsu.language.warning.write import Written, fitted, written

__all__ = ["Facts", "Fault", "Written", "facts_in", "facts_of", "fitted", "in_all_languages", "lint", "written"]
