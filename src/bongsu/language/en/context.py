"""English: hedges, roles, parts of a country, who launched, what was shared, direct speech."""

import re

from bongsu.language.context import ContextTable

_I = re.IGNORECASE
_NATION = (
    r"North Korea|DPRK|Pyongyang|South Korea|ROK|Seoul|Japan|Tokyo|United States|U\.S\.?|US\b|Washington|China|Russia"
)
TABLE = ContextTable(
    hedges=(
        ("suspected", re.compile(r"\b(?:suspected|presumed|apparent|believed to (?:be|have been)"
            r"|thought to (?:be|have been))\b", _I)),
        ("likely", re.compile(r"\b(?:likely|probably|probable|appear(?:s|ed)? to (?:be|have)(?: been)?"
            r"|seem(?:s|ed)? to (?:be|have)(?: been)?|estimated to have|believed to have)\b", _I)),
        ("possible", re.compile(r"\b(?:possibl[ey]|(?:what )?(?:could|may|might) (?:be|have)(?: been)?)\b", _I)),
    ),
    gap=re.compile(r"\s*(?:(?:an?|the|one|two|three|new|type|of|fallen|fell|landed|land|come|down|in|was"
            r"|flown|flew|fired|been|at|least)\b\s*){0,4}", _I),
    roles=(
        ("prime_minister", re.compile(r"prime minister|\bPM\b|Takaichi|Ishiba|Kishida|Suga\b|Abe\b", _I)),
        ("chief_cabinet_secretary", re.compile(r"chief cabinet secretary|Kihara|Matsuno|Hayashi", _I)),
        ("president", re.compile(r"\bpresident\b(?!ial)", _I)),
        ("presidential_office", re.compile(r"presidential (?:office|Blue House)|Blue House|Cheong", _I)),
        ("joint_chiefs", re.compile(r"Joint Chiefs|\bJCS\b")),
        ("defense_minister", re.compile(r"defen[cs]e minister", _I)),
        ("foreign_ministry", re.compile(r"foreign ministry", _I)),
        ("indo_pacific_command", re.compile(r"Indo-?Pacific Command|INDO-?PACOM", _I)),
        ("kcna", re.compile(r"KCNA|Korean Central News Agency")),
    ),
    settings=(
        ("northwest", re.compile(r"north-?west", _I)),
        ("northeast", re.compile(r"north-?east(?:ern)? (?:region|part|area|province)", _I)),
        ("southwest", re.compile(r"south-?west", _I)), ("west_coast", re.compile(r"\bwest(?:ern)? coast", _I)),
        ("inland", re.compile(r"\binland", _I)),
        ("near_chn_border", re.compile(r"(?:near|close to|along|by|bordering) (?:the |its )?(?:Chinese border"
            r"|border with China|China(?!'s (?:sea|coast)))|near (?:the )?(?:North Korea-)?China border", _I)),
    ),
    launcher=re.compile(rf"\b(?P<nation>{_NATION})(?:['’]s)?(?: (?:on \w+day|has|had|have|also|again|said it"
            rf"|said it had|early|late|test-?|reportedly)){{0,3}} (?:fir(?:ed|ing)|launch(?:ed|es)?"
            rf"|test-?fired|test-?launched|shot|lobbed)\b"),
    shared=re.compile(rf"(?:(?:information|data|details|intelligence|analysis)\b[^.;]{{0,40}}?\b(?:was|were"
            rf"|been|being|is|are) (?:\w+ )?shared|shar(?:ed|ing|es) (?:\w+ ){{0,4}}(?:information|data"
            rf"|details|intelligence"
            rf"|analysis))\b[^.;]{{0,30}}?\bwith (?P<to>(?:the )?(?:{_NATION})(?:[^.,;]{{0,30}}(?:{_NATION}))?)"),
    nations=(
        ("prk", re.compile(r"North Korea|DPRK|Pyongyang")), ("kor", re.compile(r"South Korea|ROK|Seoul")),
        ("jpn", re.compile(r"Japan|Tokyo")),
        ("usa", re.compile(r"United States|U\.S|US\b|Washington")), ("chn", re.compile(r"China")),
        ("rus", re.compile(r"Russia")),
    ),
    quotation=re.compile(r"\"[^\"]{1,900}\"|“[^”]{1,900}”"),
    name_said=re.compile(r"(?:^|[\u00b7\s,.])(?P<name>[A-Z][\w-]+) (?:said|added|warned|told reporters"
            r"|declared|stressed)\b"),
    other_time=re.compile(r"\bpreviously\b|\blast (?:week|month|year)\b|\b(?:19|20)\d\d\b"
            r"|\bearlier this (?:week|month|year)\b|\b(?:weeks|months|years) ago\b", _I),
)  # fmt: skip
