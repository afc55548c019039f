"""With which words and figures is a time written?

Pieces of patterns; `SPACE` is white space that stays within a paragraph.
"""

from __future__ import annotations

__all__ = [
    "ANY_WEEKDAY",
    "COUNT",
    "DASH",
    "DATE_WEEKDAY",
    "DAY_NUMBER",
    "EARLY",
    "FEW",
    "LINK",
    "MONTH",
    "MONTHS",
    "NOT_IN_NUMBER",
    "ORDINAL",
    "PART",
    "PART_AFTER",
    "PART_OF",
    "REL",
    "SPACE",
    "UNIT",
    "WEEKDAY",
    "WEEKDAYS",
    "YEAR",
    "YEAR_AFTER",
    "count_of",
    "month_number",
    "weekday_number",
]

# White space that stays within a paragraph: wires wrap their lines.
SPACE = r"(?:[ \t\u00a0]{1,3}|[ \t]{0,3}\r?\n[ \t]{0,4})"

DASH = r"[ ]?[-–—][ ]?"

MONTHS = tuple(
    "january february march april may june july august september october november december".split()
)

WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())

MONTH = rf"(?:(?:{'|'.join(MONTHS)})\b|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"

WEEKDAY = rf"(?:(?:{'|'.join(WEEKDAYS)})\b|(?:tues|weds|thurs?)\b\.?)"

# The short forms are read only beside a date: "Sun", "sat" and "we" are words.
ANY_WEEKDAY = rf"(?:(?:{'|'.join(WEEKDAYS)})\b|(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\b\.?)"

DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])"

ORDINAL = r"(?:st|nd|rd|th)?"

YEAR = r"(?:1[89]\d\d|20\d\d)"

YEAR_AFTER = rf"(?:(?:,?{SPACE}|-)(?P<y>1\d\d\d|20\d\d)(?![\d,]\d)\b|{SPACE}'?(?P<yy>\d\d)\b)"

_WORD_NUMBERS = {
    word: number
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty""".split()
    )
} | {"a": 1, "an": 1, "a couple of": 2, "thirty": 30, "forty": 40, "fifty": 50}

COUNT = rf"(?:\d{{1,3}}|a{SPACE}couple{SPACE}of|{'|'.join(sorted(_WORD_NUMBERS, key=len, reverse=True)[1:])})"

FEW = rf"(?:(?:a{SPACE})?few|several|some|many|dozens{SPACE}of|hundreds{SPACE}of)"

UNIT = r"(?:minute|hour|day|night|week|fortnight|month|year|decade)"

PART = r"(?:dawn|daybreak|midday|noon|midnight|mid-?morning|mid-?afternoon|sunrise|sunset|dusk)"

PART_AFTER = r"(?:morning|afternoon|evening|night|overnight|midday|noon|lunchtime|midnight|dawn|dusk)"

EARLY = rf"(?:early|late|later|earlier|mid|{PART}|overnight)"


def month_number(word: str) -> int:
    """Return 1 for "Jan."."""
    key = word.lower()[:3]
    return next(number for number, name in enumerate(MONTHS, start=1) if name.startswith(key))


def weekday_number(word: str) -> int:
    """Return 0 for "Mon"."""
    key = word.lower()[:3]
    return next(number for number, name in enumerate(WEEKDAYS) if name.startswith(key))


def count_of(word: str) -> int:
    """Return the number that a figure or a word means."""
    key = " ".join(word.lower().split())
    return int(key) if key.isdigit() else _WORD_NUMBERS[key]


NOT_IN_NUMBER = r"(?<![\d][.,:/-])"

DATE_WEEKDAY = rf"(?:{ANY_WEEKDAY},?{SPACE}(?:the{SPACE})?)?"

LINK = rf"(?P<link>{DASH}|/|{SPACE}(?:to|and|through|until|till){SPACE}(?:the{SPACE})?)"

PART_OF = (
    rf"(?:(?P<part>early|late|mid|(?:the{SPACE})?(?:end|beginning|start|middle|(?:first|second){SPACE}half|"
    rf"(?:first|second|third|fourth){SPACE}quarter|(?:first|second|third|last){SPACE}week){SPACE}of)(?:{SPACE}|-))?"
)

REL = r"(?P<rel>last|this|next|past|coming|previous)"
