"""What a language brings to the engine: tables of patterns, and which way its sentences run."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

Pattern = re.Pattern[str]
ANYTHING = re.compile("")
NEVER = re.compile(r"(?!)")
Phrases = tuple[tuple[str, Pattern], ...]  # what it means, how it is said; the first that fits counts


@dataclass(frozen=True, slots=True)
class SpeakerTable:
    """Who can speak, and the words that carry their word.

    `mention` has a group for each fixed speaker (`kor_jcs`), or `nations` with an optional head (`h_mil`).
    """

    mention: Pattern
    nations: Phrases
    said: Pattern  # verbs of saying
    according: Pattern  # "according to", によると
    carry: Pattern  # a subject, or an ending, that goes on with the last speaker
    heading: Pattern  # a first line that names whose text this is
    dispatch: Pattern = NEVER  # the mark of an agency at the head of its own text
    weak: Pattern = NEVER  # of the verbs of saying: those that give way to any other in the sentence
    bare: Pattern = ANYTHING  # what can follow a nation that speaks for itself
    placed: Pattern = (
        NEVER  # right before a list of nations: the first is a place ("the sea of Japan, US officials said")
    )
    quoting: Pattern = NEVER  # "citing"
    passive: Pattern = NEVER  # "was described by"
    particle: Pattern = NEVER  # behind the subject, where the verb stands at the end
    turn: Pattern = NEVER  # where the word of whoever spoke before ends within a sentence
    topic: Pattern = NEVER  # behind the subject that outranks others


@dataclass(frozen=True, slots=True)
class LaunchTable:
    """What tells of a launch: its verbs, its vehicles, what only looks like one, and what points away from this one."""

    mask: Pattern
    vehicle: Pattern
    verb: (
        Pattern  # groups launch, held (a test, without saying of what), fall, said: what a time or a day can belong to
    )
    noun: Pattern  # "missile launch", 発射実験
    unreal: Pattern  # planned, threatened, denied: before a noun; after a verb that stands at the end
    related: Pattern  # words of a flight: a sentence without any says nothing of a launch
    aside: Pattern  # begins a stretch about other launches
    other: Pattern  # anywhere: the sentence is about other launches
    after: Pattern = NEVER  # the same, where the sentence tells of a launch before it: "... after it fired another"
    undone: Pattern = NEVER  # the same before a verb
    reply: Pattern = NEVER  # somewhere: this is done in reply to a launch
    replier: Pattern = NEVER  # right before the verb: who is not launching but replying
    fired: Pattern = NEVER  # a verb by which somebody launches, not sees a launch: what a replier does
    back: Pattern = NEVER  # a sentence that begins so goes on with the one before


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """Numbers with units, and the words nearby that say what they measure."""

    hedge: Pattern  # what stands right before a number and bounds or softens it
    distance: Pattern  # groups a, b (of a range), scale, unit, after
    roles_before: Phrases
    roles_after: Phrases
    duration: Pattern
    flight_before: Pattern
    flight_after: Pattern
    not_flight: Pattern
    count: Pattern
    counted_before: Pattern  # the count of things already known
    part_after: Pattern  # what some of a salvo did
    mach: Pattern
    bounds: Phrases  # low, high: words of `hedge` and `after`
    units: Mapping[str, float]  # printed unit to kilometres or minutes


@dataclass(frozen=True, slots=True)
class TimeTable:
    """Clock times and days."""

    clock: Pattern  # groups half, h, m, zone
    later: Pattern  # "ten minutes later": groups n, unit
    day: Pattern  # groups of a date, a weekday or a relative day
    speaker_before: Pattern = NEVER  # a speaker right before a day: the day of the saying


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language."""

    lang: str
    is_head_final: bool  # the verb stands at the end: what belongs to it stands before
    speakers: SpeakerTable
    launches: LaunchTable
    measures: MeasureTable
    times: TimeTable
    classes: Phrases
    not_class_before: Pattern
    not_class_after: Pattern
    hints: Mapping[
        str, tuple[str, ...]
    ]  # of values and classes: lower-case letters without which a phrase cannot be there
    values: Phrases  # "quantity=value" for the closed lists
    vetoes: Mapping[str, Pattern]  # what takes a phrase of `values` back, in its sentence
    vetoes_after: Mapping[str, Pattern]
    area: Pattern  # groups place, inner (of "Pyongyang's Sunan"), second
    area_described: Pattern
    not_area: Pattern
    numerals: Mapping[str, int]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
