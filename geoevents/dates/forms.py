"""In which forms is a time written, and where do they stand in a text?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass

from geoevents.dates.acceptance import (
    always,
    are_dates,
    are_months,
    are_years,
    ends_before,
    is_absolute_neighbor,
    is_absolute_shift,
    is_date,
    is_month,
    is_season,
    is_weekday,
    is_year,
)
from geoevents.dates.fixed import (
    read_date,
    read_dates,
    read_decade,
    read_iso,
    read_month,
    read_month_of,
    read_months,
    read_season,
    read_slashed,
    read_year,
    read_years,
)
from geoevents.dates.reading import Clock, Reading
from geoevents.dates.relative import (
    HOLIDAYS,
    no_single_day,
    read_ago,
    read_deictic,
    read_event_bound,
    read_holiday,
    read_neighbor,
    read_overnight,
    read_period,
    read_shift,
    read_stretch,
    read_vague,
    read_weekday,
    read_weekdays,
    read_weekend,
)
from geoevents.dates.vocabulary import (
    ANY_WEEKDAY,
    COUNT,
    DASH,
    DATE_WEEKDAY,
    DAY_NUMBER,
    EARLY,
    FEW,
    LINK,
    MONTH,
    NOT_IN_NUMBER,
    ORDINAL,
    PART_AFTER,
    PART_OF,
    REL,
    SPACE,
    UNIT,
    WEEKDAY,
    YEAR,
    YEAR_AFTER,
)

__all__ = ["FORMS", "Form"]


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing a time, and how it is read; `accepts` turns down what only looks like it.

    A text is searched for it only around its `cues`, kinds of words of which it always has one, and
    only where what it `needs` stands beside them: kinds of which it always has each, twice where one
    is named twice.
    """

    pattern: str
    cues: frozenset[str]
    read: Callable[[re.Match[str], Clock], Reading]
    _: KW_ONLY
    accepts: Callable[[re.Match[str]], bool]
    needs: tuple[str, ...] = ()


def _form(
    pattern: str,
    read: Callable[[re.Match[str], Clock], Reading],
    accepts: Callable[[re.Match[str]], bool] = always,
    *,
    cues: str,
    needs: str = "",
) -> Form:
    return Form(pattern, frozenset(cues.split()), read, accepts=accepts, needs=tuple(needs.split()))


FORMS = (
    _form(
        rf"{NOT_IN_NUMBER}{DATE_WEEKDAY}(?P<m>{MONTH}){SPACE}(?P<d>{DAY_NUMBER}){ORDINAL}{LINK}"
        rf"(?:{ANY_WEEKDAY},?{SPACE})?(?:(?P<m2>{MONTH}){SPACE})?(?P<d2>{DAY_NUMBER}){ORDINAL}{YEAR_AFTER}?",
        read_dates,
        are_dates,
        cues="month",
        needs="figure figure",
    ),
    _form(
        rf"{NOT_IN_NUMBER}(?P<d>{DAY_NUMBER}){ORDINAL}(?:{SPACE}(?P<m>{MONTH})){LINK}(?P<d2>{DAY_NUMBER}){ORDINAL}"
        rf"{SPACE}(?P<m2>{MONTH}){YEAR_AFTER}?",
        read_dates,
        are_dates,
        cues="month",
        needs="figure figure month month",
    ),
    _form(
        rf"{NOT_IN_NUMBER}(?P<d>{DAY_NUMBER}){ORDINAL}{LINK}(?P<d2>{DAY_NUMBER}){ORDINAL}{SPACE}(?:of{SPACE})?"
        rf"(?P<m>(?P<m2>{MONTH})){YEAR_AFTER}?",
        read_dates,
        are_dates,
        cues="month",
        needs="figure figure",
    ),
    _form(
        rf"{DATE_WEEKDAY}(?P<m>{MONTH}){SPACE}(?:the{SPACE})?(?P<d>{DAY_NUMBER}){ORDINAL}(?![.,:/-]?\d)"
        rf"{YEAR_AFTER}?",
        read_date,
        is_date,
        cues="month",
        needs="figure",
    ),
    _form(
        rf"{NOT_IN_NUMBER}{DATE_WEEKDAY}(?P<d>{DAY_NUMBER}){ORDINAL}(?:{SPACE}|-)(?:of{SPACE})?(?P<m>{MONTH})"
        rf"{YEAR_AFTER}?",
        read_date,
        is_date,
        cues="month",
        needs="figure",
    ),
    _form(
        rf"{ANY_WEEKDAY}{SPACE}?\((?:(?P<d>{DAY_NUMBER}){ORDINAL}{SPACE}(?P<m>{MONTH})){YEAR_AFTER}?\)",
        read_date,
        cues="month",
        needs="figure weekday",
    ),
    _form(
        rf"{ANY_WEEKDAY}{SPACE}?\((?P<m>{MONTH}){SPACE}(?P<d>{DAY_NUMBER}){ORDINAL}{YEAR_AFTER}?\)",
        read_date,
        cues="month",
        needs="figure weekday",
    ),
    _form(
        rf"{NOT_IN_NUMBER}(?P<y>{YEAR})(?P<mark>[-/.])(?P<m>1[0-2]|0[1-9])(?P=mark)(?P<d>3[01]|[12]\d|0[1-9])"
        rf"(?:T\d\d:\d\d[\d:.]{{0,10}}(?:Z|[+-]\d\d:?\d\d)?)?",
        read_iso,
        cues="year",
    ),
    _form(
        rf"{NOT_IN_NUMBER}(?:(?P<w>{ANY_WEEKDAY}),?{SPACE})?(?P<a>\d{{1,2}})(?P<mark>[/.])(?P<b>\d{{1,2}})(?P=mark)(?P<y>{YEAR})",
        read_slashed,
        cues="year",
    ),
    _form(
        rf"(?P<m>{MONTH})(?:{SPACE}(?P<d>{DAY_NUMBER}){ORDINAL})?,?{SPACE}(?:of{SPACE})?(?P<rel>last|this|next){SPACE}year",
        read_month_of,
        lambda m: m["m"][0].isupper(),
        cues="month",
        needs="relative unit",
    ),
    _form(
        rf"{PART_OF}(?:{REL}{SPACE})?(?P<m>{MONTH})(?:(?:{SPACE}of)?,?{SPACE}(?:(?P<y>1\d\d\d|20\d\d)(?![\d,]\d)\b|['’](?P<yy>\d\d)\b))?",
        read_month,
        is_month,
        cues="month",
    ),
    _form(
        rf"(?P<m>{MONTH}){LINK}(?P<m2>{MONTH})(?:(?:{SPACE}of)?{YEAR_AFTER})?",
        read_months,
        are_months,
        cues="month",
        needs="month month",
    ),
    _form(rf"{PART_OF}(?P<y>{YEAR})", read_year, is_year, cues="year"),
    _form(
        rf"{NOT_IN_NUMBER}(?P<y>{YEAR})(?:[-–/]|{SPACE}(?:to|and|until|through){SPACE})(?P<y2>{YEAR}|\d\d)(?![\d-])",
        read_years,
        are_years,
        cues="year",
        needs="figure figure",
    ),
    _form(
        rf"(?:the{SPACE})?(?:(?P<part>early|late|mid)(?:{SPACE}|-))?(?P<y>(?:1[89]|20)\d0)['’]?s",
        read_decade,
        cues="year",
    ),
    _form(
        rf"(?:(?P<rel>last|this|next){SPACE}|(?:in|since|until|by|during|over|of|late|early|mid){SPACE}(?:the{SPACE})?"
        rf"(?:(?:late|early|mid){SPACE})?|(?=(?:spring|summer|autumn|fall|winter)(?:{SPACE}of)?{SPACE}{YEAR}))"
        rf"(?P<season>spring|summer|autumn|fall|winter)(?!{SPACE}(?:of{SPACE}(?!{YEAR}|last|this|next)|offensive|camp|water))"
        rf"(?:(?:{SPACE}of)?{SPACE}(?:(?P<y>{YEAR})|(?P<rel2>last|this|next){SPACE}year))?",
        read_season,
        is_season,
        cues="season year",
        needs="season",
    ),
    _form(
        rf"(?:{EARLY}(?:{SPACE}on)?(?:{SPACE}|-))?(?:(?P<rel>last|this|next|past|coming|(?<=the\s)(?:previous|following)){SPACE})?(?P<w>{WEEKDAY})"
        rf"(?:,?{SPACE}(?:of{SPACE})?(?P<week>last|this|next){SPACE}week)?(?:{SPACE}{PART_AFTER})?",
        read_weekday,
        is_weekday,
        cues="weekday",
    ),
    _form(
        rf"(?P<w>{WEEKDAY})(?:{DASH}|(?:{SPACE}(?:night|evening|morning|afternoon))?{SPACE}(?:to|through|until|and)"
        rf"(?=[^.\n]{{0,20}}day){SPACE}(?:early{SPACE})?)(?P<w2>{WEEKDAY})(?:{SPACE}{PART_AFTER})?",
        read_weekdays,
        lambda m: (
            not re.search(r"\sand\s", m.group(), re.IGNORECASE)
            or ends_before(re.compile(rf"\bbetween{SPACE}\Z", re.IGNORECASE), m)
        ),
        cues="weekday",
        needs="weekday weekday",
    ),
    _form(
        rf"overnight{SPACE}(?:from{SPACE})?(?:(?P<w>{WEEKDAY}){SPACE})?(?:in)?to{SPACE}(?:early{SPACE})?(?P<w2>{WEEKDAY})(?:{SPACE}{PART_AFTER})?",
        read_weekdays,
        cues="weekday",
        needs="overnight",
    ),
    _form(
        rf"(?P<week>last|this|next){SPACE}week,?{SPACE}(?:on{SPACE})?(?P<rel>)(?P<w>{WEEKDAY})(?:{SPACE}{PART_AFTER})?",
        read_weekday,
        cues="weekday",
        needs="relative unit",
    ),
    _form(rf"(?:every|each|an?|some|most){SPACE}(?:other{SPACE})?{WEEKDAY}", no_single_day, cues="weekday"),
    _form(
        rf"(?:earlier{SPACE}|later{SPACE}|early{SPACE}|late{SPACE})?(?P<word>today|tonight|this{SPACE}(?:morning|afternoon|evening)|"
        rf"yesterday|last{SPACE}(?:night|evening)|the{SPACE}day{SPACE}(?:before{SPACE}yesterday|after{SPACE}tomorrow)|tomorrow)"
        rf"(?:{SPACE}{PART_AFTER})?",
        read_deictic,
        cues="today",
    ),
    _form(rf"overnight(?!{SPACE}(?:on|from|between){SPACE})", read_overnight, cues="overnight"),
    _form(
        rf"(?:(?P<rel>last|this|next){SPACE})?(?P<name>{'|'.join(sorted(HOLIDAYS, reverse=True)).replace(' ', SPACE)})"
        rf"(?:,?{SPACE}(?P<y>{YEAR}))?",
        read_holiday,
        lambda m: m["name"][0].isupper(),
        cues="holiday",
    ),
    _form(rf"(?:the|{REL}){SPACE}(?:past{SPACE})?weekend(?!{SPACE}of\b)", read_weekend, cues="weekend"),
    _form(
        rf"(?:(?P<part>early|late|earlier|later|mid){SPACE})?(?:the{SPACE})?(?P<rel>last|this|next|coming){SPACE}"
        rf"(?P<unit>week|month|year)(?!{SPACE}(?:of|ago)\b)",
        read_period,
        cues="unit",
        needs="relative",
    ),
    _form(
        rf"(?:the{SPACE})?(?P<part>end|beginning|start|middle){SPACE}of{SPACE}(?:the|(?P<rel>last|this|next)){SPACE}"
        rf"(?P<unit>week|month|year)",
        read_period,
        cues="unit",
        needs="end",
    ),
    _form(
        rf"(?:the|these|this){SPACE}(?:past|last){SPACE}(?:(?P<n>{COUNT}){SPACE})?(?P<unit>{UNIT})s?(?!{SPACE}of\b)",
        read_stretch,
        cues="unit",
        needs="relative",
    ),
    _form(
        rf"(?:(?:more{SPACE}than|about|nearly|almost|around|some|over|just|roughly){SPACE})?(?P<n>{COUNT}){SPACE}"
        rf"(?P<unit>{UNIT})s?{SPACE}ago(?:,?{SPACE}(?:on{SPACE})?(?P<w>{WEEKDAY}))?",
        read_ago,
        cues="unit",
        needs="ago",
    ),
    _form(
        rf"(?P<n>{COUNT}){SPACE}(?P<unit>{UNIT})s?{SPACE}(?P<way>earlier|later|before|after|previously|afterwards?|prior)",
        read_shift,
        is_absolute_shift,
        cues="unit",
        needs="order",
    ),
    _form(
        rf"{COUNT}{SPACE}{UNIT}s?{SPACE}(?:before|after|prior{SPACE}to)(?={SPACE}(?:the|a|an|his|her|its|their)\b)",
        read_event_bound,
        cues="unit",
        needs="order",
    ),
    _form(
        rf"(?:on{SPACE})?(?:(?P<way>the{SPACE}(?:previous|preceding|following|next|same)|that(?:{SPACE}same)?){SPACE}(?P<unit>day|night|morning|"
        rf"afternoon|evening|week|month|year)|the{SPACE}(?P<unit2>day|night|week|month|year){SPACE}(?P<way2>before|after))",
        read_neighbor,
        is_absolute_neighbor,
        cues="unit morning",
    ),
    _form(
        rf"the{SPACE}(?:day|night|week|month|year){SPACE}(?:before|after)(?={SPACE}(?:the|a|an|his|her|its|their)\b)",
        read_event_bound,
        cues="unit",
        needs="order",
    ),
    _form(
        rf"half{SPACE}an?{SPACE}{UNIT}{SPACE}ago|{COUNT}{SPACE}{UNIT}s?{SPACE}and{SPACE}a{SPACE}half{SPACE}ago|the{SPACE}other{SPACE}day|(?:{FEW}{SPACE}|just{SPACE})?(?:minute|hour|day|week|month|year|decade|centurie)s{SPACE}(?:ago|earlier|later|before)|"
        rf"(?:long|some{SPACE}time){SPACE}ago|(?:in|over|during){SPACE}(?:the{SPACE})?(?:recent|coming|past|last)"
        rf"{SPACE}(?:few{SPACE})?(?:hours|days|weeks|months|years|decades)|"
        rf"recently",
        read_vague,
        cues="unit vague",
        needs="indefinite",
    ),
)
