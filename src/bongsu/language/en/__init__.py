"""The English grammar."""

from bongsu.language.en import launches, measures, speakers, values
from bongsu.language.grammar import Grammar
from bongsu.language.numerals import EN

GRAMMAR = Grammar(
    lang="en",
    is_head_final=False,
    speakers=speakers.TABLE,
    launches=launches.TABLE,
    measures=measures.MEASURES,
    times=measures.TIMES,
    classes=values.CLASSES,
    not_class_before=values.NOT_CLASS_BEFORE,
    not_class_after=values.NOT_CLASS_AFTER,
    hints=values.HINTS,
    values=values.VALUES,
    vetoes=values.VETOES,
    vetoes_after=values.VETOES_AFTER,
    area=values.AREA,
    area_described=values.DESCRIBED,
    not_area=values.NOT_AREA,
    numerals=EN,
    months=measures.MONTHS,
    weekdays=measures.WEEKDAYS,
)
