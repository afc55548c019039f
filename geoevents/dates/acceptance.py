"""What only looks like a time: "may", "march on", "the second", "2024 model"?"""

from __future__ import annotations

import re

from geoevents.dates.reading import tail
from geoevents.dates.vocabulary import SPACE, WEEKDAYS

__all__ = [
    "always",
    "are_dates",
    "are_months",
    "are_years",
    "ends_before",
    "is_absolute_neighbor",
    "is_absolute_shift",
    "is_date",
    "is_month",
    "is_season",
    "is_weekday",
    "is_year",
]

_NAME_AFTER = re.compile(
    rf"(?:{SPACE}|-)(?:martyrs?|revolutionary|armed|liberation)?{SPACE}?(?:movement|alliance|coalition|brigades?|"
    r"battalion|group|bridge|street|avenue|square|city|university|hospital|airport|stadium|organi[sz]ation|"
    r"martyrs|regiment|division|district|neighbou?rhood|boulevard|camp|corps)\b",
    re.IGNORECASE,
)

_QUANTITY_AFTER = re.compile(
    rf"{SPACE}(?:people|persons|soldiers|troops|civilians|children|women|men|km|kilomet|miles?|met(?:er|re)s|"
    r"percent|per cent|others|houses|homes|families|tons|tonnes|dollars|members|police|fighters)|[ ]?%",
    re.IGNORECASE,
)

_IN_BEFORE = re.compile(rf"\bin{SPACE}\Z", re.IGNORECASE)

_LOWER_AFTER = re.compile(rf"{SPACE}(?!and\b|the\b|in\b|at\b|to\b|when\b|as\b|after\b)[a-z]{{3}}")


def _head(match: re.Match[str]) -> tuple[str, int, int]:
    return match.string, max(0, match.start() - 40), match.start()


def ends_before(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """Say whether the pattern fits what stands right before the match."""
    text, start, end = _head(match)
    return pattern.search(text[start:end]) is not None


def always(_match: re.Match[str]) -> bool:
    """Say yes to every match."""
    return True


def _is_month_word(word: str) -> bool:
    """Whether a word is written as a month is: "may", "march", "mar" and "dec" in small letters are not."""
    return word[0].isupper() or (len(word) > 3 and word.lower() not in {"may", "march"} and word[-1] != ".")


def is_date(match: re.Match[str]) -> bool:
    """Say whether a day and a month are a date: "may 5" is, "In May 20 people" is none."""
    if not _is_month_word(match["m"]) or _NAME_AFTER.match(*tail(match)):
        return False
    if match["yy"] and not _is_short_year(match):
        return False
    if match["y"] or match["yy"]:
        return True
    if _QUANTITY_AFTER.match(*tail(match)):
        return False
    # "In May 20 people were killed": the figure is not the day.
    month_first = match.start("m") < match.start("d")
    return not (month_first and ends_before(_IN_BEFORE, match) and _LOWER_AFTER.match(*tail(match)))


_CLOSED_AFTER = re.compile(r"\s{0,3}(?:\(|--|[—–,.;\]]|\Z|\n)")


def _is_short_year(match: re.Match[str]) -> bool:
    if match.string[match.start("yy") - 1] == "'":
        return True
    is_wire = match["m"].isupper() and len(match["m"]) <= 4 and int(match["yy"]) > 31
    return is_wire or (match["m"].isupper() and _CLOSED_AFTER.match(*tail(match)) is not None)


_BETWEEN_BEFORE = re.compile(rf"\bbetween{SPACE}(?:the{SPACE})?\Z", re.IGNORECASE)

_ON_BEFORE = re.compile(rf"\b(?:on|of|from){SPACE}(?:the{SPACE})?\Z", re.IGNORECASE)


def are_dates(match: re.Match[str]) -> bool:
    """Say whether two days are a range of dates."""
    is_pair = match["link"].strip().lower() == "and"
    # "on Jan. 5 and 6." is two days; in "on Jan. 5 and 6 others died" the second figure is no day.
    is_closed = _END_AFTER.match(*tail(match)) is not None
    if match.start("m") > match.start("d2"):
        is_closed = ends_before(_ON_BEFORE, match)
    if is_pair and not (is_closed or ends_before(_BETWEEN_BEFORE, match)):
        return False
    months = [match["m"], match["m2"] or match["m"]]
    return all(map(_is_month_word, months)) and not (match["yy"] and not _is_short_year(match))


_FROM_BEFORE = re.compile(rf"\b(?:from|between|in|of){SPACE}\Z", re.IGNORECASE)


def are_months(match: re.Match[str]) -> bool:
    """Say whether two months are a range."""
    is_pair = match["link"].strip().lower() == "and"
    before = _BETWEEN_BEFORE if is_pair else _FROM_BEFORE
    is_written = match["m"][0].isupper() and match["m2"][0].isupper() and not match["yy"]
    return is_written and (ends_before(before, match) or (match["y"] is not None and not is_pair))


_MONTH_CUE = re.compile(
    rf"\b(?:in|since|until|till|by|from|before|after|of|during|through|between|for|late|early|mid|and|or|to|as)"
    rf"{SPACE}?(?:the{SPACE}month{SPACE}of{SPACE})?\Z",
    re.IGNORECASE,
)

_NOT_MONTH_AFTER = re.compile(
    rf"{SPACE}(?:\d|on\b|to\b|into\b|towards?\b|through\b|against\b|by\b|past\b)|-\w"
)

_NAME_BEFORE = re.compile(
    r"(?<![.!?\n])[ ]?\b(?!In\b|By\b|On\b|Since\b|From\b|Until\b|The\b)[A-Z][a-z]{1,20}[ ]\Z"
)

_WORD_AFTER = re.compile(rf"{SPACE}[A-Za-z]")


def is_month(match: re.Match[str]) -> bool:
    """Say whether a month's name is meant as one: not "may", "march on" or a person named May."""
    word = match["m"].rstrip(".")
    if not word[0].isupper() or _NAME_AFTER.match(*tail(match)):
        return False
    if match["y"] or match["yy"] or match["rel"] or match["part"]:
        return True
    if ends_before(_MONTH_CUE, match):
        # In capitals "TO MARCH" is a verb.
        return word not in {"MAY", "MARCH"} or not ends_before(_VERBAL_CUE, match)
    return _is_lone_month(word, match)


def _is_lone_month(word: str, match: re.Match[str]) -> bool:
    """Whether a month without year or preposition is one: "Mar", "Dec" and a person named May are not."""
    if len(word) == 3 and word.lower() != "may":
        return False
    if ends_before(_NAME_BEFORE, match) or _NOT_MONTH_AFTER.match(*tail(match)):
        return False
    return word.lower() not in _MONTH_LIKE_NAMES or _NAME_GOES_ON.match(*tail(match)) is None


_MONTH_LIKE_NAMES = frozenset({"may", "march", "august", "april", "june"})

_NAME_GOES_ON = re.compile(rf"{SPACE}[A-Za-z]|['’]s\b")

_VERBAL_CUE = re.compile(rf"\b(?:to|and|or|as|for){SPACE}\Z", re.IGNORECASE)

_YEAR_CUE = re.compile(
    rf"\b(?:in|since|until|till|by|from|before|after|of|during|through|throughout|between|late|early|mid|around|"
    rf"circa|about|and|year|spring|summer|autumn|fall|winter|back{SPACE}in){SPACE}?\Z",
    re.IGNORECASE,
)

_DETERMINED = re.compile(rf"(?:\b(?:the|a|an|its|their|his|her)|['’]s){SPACE}\Z", re.IGNORECASE)

_NO_YEAR_BEFORE = re.compile(
    r"(?:©|\(c\)|copyright|resolution|no\.|number|route|highway|flight|unit|article|law|decree|room|order|fm|"
    r"model|boeing|km|usc|act|[$€£#/.:+-])\s{0,3}\Z",
    re.IGNORECASE,
)

_PRODUCT_AFTER = re.compile(
    rf"(?:{SPACE}|-)(?:model|edition|version|toyota|ford|nissan|honda|mercedes|kia|hyundai|mitsubishi|isuzu|land{SPACE}"
    r"|calib|series|hours?\b|gmt|local|utc|est\b|meters|metres|feet|pages)|[ ]?%|[-–/.:,]\d",
    re.IGNORECASE,
)

_NOUN_AFTER = re.compile(
    rf"{SPACE}(?!was\b|has\b|is\b|as\b|his\b|its\b|this\b|us\b|rebels\b|clashes\b|forces\b|police\b|protests\b|"
    r"troops\b|terrorists\b|insurgents\b)(?:[a-z]{2,16}s\b|people|men\b|women|children|police|km\b)"
)

_END_AFTER = re.compile(r"[ ]{0,2}(?:[,.;:)\]!?]|[-–—]\s|\Z|\n)")

_LIST_BEFORE = re.compile(r"(?:[(,]|\A|\n)[ ]{0,2}\Z")


def is_year(match: re.Match[str]) -> bool:
    """Say whether four digits are a year: not a model, a resolution or a number of things."""
    if ends_before(_NO_YEAR_BEFORE, match) or _PRODUCT_AFTER.match(*tail(match)):
        return False
    if match["part"]:
        return True
    if ends_before(_YEAR_CUE, match):
        return _NOUN_AFTER.match(*tail(match)) is None
    if ends_before(_DETERMINED, match):
        return _WORD_AFTER.match(*tail(match)) is not None
    return ends_before(_LIST_BEFORE, match) and _END_AFTER.match(*tail(match)) is not None


def are_years(match: re.Match[str]) -> bool:
    """Say whether two years are a range."""
    last = match["y2"]
    is_list = re.search(r"\sand\s", match.group(), re.IGNORECASE) is not None
    if is_list and not ends_before(_BETWEEN_BEFORE, match):
        return False
    if len(last) == 2 and int(last) <= int(match["y"]) % 100:
        return False
    return not (ends_before(_NO_YEAR_BEFORE, match) or _PRODUCT_AFTER.match(*tail(match)))


_NAMED_WEEKDAY = re.compile(
    r"\b(?:bloody|black|good|easter|palm|ash|holy|shrove|maundy|super|cyber|whit|spy|man|girl|a|an)[ ]\Z",
    re.IGNORECASE,
)

_PAPER_AFTER = re.compile(
    rf"{SPACE}(?:Times|Telegraph|Mirror|Express|Mail|Independent|Herald|Post|Tribune|school|Review|Morning{SPACE}Herald)\b"
)


def is_weekday(match: re.Match[str]) -> bool:
    """Say whether it is a day of the week: not "Black Friday", "Man Friday" or a newspaper's name."""
    word = match["w"]
    if not word[0].isupper() and word not in WEEKDAYS:
        return False
    return not (ends_before(_NAMED_WEEKDAY, match) or _PAPER_AFTER.match(*tail(match)))


def is_season(match: re.Match[str]) -> bool:
    """Say whether "fall" is the season."""
    if match["season"].lower() != "fall" or match["y"]:
        return True
    return bool(match["rel"]) or match.group().lower().startswith("in")


_RESULT_AFTER = re.compile(
    rf"{SPACE}(?!(?:in|at|on|near|by|when|as|but|and|while|from|after|with)\b)\w", re.IGNORECASE
)


def is_absolute_shift(match: re.Match[str]) -> bool:
    """Whether nothing follows that it is counted from: not "two days before the vote"."""
    if match["way"].lower() in {"earlier", "later", "previously", "afterwards", "afterward"}:
        return True
    return _RESULT_AFTER.match(*tail(match)) is None


def is_absolute_neighbor(match: re.Match[str]) -> bool:
    """Say whether nothing follows that it is counted from: not "the day before the vote"."""
    if not match["way2"]:
        return True
    return _RESULT_AFTER.match(*tail(match)) is None
