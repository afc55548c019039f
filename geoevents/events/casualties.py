"""How many were killed and injured, by the words of one sentence?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, replace

from geoevents.events.reading import MACHINES, Party, Passage
from geoevents.text import numerals
from geoevents.units import Interval

__all__ = ["Toll", "toll_of"]


@dataclass(frozen=True, slots=True)
class Toll:
    """The killed and the injured with the words that count them and the word where each figure stands.

    `None` stands where no figure is given.
    """

    killed: Interval | None = None
    injured: Interval | None = None
    _: KW_ONLY
    killed_words: str | None = None
    injured_words: str | None = None
    killed_at: int | None = None
    injured_at: int | None = None

    def without_killed(self) -> Toll:
        """Return the toll of the injured alone."""
        return replace(self, killed=None, killed_words=None, killed_at=None)

    def without_injured(self) -> Toll:
        """Return the toll of the killed alone."""
        return replace(self, injured=None, injured_words=None, injured_at=None)


_KILLED = frozenset(
    """killed kill kills killing dead died dies deaths death fatalities slain perished martyred murdered
    massacred executed slaughtered beheaded""".split()
)
_INJURED = frozenset("wounded injured hurt wounding injuring injuries wounds injury maimed".split())
_HEDGES = frozenset(
    """at least more than over about around nearly almost some up to as many approximately another a an
    other the of further""".split()
)
_UNITS = frozenset(
    """km kilometers kilometres miles mile meters metres years year months month weeks week days day hours
    hour minutes percent dollars million billion pm am degrees pounds tons tonnes am villages rockets
    shells missiles times houses homes vehicles strikes attacks towns cars tanks trucks kilograms kg
    bombs mortars drones sorties""".split()
)
_NEXT_CLAUSE = frozenset("killing wounding injuring after when while who".split())
_NOBODY = ("no casualties", "no injuries", "no reports of casualties", "no deaths", "no one was hurt",
           "no one was killed", "no one was injured", "nobody was hurt", "nobody was killed",
           "nobody was injured", "without casualties", "no immediate reports of casualties",
           "no reports of injuries", "no casualty", "no loss of life", "reports of any casualties",
           "no fatalities")  # fmt: skip


_BREAK = re.compile(r"[()\[\]—–;:]")


@dataclass(frozen=True, slots=True)
class _Count:
    first: int
    last: int
    low: float
    high: float


def toll_of(passage: Passage) -> Toll:
    """Return what the sentence says of killed and injured; the first figure of each counts.

    "At least 12" is [12, infinity), "dozens" [24, 99], "no casualties" [0, 0].
    """
    line = " ".join(passage.keys)
    nobody = next((phrase for phrase in _NOBODY if phrase in line), None)
    if nobody is not None:
        none = Interval(0, 0)
        if "injur" in line and "casualt" not in line and "killed" not in line:
            return Toll(None, none, injured_words=nobody)
        return Toll(none, none, killed_words=nobody, injured_words=nobody)
    found: dict[bool, tuple[Interval, str, int]] = {}
    counts = list(_counts(passage))
    for number, count in enumerate(counts):
        end = counts[number + 1].first if number + 1 < len(counts) else len(passage.keys)
        begin = counts[number - 1].last if number else 0
        is_killed = _fate(passage, count, begin, end)
        if is_killed is not None:
            words = passage.span_of(count.first, count.last).of(passage.text)
            found.setdefault(is_killed, (Interval(count.low, count.high), words, count.first))
    killed, killed_words, killed_at = found.get(True, (None, None, None))
    injured, injured_words, injured_at = found.get(False, (None, None, None))
    return Toll(
        killed,
        injured,
        killed_words=killed_words,
        injured_words=injured_words,
        killed_at=killed_at,
        injured_at=injured_at,
    )


def _counts(passage: Passage) -> Iterator[_Count]:
    """Yield the figures that can count people, with what hedges them."""
    dated = {i for m in passage.moments for i in range(m.first, m.last)}
    spans = {n.span.start + passage.span.start: n for n in numerals(passage.span.of(passage.text))}
    index = 0
    while index < len(passage.tokens):
        start = passage.tokens[index].span.start
        numeral = spans.get(start)
        if numeral is not None and index not in dated:
            last = index
            while (
                last < len(passage.tokens)
                and passage.tokens[last].span.end <= passage.span.start + numeral.span.end
            ):
                last += 1
            last = max(last, index + 1)
            following = passage.keys[last : last + 1]
            if not (following and following[0] in _UNITS) and not _is_year(passage.tokens[index].text):
                low, high = _hedged(passage, index, numeral.low, numeral.high)
                yield _Count(index, last, low, high)
            index = last
            continue
        if passage.keys[index] in {"a", "an"} and _is_person(passage, index):
            yield _Count(index, index + 1, 1.0, 1.0)
        index += 1


def _is_year(text: str) -> bool:
    """Whether the figure reads as a year of news: four digits without a separator."""
    return len(text) == 4 and text.isdecimal() and 1900 <= int(text) <= 2099


def _is_person(passage: Passage, index: int) -> bool:
    """Whether "a" counts somebody: "a soldier", not "a Russian strike" or "a drone"."""
    near = [p for p in passage.parties if index < p.first <= index + 2]
    return any(_is_member(passage, p.last) or _is_one(passage, p) for p in near)


def _is_one(passage: Passage, party: Party) -> bool:
    """Whether the party is one human being by its last word."""
    last = passage.keys[party.last - 1]
    is_human = party.kind != "infrastructure" and not party.is_adjective and last not in MACHINES
    is_common = party.is_people or passage.tokens[party.last - 1].text[:1].islower()
    return is_human and is_common and not last.endswith("s")


def _is_member(passage: Passage, index: int) -> bool:
    """Whether one of a named group follows its name: "a Hamas commander", but not "a Houthi missile"."""
    return index < len(passage.keys) and passage.keys[index] in _MEMBERS


_MEMBERS = frozenset(
    """commander leader chief member official officer operative fighter militant soldier spokesman
    spokesperson deputy cadre supporter sympathizer recruit founder general colonel captain""".split()
)


def _hedged(passage: Passage, index: int, low: float, high: float) -> tuple[float, float]:
    before = " ".join(passage.keys[max(0, index - 4) : index])
    if before.endswith(("at least", "more than", "over", "not fewer than", "no fewer than", "no less than")):
        return low, math.inf
    if before.endswith(("up to", "as many as")):
        return 0.0, high
    return low, high


def _fate(passage: Passage, count: _Count, begin: int, end: int) -> bool | None:
    """Return whether the counted were killed (`True`), injured (`False`) or neither."""
    keys = passage.keys
    for index in range(count.first - 1, max(begin - 1, count.first - 7), -1):
        if keys[index] in _KILLED | _INJURED:
            return keys[index] in _KILLED if _reaches(keys, index, count.first) else None
        if keys[index] not in _HEDGES:
            break
    for index in range(count.last, min(end, count.last + 14)):
        if keys[index] in _NEXT_CLAUSE or _BREAK.search(passage.gap(index)):
            return None
        if keys[index] in _KILLED | _INJURED and _has_object(passage, index):
            # "A gunman killed three": the counted did it.
            return None
        if keys[index] in _KILLED:
            return True
        if keys[index] in _INJURED:
            return False
    return None


def _has_object(passage: Passage, index: int) -> bool:
    """Whether the verb at `index` is active: somebody else is its object."""
    keys, after = passage.keys, index + 1
    if keys[index] not in _ACTIVE or _BE & set(keys[max(0, index - 3) : index]):
        return False
    if after >= len(keys) or passage.gap(after).strip():
        return False
    if any(p.first in {after, after + 1} and p.kind != "infrastructure" for p in passage.parties):
        return keys[after] not in _LINKING
    return keys[after] in _DETERMINERS or _starts_figure(passage, after)


def _starts_figure(passage: Passage, index: int) -> bool:
    """Whether a figure stands at `index`, behind what hedges it ("at least 12")."""
    ahead = passage.span_of(index, min(len(passage.keys), index + 4))
    first = next(iter(numerals(ahead.of(passage.text))), None)
    if first is None:
        return False
    before = ahead.of(passage.text)[: first.span.start].lower().split()
    return all(word in _HEDGES for word in before)


_ACTIVE = frozenset(
    "killed kills kill murdered massacred executed slaughtered beheaded wounded injured".split()
)
_BE = frozenset("was were been being is are be".split())
_LINKING = frozenset("in at on by when and after as during near while over of from with".split())
_DETERMINERS = frozenset("the a an his her its their several many some dozens hundreds scores".split())


def _reaches(keys: tuple[str, ...], index: int, first: int) -> bool:
    return keys[index] not in {"dead", "died", "deaths", "hurt", "injuries"} or first - index <= 2
