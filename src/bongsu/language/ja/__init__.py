"""The Japanese grammar."""

from bongsu.language.grammar import Grammar
from bongsu.language.ja import launches, speakers, words

GRAMMAR = Grammar(
    lang="ja",
    is_head_final=True,
    speakers=speakers.TABLE,
    launches=launches.TABLE,
    measures=words.MEASURES,
    times=words.TIMES,
    classes=words.CLASSES,
    not_class_before=words.NOT_CLASS_BEFORE,
    not_class_after=words.NOT_CLASS_AFTER,
    hints={},
    values=words.VALUES,
    vetoes=words.VETOES,
    vetoes_after=words.VETOES_AFTER,
    area=words.AREA,
    area_described=words.DESCRIBED,
    not_area=words.NOT_AREA,
    numerals={"単": 1},
    months={},
    weekdays=words.WEEKDAYS,
)
