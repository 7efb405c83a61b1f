"""English: the fixed sentences of warnings."""

import re

from bongsu.language.warning.words import Wording

_TIME = "[ at about {impact}]"
_WAYS = {
    "fall": f"fall{_TIME} in or near {{places}}",
    "overflight": f"pass{_TIME} over {{places}}",
    "fall_and_overflight": f"pass over or fall near these places{_TIME}: {{places}}",
}
_DEGREES = {
    "Observed": "It has been observed on a course to {way}.",
    "Likely": "It is likely to {way}.",
    "Possible": "It may {way}.",
    "Unlikely": "It is unlikely, but cannot be ruled out, that it will {way}.",
    "Unknown": "It is not known yet whether it will {way}.",
}
_SEEN = {
    "Observed": "It was observed to {plain}",
    "Likely": "It is believed to have {past}",
    "Possible": "It may have {past}",
}
_PAST = {
    "passed": ("pass", "passed", "[ at about {over}] over {places}[ toward {where}]."),
    "fell": ("fall", "fallen", "[ at about {over}] in or near {places}."),
    "fell_outside": ("fall", "fallen", "[ in {where}][ at about {over}], outside the territorial sea."),
}
_WITH_THE = re.compile(
    r"(?:Sea|Gulf|Bay|Strait|Straits) of .*|.* (?:Sea|Ocean|Strait|Straits|Peninsula|Islands)|Pacific"
)


def _named(name: str) -> str:
    """A name as it stands in a sentence: seas and straits with their article."""
    return f"the {name}" if _WITH_THE.fullmatch(name) else name


WARNING = Wording(
    lang="en",
    listed=", ",
    between=" ",
    stop=".",
    letters="A-Za-zÀ-ÖØ-öø-ſ",
    marks=" .,:()'-+\n",
    others=(),
    keys={
        "aware": "Missile launch reported",
        "shelter": "Missile launch",
        "shelter_now": "Take shelter now",
        "passed": "Missile passed over",
        "fell": "Missile fell",
        "fell_outside": "Missile fell at sea",
        "no_danger": "Request to take shelter lifted",
        "withdrawn": "Warning withdrawn",
        "all_clear": "All clear",
        "ships_aircraft": "Danger area for ships and aircraft",
        "ships_over": "Danger area for ships and aircraft lifted",
        "expired": "Warning has run out",
    },
    prefixes={"update": "Update: ", "correction": "Correction: "},
    unconfirmed=" (unconfirmed)",
    word_unconfirmed="unconfirmed",
    modes={"exercise": "EXERCISE", "replay": "REPLAY", "test": "TEST"},
    sentences={
        "mode:exercise": "This is an exercise.",
        "mode:replay": "This is a replay of a record and is not happening now.",
        "mode:test": "This is a test.",
        "replaces": "This replaces the statement of {refs}.",
        "corrects": "The statement of {refs} was wrong and is corrected as follows.",
        "ends": "The statement of {refs} ends with this one.",
        "withdrawn": "The warning of {refs} was wrong and is withdrawn. It was for {places}.",
        "ran_out": "The time of the warning of {refs} has run out. It was for {places}.",
        "why:track_lost": "Reason: the track was lost, and what was said cannot be established.",
        "why:forecast_changed": "Reason: the forecast changed.",
        "why:no_launch": "Reason: there was no launch.",
        "why:wrong_object": "Reason: another object was taken for a missile.",
        "why:wrong_area": "Reason: the areas were wrong.",
        "why:sent_in_error": "Reason: it was sent by mistake.",
        "why:drill_in_error": "Reason: it was made from invented data, not from a real event, and was sent by mistake.",
        "unconfirmed": "This information is still unconfirmed.",
        "was_unconfirmed": "The earlier statement rested on unconfirmed information.",
        "grade:alert": "This is a civil-defence alert.",
        "grade:air_raid": "This is a civil-defence air-raid warning.",
        "grade:lifted": "The civil-defence warning is lifted.",
        "launch": "A missile is believed to have been launched[ from near {near}][ at about {launch}].",
        "aware": "We are aware of a launch and are establishing whether it concerns {places}. Details are not known yet.",
        "expected": "A fall or a passage, if any, is expected at about {impact}.",
        **{
            f"danger:{degree}:{way}": said.format(way=verb)
            for way, verb in _WAYS.items() for degree, said in _DEGREES.items()
        },
        **{
            f"{key}:{degree}": said.format(plain=plain, past=past) + rest
            for key, (plain, past, rest) in _PAST.items() for degree, said in _SEEN.items()
        },
        "where": "The place is believed to be near {where}.",
        "no_danger": "The missile is believed not to come to {places}.",
        "over": "The danger is over for {places}.",
        "concerned": "This statement concerns {places}.",
        "time_unknown:ahead": "The expected time is not known yet.",
        "time_unknown:past": "The exact time is not known yet.",
        "spill": "This statement may be received up to about {spill} kilometres outside these areas.",
        "act:wait": "Wait for the next statement, and find out where you can take shelter.",
        "act:shelter": "Take shelter inside a building or underground.",
        "act:shelter_now": "Take shelter immediately inside a building or underground.",
        "act:lie_down": "If there is no building near, lie down and protect your head.",
        "act:stay_inside": "Stay inside a building and wait for the next statement.",
        "act:avoid": "If you find a suspicious object, do not go near it: call the police or the fire service.",
        "act:lifted": "The request to take shelter is lifted.",
        "act:annulled": "You do not need to do what the mistaken warning asked.",
        "act:keep_away": "Ships and aircraft, keep away from this area.",
        "act:opened": "The request to keep away from this area is lifted.",
        "act:heed": "It is not established whether danger remains. Follow the next statement.",
        "until": "This statement is valid until {until}.",
        "was_until": "It was valid until {until}.",
        "issued": "Issued by: {authority}, {sent}, local time (UTC+9).",
        "brief:update": "Replaces {refs}.",
        "brief:correction": "Statement {refs} was wrong.",
        "brief:end": "Ends {refs}.",
        "brief:expiry": "Warning of {refs} has run out.",
        "brief:track_lost": "Reason: track lost.",
        "brief:forecast_changed": "Reason: forecast changed.",
        "brief:no_launch": "Reason: no launch.",
        "brief:wrong_object": "Reason: another object.",
        "brief:wrong_area": "Reason: wrong areas.",
        "brief:sent_in_error": "Reason: sent by mistake.",
        "brief:drill_in_error": "Reason: invented data sent by mistake.",
        "brief:was_unconfirmed": "It was unconfirmed.",
        "brief:places": "{places}.",
        "brief:fall": "Fall[ about {impact}], {degree}.",
        "brief:overflight": "Passing over[ about {impact}], {degree}.",
        "brief:fall_and_overflight": "Passing over or fall[ about {impact}], {degree}.",
        "brief:expected": "Expected about {impact}.",
        "brief:past": "[About {over}, ]{degree}.",
        "brief:time_unknown": "Time not known.",
        "brief:spill": "Received up to about {spill} kilometres outside.",
        "brief:wait": "Wait for the next statement.",
        "brief:shelter": "Go inside or underground.",
        "brief:shelter_now": "Go inside or underground at once.",
        "brief:lie_down": "Outdoors: lie down, cover your head.",
        "brief:stay_inside": "Stay inside.",
        "brief:avoid": "Do not touch debris, call the police.",
        "brief:lifted": "Request to shelter lifted.",
        "brief:annulled": "Earlier request is void.",
        "brief:keep_away": "Ships, aircraft: keep away.",
        "brief:opened": "Area is open.",
        "brief:heed": "Danger may remain: stay alert.",
        "brief:until": "Until {until}.",
        "brief:was_until": "Was until {until}.",
        "brief:issued": "{authority}, {sent} (UTC+9).",
        "degree:Observed": "observed",
        "degree:Likely": "likely",
        "degree:Possible": "possible",
        "degree:Unlikely": "unlikely",
        "degree:Unknown": "not known whether",
    },
    clock="{hh}:{mm}",
    other_day="{hh}:{mm} on {d} {mon}",
    whole="{hh}:{mm} on {d} {mon} {y}",
    months=(
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ),
    mode_words={
        "exercise": r"(?i)\b(?:exercis\w*|drills?|simulat\w*)\b", "replay": r"(?i)\breplay\w*\b",
        "test": r"(?i)\b(?:tests?|testing)\b",
    },
    denials=r"(?i)\b(?:not?|never|isn'?t|ain'?t|wasn'?t|nor|no longer|non)[\s,'\"()-]+(?:\w+[\s,'\"()-]+){0,3}?"
    r"(?:drill|exercise|test|simulation|replay)\b"
    r"|\b(?:anything|nothing|far)\s+(?:but|like|from)\s+(?:an?|the)?\s*(?:drill|exercise|test)\b"
    r"|\bthis\s+is\s+(?:the\s+)?(?:real|actual)\b|\breal[\s-]?world\b|\bfor\s+real\b",
    unfit={
        "aware": r"(?i)lifted|withdrawn|take shelter (?:inside|immediately)|all clear",
        "shelter": r"(?i)lifted\.\s|withdrawn|all clear|danger is over|not to come",
        "shelter_now": r"(?i)lifted\.\s|withdrawn|all clear|danger is over|not to come",
        "passed": r"(?i)withdrawn|take shelter (?:inside|immediately)|all clear",
        "fell": r"(?i)lifted|withdrawn|all clear|is over\.|not to come",
        "fell_outside": r"(?i)withdrawn|take shelter (?:inside|immediately)|all clear",
        "no_danger": r"(?i)take shelter (?:inside|immediately|now)|withdrawn|air-raid|civil-defence alert",
        "withdrawn": r"(?i)all[ -]clear|is over|lifted|safe\b|take shelter (?:inside|immediately|now)",
        "all_clear": r"(?i)take shelter (?:inside|immediately|now)|withdrawn|air-raid|civil-defence alert|may (?:fall|pass)",
        "ships_aircraft": r"(?i)lifted|withdrawn|all clear|is over|building",
        "ships_over": r"(?i)withdrawn|aircraft, keep away|may (?:fall|pass)",
        "expired": r"(?i)all[ -]clear|is over|lifted|safe\b|withdrawn|take shelter (?:inside|immediately|now)",
    },
    named=_named,
)  # fmt: skip
