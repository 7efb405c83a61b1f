"""English: numbers with units and what they measure; clock times and days."""

import re

from bongsu.language.en.launches import VEHICLE
from bongsu.language.grammar import MeasureTable, TimeTable
from bongsu.language.numerals import EN

_NUM = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD = "|".join(sorted((w for w in EN if w != "half"), key=len, reverse=True))
HEDGE = (
    r"(?:(?:at least|at most|no less than|no more than|no fewer than|more than|less than|fewer than|up to|as (?:high"
    r"|far|much|many|low) as|about|around|approximately|roughly"
    r"|approx\.?|some|nearly|almost|over|above|below|under|only|just|close to|an estimated|estimated|well over"
    r"|exceeding|in excess of|beyond|a maximum of|a total of|between|from|~|≈)\s*){1,3}"
)
_AFTER = r"(?:\s+(?:or (?:more|less|higher|farther|further)|and (?:above|more)))?"
DISTANCE_UNITS = {"km": 1.0, "mi": 1.609344, "nm": 1.852, "m": 0.001}

_MODS = (
    r"(?:new(?:ly developed)?|unidentified|unknown|unspecified|suspected|apparent|presumed|presumably|possible"
    r"|probable|likely|what|appear(?:ed|s)?|to|be|were|was|are|short|medium|intermediate|long"
    r"|close|ballistic|cruise|tactical|strategic|guided|multiple|artillery|mobile|additional|more|other|North|Korean"
    r"|advanced|modified|improved|different|of|several|live"
    r"|large|super|hypersonic|intercontinental|aircraft|anti|naval|Scud|believed|thought|range|or|land|sea|nuclear"
    r"|capable|surface|rounds? from an?|rounds?|shots?|heavy|practice|medium-|believed|and|old|\d{3}-?mm|solid"
    r"|liquid|fuel(?:ed|led)?"
    r"|[A-Za-z0-9]{1,14}(?:-[A-Za-z0-9]{1,12}){1,4}|\(?[A-Z]{2,6}\)?|[A-Z][a-z]{3,12}song|Musudan|Nodong|Rodong)"
)
MEASURES = MeasureTable(
    hedge=re.compile(rf"(?<![A-Za-z]){HEDGE}\s*$", re.IGNORECASE),
    distance=re.compile(
        rf"(?<![\w.,])(?P<a>{_NUM})(?:\s*(?:to|and|-|–|—|~|or)\s*(?P<b>{_NUM}))?(?P<scale>(?!))?[\s-]?(?P<unit>km\b"
            rf"|kilomet(?:er|re)s?\b|KM\b|kms\b|nautical miles?\b|nmi?\b|miles?\b|mi\b)(?P<after>{_AFTER})",
    ),
    roles_before=(
        ("apogee", re.compile(r"(?i)\b(?:altitudes?|apogees?|heights?|peak(?:ed|ing)?(?: at)?|ceiling|climb(?:ed"
            r"|ing)?|ascend(?:ed|ing)|as high as|soar(?:ed|ing)?|highest point|elevation|ris(?:e|ing)"
            r"|rose)\b(?! of the)")),
        ("range", re.compile(r"(?i)\b(?:flew|flown|fly(?:ing)?(?! over)|travel+(?:ed|ing)|distances?|cover(?:ed|ing)"
            r"|flight (?:distance|range)|ranges? (?:of|at|to)|(?:estimate|assessment|figure)s?(?: of the \w+)? (?:to"
            r"|at)|flight of|went|(?:hit|hitting|struck|strik(?:es?|ing)) (?:\w+ ){0,5}?(?:target|islet|island)"
            r"|target(?:ed)? (?:\w+ ){0,6}?)\b")),
        ("none", re.compile(
            r"(?i)\b(?:(?:second|2nd) (?:peaks?|apogees?|climb|altitude)|capable of|could (?:reach|fly|hit|strike"
            r"|travel|have a|cover|target)|can (?:reach|fly|hit"
                r"|strike|travel|cover)|able to|maximum range|max(?:imum)? (?:flight )?range|potential|range (?:is"
                r"|was) (?:estimated|believed|thought)|(?:estimated|known|believed|reported|operational|assessed"
                r"|theoretical|designed) (?:maximum )?range|(?:has|have|had|with) an? (?:\w+ ){0,3}?range of"
                r"|ranges? (?:of|between)(?= .{0,30}missile)"
            r"|would (?:have|be|reach|fly)|if (?:fired|flown|launched)|diameter|within|radius|(?:north|south|east"
                r"|west)\w*(?: of| from| off)|off|away|from (?:the|Japan|Seoul|Pyongyang)|border|zone|airspace|every"
                r"|range missiles|laterally|sideways|veered|burst|at a height of burst|orbit|enough to"
                r"|reach(?: as far as)? (?:targets|the US|Guam|Japan|Alaska|parts)|landed|fell|splashed|near|limit"
                r"|speeds?|per hour|target altitude|detonat\w+|plus|intercept\w*|apart|longer|farther|further"
                r"|short of)\b")),
    ),
    roles_after=(
        ("none", re.compile(
            r"(?i)^(?:\s*\([^)]{0,30}\))?[\s,]*(?:(?:to the )?(?:north|south|east|west)[\w-]*(?: of| from| off|,)"
                r"|off\b|(?:away )?from (?:the )?(?:\w+ ){0,2}?(?:coast|shore|border|island|japan|hokkaido|cape"
                r"|peninsula|city|town|pyongyang\b(?! to))|away|per hour|/h|an hour|h\b|short of|limit|long|wide"
                r"|radius|range(?:d)?\b(?! and)|-range|in diameter|inside|outside|within|into)")),
        ("apogee", re.compile(r"(?i)^(?:\s*\([^)]{0,30}\))?\s*(?:high\b|in (?:altitude|height|apogee)|altitude|apogee"
            r"|into (?:space|the (?:sky|air))|above|up\b)")),
        ("range", re.compile(r"(?i)^(?:\s*\([^)]{0,30}\))?\s*(?:in (?:distance|range)|downrange|distance|from (?:the |its )?▒"
            r"|before (?:falling|landing|splashing|crashing|hitting))")),
    ),
    duration=re.compile(
        rf"(?<![\w.,])(?P<a>{_NUM}|{_WORD})(?:\s*(?:to|and|-|–)\s*(?P<b>{_NUM}))?[\s-]*(?P<unit>hours?|hrs?|minutes?"
            r"|mins?|seconds?|secs?|(?<=\d)\s?[hms])\b(?P<after>(?!))?",
        re.IGNORECASE,
    ),
    flight_before=re.compile(
        r"(?i)\b(?:flew|flown|fly(?:ing)?|flights?(?: time)?(?: of| was| lasted| lasting)?|travel+(?:ed|ing)|airborne"
            r"|in the air|stayed aloft|lasted|lasting|in flight|flight duration|time of flight|circl\w+"
            r"|orbit\w*)\b(?:(?! after | before | until |interval|later)[^.;]){0,90}$"
    ),
    flight_after=re.compile(r"(?i)^\s*(?:of flight|in flight|-?long flight|flight|in the air|before (?:falling"
        r"|landing|splashing|coming|crashing|hitting)|of flying|airborne)"),
    not_flight=re.compile(r"(?i)(?:interval|apart|later|earlier|after|within|more than|at|into|in|every|less than|\bby)\s*$"),
    count=re.compile(
        rf"(?<![\w.,-])(?P<n>\d{{1,3}}(?![\d,.:%]|\s*(?:a\.m|p\.m|am\b|pm\b|km|mm|kilo|-))|{_WORD}|several"
            r"|multiple(?!(?:[- ]launch)?[- ]rocket)|numerous|various|a (?:number|series|salvo|barrage|volley"
            r"|handful) of|dozens of|(?:a )?dozen|few)(?P<after>(?!))?(?:-"
            rf"|\s+)(?:[\"“”'‘’]?(?:{_MODS})[\"“”'‘’]?,?\s+){{0,7}}?[\"“”'‘’]?(?P<vehicle>{VEHICLE})\b",
        re.IGNORECASE,
    ),
    counted_before=re.compile(r"(?i)\b(?:the|these|those|both|all|its|other|(?:each|all|some|most|both|any|one"
        r"|two) of|their|first|last|past|next|previous|his|that|another|than|(?:Jan|Febr)uary|March|April|May|June"
        r"|July|August|(?:Septem|Octo|Novem|Decem)ber|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)\s+$"),
    part_after=re.compile(r"(?i)^[\s,]*(?:of (?:them|which|the)|reportedly |apparently |all |then |each |also "
        r"|may have |had )*(?:flew|travel|land|fell|fail|blew|explod|splash|crash|came down|hit|reach|disintegrat"
        r"|broke|appear|were|was) ?(?!fired|launched|shot)"),
    mach=re.compile(rf"(?<![A-Za-z\d])(?:Mach\s*-?\s*(?P<a>{_NUM})(?:\s*(?:to|-"
        rf"|–)\s*(?P<b>{_NUM}))?(?P<after>{_AFTER}| or faster)|(?P<c>{_NUM}|{_WORD}) times the speed of sound)", re.IGNORECASE),
    bounds=(
        ("low", re.compile(r"(?i)\bat least|more than|no less|no fewer|over\b|above\b|exceeding|in excess|beyond"
            r"|or (?:more|higher|farther|further|faster)|and (?:above|more)|minimum")),
        ("high", re.compile(r"(?i)\bat most|no more than|less than|fewer than|up to|below|under\b|or less|as (?:high"
            r"|far|much|many) as|maximum of")),
    ),
    units={"km": 1.0, "kilo": 1.0, "naut": 1.852, "nm": 1.852, "mi": 1.609344},
)  # fmt: skip

MONTHS = {
    name: i // 2 + 1
    for i, name in enumerate(
        "january jan february feb march mar april apr may _ june jun july jul august aug september sep october oct november nov "
        "december dec".split()
    )
} | {"sept": 9}
WEEKDAYS = {name: i for i, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
_MONTH = (
    r"January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun"
    r"|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
TIMES = TimeTable(
    clock=re.compile(
        r"(?<![\d.,:])(?:(?P<h>[01]?\d|2[0-4])(?:[:.](?P<m>[0-5]\d))?\s*(?P<half>a\.?m\b\.?|p\.?m\b\.?)"
            r"|(?P<h2>[01]?\d|2[0-3]):(?P<m2>[0-5]\d)(?!\d)|(?P<h3>[01]\d|2[0-3])(?P<m3>[0-5]\d)(?=\s*(?:hours|hrs"
            r"|KST|JST|GMT|UTC|local)))"
        r"(?:\s*\(?(?P<zone>KST|JST|KCT|GMT|UTC|EST|EDT|ET\b|Z\b|(?:Korea|Japan|Pyongyang|Seoul|local)(?: standard)? time))?",
        re.IGNORECASE,
    ),
    later=re.compile(rf"(?i)(?<![A-Za-z\d])(?P<n>\d{{1,3}}|{_WORD})\s+(?P<unit>minutes?|hours?)\s+(?:later"
        r"|after(?= the first| that| the initial))"),
    day=re.compile(
        rf"(?P<mon>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?P<more>(?:(?:,| and|, and)\s*\d{{1,2}}(?!\d"
            r"|,? ?\d{2}\b|:))*)(?:,?\s+(?P<y>(?:19|20)\d\d))?(?!\d|\s*\([A-Z][\w ]{1,20}\)\s*[-–—])"
            rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<mon2>{_MONTH})\.?(?:,?\s+(?P<y2>(?:19|20)\d\d))?\b"
        r"|(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)"
            rf"|(?<!GMT )(?<!UTC )(?P<last>last\s+)?(?P<weekday>{_WEEKDAY})(?:\s+(?:and"
            rf"|and\s+on)\s+(?P<weekday2>{_WEEKDAY}))?(?! at (?:the )?meeting)|\b(?P<rel>today|yesterday"
            r"|a day earlier|(?:the )?previous day|the day before|the same day|two days (?:ago|earlier))\b",
    ),
)  # fmt: skip
