"""English: phrases of the closed lists, classes of vehicle and launch areas."""

import re
from typing import Final

_I = re.IGNORECASE
_EAST = (
    r"(?:the )?(?:Sea of Japan|East Sea|(?:sea|waters?) between (?:the )?(?:North |South )?(?:Korean?(?: Peninsula)?"
    r"|Japan) an+a?d (?:the )?(?:North |South )?(?:Japan|Korean?(?: Peninsula)?)|Korea Strait(?!)"
    r"|(?:sea|seas|waters|coast) (?:\d[\d,]* ?(?:km|kilometers|kilometres|miles) )?(?:off|east of|to the east of"
    r"|on) (?:of )?(?:the )?(?:its |(?:North |South )?Korea(?:n|['’]s)? |the country['’]s |[Tt]he North['’]s "
    r"|North Korea['’]s )?(?:(?:north)?east(?:ern)? ?coast|eastern seaboard|(?:north)?east)|(?:off|towards?|into"
    r"|to) (?:waters off )?(?:its |the (?:North['’]s |country['’]s |North Korean )?"
    r"|North Korea['’]s )?(?:north)?east(?:ern)? (?:coast|seas?|waters)\b(?! (?:city|town|port))"
    r"|east(?:ern)? (?:sea|waters)|(?:sea|waters) (?:off|west of) (?:the west coast of Japan"
    r"|Japan['’]s (?:north)?west(?:ern)? coast|Japan(?:['’]s)?|western Japan)|(?:waters|sea) (?:east of"
    r"|off the east coast of|off the eastern coast of) (?:the )?(?:Korean? ?(?:[Pp]eninsula)?|North Korea))"
)
_WEST = (
    r"(?:the )?(?:Yellow Sea|West Sea|(?:sea|waters) (?:off|west of|on) (?:the )?(?:its |North Korea['’]s "
    r"|the country['’]s |the Korean )?west(?:ern)? (?:coast|sea)|western (?:sea|waters)|off (?:its|the"
    r"|North Korea['’]s) west(?:ern)? coast)"
)
_TO = r"(?:in(?:to)?|to(?:wards?)?|over|at|through|across|in the direction of)"
_FLOWN = (
    r"(?:fell|fall(?:s|ing|en)?|land(?:ed|ing)|splash\w*(?: down)?|came down|dropp\w+|crash\w+|fired|launch\w*"
    r"|flew|flying|travel\w+|shot|head\w+|plung\w+|lobbed|impact\w*|reached|test-fired|projectiles?|missiles?"
    r"|rockets?|SRBMs?|ICBMs?)"
)
_EEZ = r"(?:exclusive economic zone|EEZ)"
_OWN = r"(?:Japan(?:['’]s|ese)?|its|the country['’]s|Tokyo['’]s|our(?: country['’]s)?|the)"


def _p(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, _I)


VALUES: Final = (
    ("toward=sea_of_japan", _p(rf"\b{_TO} (?:the )?(?:waters (?:of|in|off) )?{_EAST}|{_FLOWN} [^.;]{{0,80}}?\b(?:in"
        rf"|into|off|to|toward|towards) {_EAST}|(?:missiles?|projectiles?|rockets?"
        r"|SRBMs?)(?: (?!from\b)\w+){0,3} off (?:its|the(?: country['’]s| North['’]s)?"
        rf"|North Korea['’]s) (?:north)?east(?:ern)? (?:coast|seaboard)|{_TO} (?:the )?eastern (?:sea|waters)")),
    ("toward=yellow_sea", _p(rf"\b{_TO} (?:the )?(?:waters (?:of|in|off) )?{_WEST}|{_FLOWN} [^.;]{{0,80}}?\b(?:in"
        rf"|into|off|to|toward|towards) {_WEST}")),
    ("toward=pacific", _p(rf"\b{_TO} (?:the )?(?:northern |western |north "
        r"|northwest )?Pacific(?: Ocean)?\b(?! Command)|Pacific Ocean")),
    ("toward=east_china_sea", _p(r"\bEast China Sea")),
    ("toward=other", _p(r"(?:hit|struck|target\w*|land\w*|fell|toward|towards"
        r"|accurately hit)[^.;]{0,60}?\b(?:Al(?:som)?[- ]?(?:islet|island)?|an? (?:\w+ )?(?:island|islet"
        r"|rock)(?: target)?|(?:uninhabited|target) island|islet)\b(?! (?:nation|country))")),
    ("toward=inland", _p(r"(?:target (?:on land|inland)|inland target|toward inland|hit (?:a |an )?(?:ground"
        r"|land) target|fell inland|landed inland)")),
    ("zone=outside_eez_jpn", _p(r"(?:outside|not (?:\w+ ){0,4}?(?:fall(?:en)?|land(?:ed)?|enter(?:ed)?|reach(?:ed)?"
        r"|splash down|inside|within"
        r"|in)(?: \w+){0,4}?|beyond|short of) (?:of )?(?:the )?(?:waters (?:of"
        rf"|in) )?(?:{_OWN} )?(?:\w+ ){{0,3}}?{_EEZ}|{_EEZ}(?:, which [^,.;]{{0,60}},)? (?:was|were) not (?:entered"
        rf"|violated)|(?:did not|none of \w+ \w*) (?:fall|fell|land|landed|enter\w*)[^.;]{{0,30}}{_EEZ}")),
    ("zone=inside_eez_jpn", _p(r"(?:inside|within|in(?:to)?|enter(?:ed|ing)?"
        rf"|violat\w+) (?:of )?(?:the )?(?:waters (?:of|in|within|inside) )?(?:{_OWN} )?(?:\w+ ){{0,3}}?{_EEZ}")),
    ("zone=inside_territorial_sea", _p(r"(?:inside|within|in(?:to)?|enter(?:ed"
        r"|ing)?) (?:\w+['’]?s? ){0,3}territorial (?:waters|sea)")),
    ("zone=overflew_jpn", _p(r"\b(?:flew|fly(?:ing)?|flown|pass(?:ed|ing)|travel\w*|overflew|overflying|overflight"
        r"|soared|launch\w*|fired|shot|went)[^.;]{0,50}?(?<!not )\b(?:over|above|across"
        r"|through)(?: the)? (?:northern |Japanese? ?(?:territory|airspace|archipelago|main(?:land| islands?))"
        r"|Japan(?! and (?:(?:the|South|North) )?(?:Korea|US|U\.S|United))(?!['’]?s? (?:\w+ )?(?:Sea|EEZ|exclusive))"
        r"|Hokkaido|Tohoku|Aomori|Okinawa|the Japanese)"
        r"|overfl(?:ew|ight of|ying) (?:of )?Japan")),
    ("zone=inland", _p(r"(?:fell|landed|crashed) (?:on|inside|in) (?:Japanese|Japan['’]s|North Korean) (?:territory"
        r"|soil|land)")),
    ("shape=irregular", _p(r"(?:irregular(?: \w+)? (?:trajector\w+|orbit|flight|path|pattern|ballistic)"
        r"|irregular trajectory|pull-?up|pulled up|pitch-?up|\bspiral\w*|double[- ]arc|(?:variable|changed"
        r"|changing) (?:trajectory|orbit)|evasive (?:maneuver|manoeuvre)\w*|(?:gliding and )?(?:skipping"
        r"|jumping) (?:flight|mobility)|(?:irregular|unusual) (?:low-altitude )?trajectory)")),
    ("shape=lofted", _p(r"(?:loft\w*(?: trajectory)?\b|high[- ]angle|(?:very )?(?:steep|high|near-vertical|steeper"
        r"|sharp)(?:ly)? (?:angle|trajectory)|nearly vertical|maximum-altitude|highest[- ]angle|lofted)")),
    ("shape=depressed", _p(r"(?:depressed (?:\w+ )?(?:trajectory|angle)|(?:low|flat|flattened|flatter"
        r"|shallow)(?:er)? (?:ballistic )?trajectory|depressed)")),
    ("shape=glide", _p(r"(?:gliding (?:flight|trajectory|maneuver)|glided|glide[- ]skip|glide trajectory)")),
    ("shape=normal", _p(r"(?:normal|standard|typical|regular) (?:ballistic )?(?:trajectory|angle)")),
    ("threat=no_immediate_threat", _p(r"(?:(?:do(?:es)?|did) not (?:appear to )?(?:pose|present|constitute)|(?:pos"
        r"|present)(?:ed|es|ing)? no|not an?|no|never posed an?)(?: an?)? (?:immediate |direct )?threat")),
    ("threat=threat", _p(r"(?:(?:launch\w*|missiles?|tests?|firings?|act(?:ion|ions|s)?|provocations?|they|it|this"
        r"|which|and)(?:[\w\s,'’]{0,60}?)(?:(?:pose|constitute|represent|is|are|as|present)(?:s|d)? an? (?:\w+(?:,"
        r"| and)? ){0,4}threat|threaten(?:s|ed|ing)? (?:the )?(?:peace|security|safety)))")),
    ("damage=none_reported", _p(r"(?:no (?:confirmed |immediate |initial |known |damage )?(?:reports?|information"
        r"|word|confirmation)s? (?:(?:has|have|had) been |(?:was|were) )?(?:\w+ ){0,2}?(?:of|about|on|regarding"
        r"|concerning)(?: any)? (?:\w+ (?:or|and) )?(?:damages?|injur\w+)"
        r"|(?:no|not any)(?: \w+){0,2} damages?\b(?! control)|damage (?:has|have|had|was|were) (?:not"
        r"|yet) (?:to )?(?:been? )?(?:reported|confirmed|found)|not (?:been )?(?:confirmed|received|reported"
        r"|aware of) (?:any )?(?:\w+ ){0,3}?damage|without (?:any )?(?:reports? of )?damage)")),
    ("damage=confirmed", _p(r"(?<!no )(?:damage (?:was|has been|had been) (?:confirmed|reported)|(?:was"
        r"|were) damaged by (?:the )?(?:missile|debris))")),
    ("damage=unconfirmed", _p(r"(?:unconfirmed reports? of damage|reports? of damage (?:are|were"
        r"|remain) (?:unconfirmed|being checked)|unverified (?:reports of )?damage)")),
    ("outcome=failure", _p(r"(?:\b(?:missiles?|launch(?:es)?|tests?|rockets?|projectiles?|satellites?|it|they|firing"
        r"|attempts?|flights?|which|second|third|first|stage|one|that|all|to|in|a|have|had|been|also|apparently"
        r"|likely|vehicle|ended in|engine|but|and|shortly|midair|mid-air|Musudan|Hwasong-\d+"
        r"|\))[\s,]+(?:\w+ ){0,3}?(?:failed|failure|fail\b|exploded|blew (?:up|apart)|broke (?:apart|up|into)"
        r"|disintegrated|malfunctioned|crashed|was unsuccessful|were unsuccessful|detonated)|\bfailed (?:missile "
        r"|satellite |rocket |ballistic |test |to |in )?(?:launch|test|reach|attempt|put|place|enter|orbit|flight"
        r"|shortly|immediately|after|during)|\bunsuccessful(?:ly)?\b|exploded (?:shortly|immediately|soon|seconds"
        r"|after|in (?:mid-?air|flight)|on launch|upon)|failed(?= (?:shortly|immediately|seconds|soon|after|on|upon"
        r"|during))|mid-air explosion|ended in (?:a )?failure|malfunction\w*|\b(?:its|the|their) failure\b)")),
    ("outcome=success", _p(r"(?:success(?:ful(?:ly)?)?\b|successfully)")),
    ("preparation_detected=true", _p(r"(?:detect\w*|monitor\w*|observ\w+|spott\w+|notic\w+|identif\w+|(?:aware"
        r"|track\w*)|saw|seen|captur\w+|reveal\w*|show(?:ed|ing)?|pick\w* up)(?:[^.;]{0,40}?)(?:preparations?"
        r"|preparing|signs? (?:of|that)(?= [^.;]{0,30}(?:launch|test|fir|prepar|missile)))"
        r"|prepar\w+[^.;]{0,40}?(?:had been|was|were) (?:detected|observed|spotted|seen|monitored)"
        r"|detected (?:signs of )?(?:the )?launch preparations|in advance detected")),
)  # fmt: skip

VETOES: Final = {
    "toward=sea_of_japan": _p(r"(?!)"),
    "toward=pacific": _p(r"(?:could|might|threat\w*|would|plan\w*) [^.;]{0,60}$"),
    "zone=overflew_jpn": _p(r"(?:not|without|could|would|can|never|avoid\w*|instead of|rather than|threat\w*|plan\w*"
        r"|didn['’]t|if) (?:\w+ ){0,4}$"),
    "zone=inside_eez_jpn": _p(r"(?:not|outside|none|never|without|didn['’]t|short of|no)\b[^.;]{0,40}$"),
    "shape=lofted": _p(r"(?:not|without|instead of|rather than|if|unlike|could|no longer) (?:\w+ ){0,6}$"),
    "shape=normal": _p(r"(?:if|would|could|were|had|rather than|instead of|than|not|when|capable|on a|may"
        r"|potential\w*) (?:[\w-]+ ){0,8}$"),
    "shape=irregular": _p(r"(?:not|without|no) (?:\w+ ){0,3}$"),
    "threat=threat": _p(r"(?:no|not)\b[^.;]{0,40}$"),
    "outcome=failure": _p(r"(?:not|without|talks?|summit|negotiat\w+|diplomacy|sanctions|whether|if|or|could"
        r"|might have|engine|radar\w*|to detect|denied|no) (?:[\w,]+ ){0,3}$"),
    "outcome=success": _p(r"(?:not|un|no|whether|if|determine|engine|first|more|any|of a|yet|previous|claim of"
        r"|assess\w*|how) (?:[\w,]+ ){0,3}$"),
    "preparation_detected=true": _p(r"(?:no|not|without|further|another|additional|next|other) (?:\w+ ){0,3}$"),
    "damage=confirmed": _p(r"(?:no|not|any|whether|if|confirm\w*|check\w*) (?:\w+ ){0,5}$"),
}  # fmt: skip
VETOES_AFTER: Final = {
    "outcome=success": _p(r"^[^.;]{0,30}(?:engine|talks|summit|diplom|negotiat|moratorium)|^ (?:would|could|of talks)"
        r"|^ or (?:not|fail)"),
    "outcome=failure": _p(r"^ (?:to (?:agree|reach (?:a|an) (?:deal|agreement)|comply|respond|detect|mention|warn"
        r"|abide)|of (?:talks|the summit|diplomacy))"),
}  # fmt: skip

CLASSES: Final = (
    ("hypersonic_glide", _p(r"hyper-?sonic(?: (?:glid\w+|missiles?|warheads?|weapons?|vehicles?|intermediate"
        r"|ballistic|type|boost|flight vehicle))*|\bHGVs?\b|glide vehicles?")),
    ("cruise", _p(r"(?:strategic |long-range |anti-ship |submarine-launched |sea-to-\w+ |surface-to-\w+ "
        r"|land-attack )*cruise (?:missiles?|missile)|\bSLCMs?\b|\bcruise missiles?\b")),
    ("SLBM", _p(r"submarine[- ]launched(?:,)? (?:\w+[- ]){0,2}?ballistic(?: missiles?)?|\bSLBMs?\b|(?:submarine"
        r"|underwater|sea)-(?:based|launched) ballistic")),
    ("ICBM", _p(r"inter-?continental(?:[- ]range)?,? (?:\w+[- ]){0,1}?ballistic(?: missiles?| rockets?)?"
        r"|\bICBMs?\b(?:-class| class| type)?")),
    ("IRBM", _p(r"(?:intermediate|mid)-?(?:to-long)?[- ]?range(?:,? [\w-]+){0,2}? ballistic(?: missiles?)?|\bIRBMs?\b")),
    ("MRBM", _p(r"medium[- ](?:to[- ](?:long|intermediate)[- ])?range(?:,? [\w-]+){0,2}? ballistic(?: missiles?)?|\bMRBMs?\b")),
    ("SRBM", _p(r"short[- ]range(?:,? [\w-]+){0,2}? ballistic(?: missiles?| projectiles?)?|\bSRBMs?\b")),
    ("space_launch", _p(r"(?:launch\w*|put|plac\w*|send\w*|sent|orbit\w*|fir\w+|loft\w*|carry\w*"
        r"|deliver\w*)\b[^.;]{0,50}?\bsatellites?\b|satellite[- ](?:launch\w*|carry\w*|rocket|test|into)"
        r"|satellites? (?:launch|into orbit)|space[- ]launch(?:[- ]vehicles?| rockets?)?|space (?:rockets?|vehicles?"
        r"|launches?)|carrier rockets?")),
    ("rocket_artillery", _p(r"(?:multiple|multi)[- ](?:launch )?rocket(?:s)?(?: \([A-Z]+\))?(?: launch(?:er"
        r"|ing))?(?: systems?| launchers?)?(?: \([A-Z]+\))?|rocket artillery|artillery rockets?|\bS?MLRS?\b|\bMRLS?\b"
        r"|rocket launchers?(?: systems?)?|multiple launch rocket(?: systems?)?|\d{3}[- ]?(?:mm"
        r"|millimet\w+)[^.;]{0,30}?(?:rockets?|launchers?|MRL)|(?:large-caliber|large-calibre"
        r"|super-large)(?: \w+){0,3} (?:rockets?|launchers?)")),
    ("ballistic", _p(r"(?:close-range |tactical |multiple |quasi-)*ballistic[- ](?:missiles?|projectiles?|rockets?"
        r"|flying objects?)|\bCRBMs?\b|ballistic(?= or)")),
    ("own", _p(r"(?:anti-ship|anti-aircraft|surface-to-air|air-to-(?:ground|surface|air|ship)|ground-to-(?:air|ship)"
        r"|surface-to-ship|ship-to-ship|anti-air|air[- ]defen[cs]e|anti-tank|land-to-sea|coast-to-ship"
        r"|shore-to-ship)(?: \w+){0,2}? (?:missiles?|rockets?)")),
    ("missile", _p(r"\bmissiles?\b")),
)  # fmt: skip
NOT_CLASS_BEFORE = _p(
    r"(?:\bnot (?:\w+ ){0,3}(?:be )?(?:an? )?|rather than (?:an? )?|instead of (?:an? )?|not using |\banti-"
    r"|denied (?:\w+ ){0,4}|capable of (?:\w+ ){0,4}|carry (?:\w+ )?|resolutions? [^.;]{0,80}|ban(?:s|ned"
    r"|ning)? [^.;]{0,60}|prohibit\w* [^.;]{0,60}|violat\w+ [^.;]{0,60}|develop\w*(?: of| an?| new| its"
    r"| of its)? (?:\w+ ){0,3}|(?:rule|ruled|ruling) out (?:\w+ ){0,3}|no sign (?:\w+ ){0,3}"
    r"|intercept\w* (?:\w+ ){0,2}|moratorium [^.;]{0,40}|nuclear and |using |deploy\w* (?:\w+ ){0,3}"
    r"|variant of (?:\w+ ){0,2}|future |different from [^.;]{0,30}|unlike [^.;]{0,40})$"
)
NOT_CLASS_AFTER = _p(
    r"^\s*(?:are|is|were) (?:not )?(?:banned|subject|prohibited)|^[- ]?(?:technolog|program|capab|engine|development"
    r"|arsenal|defen[cs]e|base|unit|force|moratorium|restriction|ban\b|transporter|launch(?:er|ing) (?:vehicle"
    r"|station)|submarine|component|threat|sales|deal)"
)

_PLACE = r"(?:[A-Z][\w’'‘-]*[a-z](?:[- ](?:ri|ni|dong|do|up|gun|myon|rodongjagu|[A-Z][a-z]\w*))*)"
_GENERIC = (
    r"(?:(?:(?:the )?(?:north|south)?(?:east|west|north|south|central)?(?:ern)?(?:most)? ?(?:coastal |port "
    r"|border |inland |mountainous |industrial |capital )*(?:county|town|city|cities|port|district|region|area|areas"
    r"|village|vicinity|island|peninsula|province|site|place|location|base|point|naval base|coast|waters|sea"
    r"|seas)(?: (?:of|called|named|in|near|around|off|close to))? )|the |its |their |an? |of |in |at |near |around |off |outside "
    r"|inside |waters |and |(?:north|south)?(?:east|west)(?:ern)? of |(?:north|south) of |(?:north|south)?(?:east"
    r"|west)ern |northern |southern |central |areas? |somewhere |close to |border |country['’]s "
    r"|what appeared to be )*"
)
AREA = re.compile(
    r"\b(?:(?:[Ff]rom|[Nn]ear|[Ii]n the vicinity of|[Aa]round|[Ii]n|[Aa]t|[Oo]ff|[Oo]ut of|[Oo]utside"
    r"|[Vv]icinity of)(?: both)?\s+(?:(?:an? |the )?(?:(?:un\w+|mobile|road-mobile"
    r"|transporter erector) )*(?:location|area|areas|place|site|somewhere|base|launcher|position|point|airfield"
    r"|airport|waters|sea|facility|test site|air ?base|launch (?:site|pad)s?)s? (?:in|near|at|around|off|of"
    r"|in the vicinity of|close to|outside|north\w* of|south\w* of|east of"
    rf"|west of) )?{_GENERIC}(?P<place>{_PLACE})(?P<poss>['’]s (?P<inner>{_PLACE})?)?(?P<tail>,? (?:and"
    rf"|or) (?:the other from |near |in |from |at )?(?P<second>{_PLACE}))?)"
)
DESCRIBED = re.compile(
    r"(?i)\bfrom (?:(?:an? |the |its |somewhere )?(?:\w+ )?(?:area|location|site|place|region|point|position)s? (?:in"
    r"|on|near|around|at|of) )?(?:the )?(?:(?:North Korea|the North|the country|DPRK)['’]s "
    r"|its )?(?P<place>(?:(?:north|south)?-?(?:east|west)(?:ern)?(?: coast(?:al)?(?: (?:area|region))?| region"
    r"| area| part| province)?|(?:north|south)ern (?:region|area|part|coast)|inland(?: areas?)?|(?:central"
    r"|northwest|northeast) (?:region|area|part|inland area)|east(?:ern)? coast|west(?:ern)? coast"
    r"|waters off [\w' ]{0,30}?coast))\b"
)
NOT_AREA = re.compile(
    r"^(?:(?:North|South|East|West|Northern|Southern|Central)$|North Korea\w*|South Korea\w*|Korea\w*|Japan\w*|The|It"
    r"|US|U\.S|United|China|Russia\w*|Seoul|Tokyo|Washington|Sea|East Sea|West Sea|Yellow|Pacific|(?:Mon|Tues"
    r"|Wednes|Thurs|Fri|Satur|Sun)day\w*|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|DPRK|ROK|Mach|JST|KST|Asia\w*|EEZ|Joint|KCNA|Kim|Hokkaido|Guam|Security|UN|Hwasong\w*"
    r"|Trump|Chinese|American|Korean|President|Prime|Minister|Defense|National|Air|ICBM|SRBM|Exclusive|Workers"
    r"|General|Friday|An|A|In|On|At|Both|Two|One|Three|Details|However|TEL|Busan|Vladivostok|Beijing|Moscow"
    r"|Singapore|Hanoi|Aomori|Hong|Panmunjom|Okinawa|Cape|Washington|New|Oshima|Noto|Niigata|Akita|Okushiri"
    r"|Wajima|Honshu|Tohoku|Ishikawa|Oki|Shimane)\b"
)

HINTS: Final = {
    "toward=sea_of_japan": ("east", "japan", "korea"), "toward=yellow_sea": ("west", "yellow"),
    "toward=pacific": ("pacific",), "toward=east_china_sea": ("east china",),
    "toward=other": ("island", "islet", "rock", "al"), "toward=inland": ("inland", "land"),
    "zone=outside_eez_jpn": ("economic", "eez"), "zone=inside_eez_jpn": ("economic", "eez"),
    "zone=inside_territorial_sea": ("territorial",), "zone=overflew_jpn": ("over", "above", "across", "through"),
    "zone=inland": ("territory", "soil", "land"),
    "shape=irregular": ("irregular", "pull", "pitch", "spiral", "double", "variable", "chang", "evasive", "skip",
        "jump", "unusual"),
    "shape=lofted": ("loft", "angle", "steep", "vertical", "maximum-altitude", "trajectory"),
    "shape=depressed": ("depressed", "trajectory"), "shape=glide": ("glid",), "shape=normal": ("trajectory", "angle"),
    "threat=no_immediate_threat": ("threat",), "threat=threat": ("threat",),
    "damage=none_reported": ("damage", "injur"), "damage=confirmed": ("damage",), "damage=unconfirmed": ("damage",),
    "outcome=failure": ("fail", "explo", "blew", "broke", "disintegrat", "malfunction", "crash", "unsuccess", "detonat"),
    "outcome=success": ("success",), "preparation_detected=true": ("prepar", "sign"),
    "hypersonic_glide": ("sonic", "hgv", "glid"), "cruise": ("cruise", "slcm"), "SLBM": ("ballistic", "slbm"),
    "ICBM": ("ballistic", "icbm"), "IRBM": ("ballistic", "irbm"), "MRBM": ("ballistic", "mrbm"),
    "SRBM": ("ballistic", "srbm"), "space_launch": ("satellite", "space", "carrier"),
    "rocket_artillery": ("rocket", "mlrs", "mrl", "launcher"), "ballistic": ("ballistic", "crbm"),
    "own": ("missile", "rocket"), "missile": ("missile",),
}  # fmt: skip
