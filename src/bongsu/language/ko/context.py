"""Korean: hedges, roles, parts of a country, who launched, what was shared, direct speech."""

import re

from bongsu.language.context import ContextTable

_NATION = r"북한|한국|일본|미국|중국|러시아|한미일|한·미·일|미·일|미일|한미|한·미|한일|한·일|우리|미|일"
TABLE = ContextTable(
    hedges=(
        ("possible", re.compile(r"가능성|수 있(?:는|다)")),
        ("suspected", re.compile(r"추정|으로 보이는|로 보이는|으로 보인다|로 보인다|로 보고|것으로 파악|로 판단")),
        ("likely", re.compile(r"것으로 추정|것으로 보")),
    ),
    gap=re.compile(r"[^.]{0,18}"),
    roles=(
        ("prime_minister", re.compile(r"총리(?!관저|실)")), ("chief_cabinet_secretary", re.compile(r"관방장관")),
        ("president", re.compile(r"대통령(?!실)")), ("presidential_office", re.compile(r"대통령실|청와대")),
        ("joint_chiefs", re.compile(r"합동참모본부|합참")),
        ("defense_minister", re.compile(r"방위상|국방상|국방부?장관")),
        ("foreign_ministry", re.compile(r"외무성|외교부")),
        ("indo_pacific_command", re.compile(r"인도·?태평양사령부|인태사령부")),
        ("kcna", re.compile(r"중앙통신|KCNA")),
    ),
    settings=(
        ("northwest", re.compile(r"북서부?|서북부?")), ("northeast", re.compile(r"북동부|동북부")),
        ("southwest", re.compile(r"남서부|서남부")),
        ("west_coast", re.compile(r"서해안")), ("inland", re.compile(r"내륙")),
        ("near_chn_border", re.compile(r"북·?중\s?(?:국경|접경)|중국(?:과의)?\s?(?:국경|접경)")),
    ),
    launcher=re.compile(rf"(?P<nation>{_NATION})(?:은|는|이|가|의)\s[^.]{{0,80}}?(?:발사|쏘|쐈|쏜)"),
    shared=re.compile(rf"(?P<to>(?:{_NATION})(?:(?:과|와|·|,|\s및)\s?(?:{_NATION}))*)(?:\s?(?:측|당국|정부"
    rf"|양국))?(?:과"
            rf"|와|에|에도|과도)?\s[^.]{{0,40}}?(?:정보|제원|자료|상황)[^.]{{0,14}}?공유"),
    nations=(
        ("prk", re.compile(r"북한")), ("kor", re.compile(r"한국|한미|한·|한일|우리")),
        ("jpn", re.compile(r"일본|·?일$|일\b|미일")),
        ("usa", re.compile(r"미국|미")), ("chn", re.compile(r"중국")), ("rus", re.compile(r"러시아")),
    ),
    quotation=re.compile(r"\"[^\"]{1,600}\"|“[^”]{1,600}”"),
    name_said=re.compile(r"(?!)(?P<name>)"),
    other_time=re.compile(r"지난달|지난주|지난해|작년|과거|(?:19|20)\d\d년"),
)  # fmt: skip
