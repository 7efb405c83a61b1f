"""Japanese: hedges, roles, parts of a country, who launched, what was shared, direct speech."""

import re

from bongsu.language.context import ContextTable

_NATION = r"北朝鮮|韓国|日本|米国|アメリカ|中国|ロシア|日米韓|日米|米韓|日韓|日|米|韓"
TABLE = ContextTable(
    hedges=(
        ("possible", re.compile(r"可能性(?:が|の|も)|かもしれない|おそれ")),
        ("suspected", re.compile(r"とみられる|と見られる|とみられて|と推定される|と思われる|とみて|と推定")),
        ("likely", re.compile(r"ものとみられ|と推定して")),
    ),
    gap=re.compile(r"[^。]{0,18}"),
    roles=(
        ("prime_minister", re.compile(r"首相(?!官邸)|総理")), ("chief_cabinet_secretary", re.compile(r"官房長官")),
        ("president", re.compile(r"大統領(?!府)")), ("presidential_office", re.compile(r"大統領府")),
        ("joint_chiefs", re.compile(r"参謀本部|合参")),
        ("defense_minister", re.compile(r"防衛(?:相|大臣)|国防(?:相|長官)")),
        ("foreign_ministry", re.compile(r"外務省")), ("indo_pacific_command", re.compile(r"インド太平洋軍")),
        ("kcna", re.compile(r"朝鮮中央通信|KCNA")),
    ),
    settings=(
        ("northwest", re.compile(r"北西")), ("northeast", re.compile(r"北東部")), ("southwest", re.compile(r"南西部")),
        ("west_coast", re.compile(r"西岸|西海岸")), ("inland", re.compile(r"内陸")),
        ("near_chn_border", re.compile(r"中朝国境|中国(?:との)?国境|国境に近い")),
    ),
    launcher=re.compile(rf"(?P<nation>{_NATION})(?:は|が|から|による|の)[^。]{{0,70}}?(?:発射|打ち上げ|撃)"),
    shared=re.compile(rf"(?P<to>(?:{_NATION})(?:(?:や|と|、|・|および)(?:{_NATION}))*)(?:側|政府|当局|両国)?(?:と"
            rf"|に)[^。]{{0,24}}?(?:情報|データ)[^。]{{0,12}}?共有"),
    nations=(
        ("prk", re.compile(r"北朝鮮")), ("kor", re.compile(r"韓")), ("jpn", re.compile(r"日")),
        ("usa", re.compile(r"米|アメリカ")),
        ("chn", re.compile(r"中国")), ("rus", re.compile(r"ロシア")),
    ),
    quotation=re.compile(r"「[^」]{1,600}」|『[^』]{1,600}』|“[^”]{1,600}”"),
    name_said=re.compile(r"(?!)(?P<name>)"),
    other_time=re.compile(r"先月|先週|昨年|以前|かつて|(?:19|20)\d\d年"),
)  # fmt: skip
