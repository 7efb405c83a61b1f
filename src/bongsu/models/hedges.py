"""Hedge words and probabilities, both ways: what a word admits, and which word a number earns.

The table is this project's convention, after the proposal for zone verdicts (law of the sea gives no thresholds): at
least 0.95 "inside", 0.75 "likely inside", 0.25 to 0.75 "not determined", 0.05 to 0.25 "likely outside", below
"outside".
"""

from typing import Literal, NamedTuple

Words = Literal["inside", "likely inside", "not determined", "likely outside", "outside"]


class Hedge(NamedTuple):
    """One word and the probabilities it stands for: low <= p < high, the highest up to 1 itself."""

    words: Words
    low: float
    high: float


VERDICTS: tuple[Hedge, ...] = (
    Hedge("outside", 0.0, 0.05),
    Hedge("likely outside", 0.05, 0.25),
    Hedge("not determined", 0.25, 0.75),
    Hedge("likely inside", 0.75, 0.95),
    Hedge("inside", 0.95, 1.0),
)


def words_for(p: float) -> Words:
    """The verdict a probability earns."""
    return next(hedge.words for hedge in reversed(VERDICTS) if p >= hedge.low)


def probabilities_of(words: Words) -> tuple[float, float]:
    """The lowest and the highest probability a verdict stands for."""
    return next((hedge.low, hedge.high) for hedge in VERDICTS if hedge.words == words)


def is_calmer(words: Words, before: Words) -> bool:
    """Whether a verdict stands for lower probabilities than another."""
    return probabilities_of(words) < probabilities_of(before)


def steady_words(p: float, before: Words, margin: float) -> Words:
    """The verdict for `p` that keeps `before` until its bounds are passed by `margin`, so that noise does not make it
    flicker.
    """
    low, high = probabilities_of(before)
    return before if low - margin <= p < high + margin else words_for(p)


def is_unweighed(words: Words, p: float) -> bool:
    """Whether a verdict only says that an area can be reached: "not determined", with the fixed small probability of what
    cannot be excluded before burn-out. No forecast stands behind that number, so it is not to be shown as one.
    """
    return words == "not determined" and p < probabilities_of(words)[0] - 0.1
