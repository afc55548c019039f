"""Which lengths does a text give, with which unit, hedge and second figure?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from geoevents.claims.figures import (
    BETWEEN,
    RANGE,
    alternation,
    hedge_after,
    hedge_before,
    matches_at_words,
    meant,
    numbers_before,
)
from geoevents.lexicon.hedges import UNITS, VAGUE_AMOUNTS
from geoevents.model import Distance, Hedge, Interval, Span, Unit
from geoevents.text import Memo, Numeral, fold, plain_letters

__all__ = ["Amount", "amounts"]

# No number with its hedges is longer than this.
_REACH = 64
_METRIC = frozenset({Unit.KILOMETER, Unit.METER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One length as it stands in the text, with its hedge and its paired figure.

    `span` runs from the hedge to the end of the unit, closing bracket of the pair included. `low` and
    `high` differ for ranges; both are 0 where the amount is vague. `low_step` and `high_step` are
    the values of the last significant figures. `is_modifier` marks "a 50-mile stretch".
    """

    span: Span
    figures: Span
    low: float
    high: float
    low_step: float
    high_step: float
    unit: Unit
    hedge: Hedge = Hedge.EXACT
    paired: Distance | None = None
    paired_step: float = 0.0
    is_modifier: bool = False
    is_area: bool = False

    @property
    def figure(self) -> Distance | None:
        """The length as written, the lower one of a range, `None` where the amount is vague."""
        return None if self.hedge is Hedge.VAGUE else Distance(self.low, self.unit)

    def claimed(self) -> Interval | None:
        """Return the kilometers that a careful reporter can mean, `None` where the amount is vague.

        Of two figures either may be the one that was known and the other its conversion, so a plain
        length is what one of them can mean. A bound in two units is as sharp as the sharper one:
        "more than 300 km (186 miles)" gives 300 to the mile, not a rounded neighbor of it.
        """
        if self.hedge is Hedge.VAGUE:
            return None
        own = self._meant(self.low, self.high, (self.low_step, self.high_step), self.unit)
        if self.paired is None:
            return own
        value = self.paired.value
        other = self._meant(value, value, (self.paired_step, self.paired_step), self.paired.unit)
        if not own.overlaps(other) or self.hedge is Hedge.BETWEEN:
            return own
        if self.hedge in _BOUNDS:
            return Interval(max(own.low, other.low), min(own.high, other.high))
        return Interval(min(own.low, other.low), max(own.high, other.high))

    def _meant(self, low: float, high: float, steps: tuple[float, float], unit: Unit) -> Interval:
        own = meant(self.hedge, low, high, steps=steps)
        return Interval(own.low * unit.km, own.high * unit.km)


_BOUNDS = frozenset({Hedge.AT_LEAST, Hedge.MORE_THAN, Hedge.AT_MOST, Hedge.LESS_THAN})


_UNIT = re.compile(
    rf"(?<=[\d\s½¼¾⅓⅔⅛⅜⅝⅞\-–‑])(?:{alternation(UNITS)})(?![^\W23])(?!['’]s\b|-\d)(?:\.(?=\s[a-z(]|\)))?",
    re.IGNORECASE,
)
_GAP_MARKS, _MOST_GAP = " \t\r\n\u00a0\u2009\u202f-‑–", 3
_AREA_REACH, _VAGUE_REACH = 12, 40
_AREA = re.compile(r"(?:square|sq\.?|cubic|cu\.?)[\s\-]{1,2}$", re.IGNORECASE)
_SQUARED = re.compile(r"\s?(?:²|\^2|³|squared\b)|[23]\b")
_VAGUE = re.compile(
    rf"(?<![\w-])(?:{alternation(VAGUE_AMOUNTS)})"
    r"(?:\s(?:more|good|hundred|thousand|dozen|hundreds of|thousands of))?$",
    re.IGNORECASE,
)
_ONE = re.compile(r"(?<![\w-])an?$", re.IGNORECASE)
_PARTS = {
    **dict.fromkeys(("an eighth", "one eighth"), 1 / 8),
    **dict.fromkeys(("a tenth", "one tenth"), 1 / 10),
    **dict.fromkeys(("a fifth", "one fifth"), 1 / 5),
    **dict.fromkeys(("a quarter", "one quarter"), 1 / 4),
    **dict.fromkeys(("a third", "one third"), 1 / 3),
    "two thirds": 2 / 3,
    "three quarters": 3 / 4,
}
_PART_OF = re.compile(
    r"(?<![\w-])(?P<part>an?\seighth|an?\s(?:tenth|fifth|quarter|third)|one[\s-](?:eighth|tenth|fifth|quarter|third)"
    r"|two[\s-]thirds|three[\s-]quarters)\sof\s$",
    re.IGNORECASE,
)
_AND_A_HALF = re.compile(r"\sand\sa\s(?P<part>half|quarter)\b", re.IGNORECASE)


_PAIR_OPEN = re.compile(
    r"\s{0,2}(?:[(\[]\s?(?:or\s)?|,?\sor\s|\s?/\s?|;\s|,\s(?:or\s)?|\s[-–—]{1,2}\s(?:or\s)?|=\s?)"
    r"(?:about\s|some\s|around\s|approximately\s|approx\.?\s|roughly\s|nearly\s|almost\s|just\sover\s|over\s|c\.\s?|~\s?|ca\.\s)?$",
    re.IGNORECASE,
)
_AND_THIRD = re.compile(r"\s?[;,/]\s?(?:or\s)?")
_CLOSE = re.compile(r"\s?[)\]]")
_VAGUE_PAIR = re.compile(r"\s?\((?:miles|kilometers|kilometres|km)\)", re.IGNORECASE)


def amounts(text: str) -> tuple[Amount, ...]:
    """Return the lengths that the text gives, in order, the second figure of a pair within its first.

    >>> [(a.low, a.unit.value, str(a.paired)) for a in amounts("more than 300 kilometers (186 miles) away")]
    [(300.0, 'km', '186 mi')]
    """
    text = plain_letters(text)
    merged: list[Amount] = []
    for found in _bare_amounts(text):
        last = merged[-1] if merged else None
        joined = _joined(text, last, found) if last else None
        if joined:
            merged[-1] = joined
        else:
            merged.append(found)
    return tuple(_hedged(text, amount, merged[i - 1].span.end if i else 0) for i, amount in enumerate(merged))


def _bare_amounts(text: str) -> Iterator[Amount]:
    for match in matches_at_words(_UNIT, text, _is_unit):
        amount = _amount_at(text, match)
        if amount is not None:
            yield amount


_FIRST_WORDS = frozenset(fold(phrase.split()[0]) for phrase in UNITS)
# "km2" is a unit with its power.
_is_unit = Memo(lambda key: key.rstrip("23") in _FIRST_WORDS or key.removesuffix("s") in _FIRST_WORDS)


def _amount_at(text: str, unit_match: re.Match[str]) -> Amount | None:
    start = unit_match.start()
    unit = UNITS[" ".join(unit_match.group().lower().rstrip(".").split())]
    base = max(0, start - _REACH)
    window = text[base:start]
    area = _AREA.search(window, max(0, len(window) - _AREA_REACH))
    bare = window[: area.start()] if area else window
    before = bare[:-_MOST_GAP] + bare[-_MOST_GAP:].rstrip(_GAP_MARKS)
    is_modifier = any(mark in bare[len(before) :] for mark in "-‑")
    slash = before.rfind("/")
    if slash > 0 and before[slash - 1].isalpha():  # "186 miles/300 km"
        base, before = base + slash + 1, before[slash + 1 :]
    end = unit_match.end()
    is_area = area is not None or _SQUARED.match(text, end) is not None
    # Behind a figure nothing is vague.
    vague = None if before[-1:].isdigit() else _VAGUE.search(before, max(0, len(before) - _VAGUE_REACH))
    if vague:
        return _vague_amount(Span(base + vague.start(), end), unit, is_area=is_area)
    numeral, range_low = numbers_before(before)
    numeral = numeral or _one(before, unit, unit_match.group())
    if numeral is None:
        return None
    low, value, step = range_low or numeral, numeral.high, numeral.step
    half = _AND_A_HALF.match(text, end)
    if half:
        part = 0.5 if half["part"].lower() == "half" else 0.25
        value, step, end = value + part, part, half.end()
    span = Span(base + low.span.start, end)
    ranged = range_low is not None
    return Amount(
        span=span,
        figures=span,
        low=low.low if ranged else value,
        high=value,
        low_step=low.step if ranged else step,
        high_step=step,
        unit=unit,
        hedge=Hedge.BETWEEN if ranged else Hedge.EXACT,
        is_modifier=is_modifier,
        is_area=is_area,
    )


def _vague_amount(span: Span, unit: Unit, *, is_area: bool) -> Amount:
    return Amount(
        span=span,
        figures=span,
        low=0,
        high=0,
        low_step=1,
        high_step=1,
        unit=unit,
        hedge=Hedge.VAGUE,
        is_area=is_area,
    )


def _one(before: str, unit: Unit, written: str) -> Numeral | None:
    """Return the one of "a mile" and the fraction of "an eighth of a mile".

    "A m", "a km" and "a foot" are no lengths.
    """
    one = _ONE.search(before)
    if one is None or unit in {Unit.METER, Unit.FOOT} or len(written) <= 3:
        return None
    part = _PART_OF.search(before, 0, one.start())
    if part is None:
        return Numeral(Span(one.start(), one.end()), 1.0, 1.0, 1.0)
    value = _PARTS[" ".join(part["part"].lower().replace("-", " ").split())]
    return Numeral(Span(part.start(), one.end()), value, value, value)


def _joined(text: str, first: Amount, second: Amount) -> Amount | None:
    """Return what two lengths that stand side by side are together: a pair, a third unit, a range."""
    return _pair(text, first, second) or _third(text, first, second) or _spread(text, first, second)


def _third(text: str, first: Amount, third: Amount) -> Amount | None:
    """Take in the third unit of "3.4 nautical miles (6.3 km; 3.9 mi)"; it says what the second does."""
    if first.paired is None or third.figure is None or not _near(first, third):
        return None
    if not _AND_THIRD.fullmatch(text, first.span.end, third.figures.start):
        return None
    closed = _CLOSE.match(text, third.span.end)
    return replace(first, span=Span(first.span.start, closed.end() if closed else third.span.end))


def _pair(text: str, first: Amount, second: Amount) -> Amount | None:
    """Join a length and its conversion, where the second stands behind the first and fits no other."""
    gap = second.figures.start - first.span.end
    if not 0 < gap <= 24 or first.paired is not None or first.figure is None or second.figure is None:
        return None
    if first.is_area or second.is_area or not _are_of_two_systems(first.unit, second.unit):
        return None
    opened = _PAIR_OPEN.fullmatch(text, first.span.end, second.figures.start)
    if opened is None:
        return None
    if opened.group().strip() == "," and not _near(first, second):
        return None
    closed = _CLOSE.match(text, second.span.end) if re.search(r"[(\[]", opened.group()) else None
    span = Span(first.span.start, closed.end() if closed else second.span.end)
    return replace(first, span=span, paired=second.figure, paired_step=second.low_step)


def _are_of_two_systems(first: Unit, second: Unit) -> bool:
    return (first in _METRIC) != (second in _METRIC) or {first, second} == {Unit.MILE, Unit.NAUTICAL_MILE}


def _near(first: Amount, second: Amount) -> bool:
    return abs(first.low * first.unit.km - second.low * second.unit.km) <= 0.2 * first.low * first.unit.km


def _spread(text: str, first: Amount, second: Amount) -> Amount | None:
    """Join "between 10 km and 15 km" and "10km to 15km" into one range."""
    between = text[first.span.end : second.figures.start]
    if first.unit is not second.unit or first.hedge is not Hedge.EXACT or first.paired is not None:
        return None
    if len(between) > 12 or not RANGE.fullmatch(between) or first.low >= second.high:
        return None
    if "and" in between.lower() and not BETWEEN.search(
        text, max(0, first.figures.start - 24), first.figures.start
    ):
        return None
    span = Span(first.span.start, second.span.end)
    return replace(first, span=span, high=second.high, high_step=second.high_step, hedge=Hedge.BETWEEN)


def _hedged(text: str, amount: Amount, floor: int) -> Amount:
    """Widen the amount by the hedges before and behind it, no further back than `floor`."""
    start, hedge = amount.figures.start, amount.hedge
    end = amount.span.end
    between = BETWEEN.search(text, max(floor, start - 24), start) if hedge is Hedge.BETWEEN else None
    if between and between["word"].lower().endswith("between"):
        start = between.start()
    start, hedge = hedge_before(text, start, floor=floor, hedge=hedge)
    vague_pair = _VAGUE_PAIR.match(text, end)
    end, hedge = hedge_after(text, vague_pair.end() if vague_pair else end, hedge=hedge)
    return replace(amount, span=Span(start, end), hedge=hedge)
