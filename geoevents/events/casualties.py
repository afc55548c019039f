"""How many were killed, injured, missing, captured or displaced, by the words of one sentence?"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass

from geoevents.events.passage import MACHINES, Party, Passage
from geoevents.model import Harm
from geoevents.text import Numeral, Span, numerals
from geoevents.units import Interval

__all__ = ["Figure", "Toll", "toll_of"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One count of people: what befell them, how many, and the word where the figure stands.

    `who` is the kind of party that the counted were ("civilians", "state forces"), `None` where the words do
    not say. `is_part` marks people already counted: "12 people, including four children".
    """

    harm: Harm
    interval: Interval
    span: Span
    _: KW_ONLY
    at: int
    words: str
    who: Party | None = None
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Toll:
    """The figures of one sentence, in order."""

    figures: tuple[Figure, ...] = ()

    def of(self, harm: Harm) -> Interval | None:
        """Return how many came to that harm, `None` where no figure is given.

        Figures of different people add up ("three soldiers and two civilians"); parts are not added again.
        """
        whole = [f for f in self.figures if f.harm is harm and not f.is_part]
        if not whole:
            return None
        added = [whole[0], *(f for f in whole[1:] if f.who is not None and f.who != whole[0].who)]
        return Interval(sum(f.interval.low for f in added), sum(f.interval.high for f in added))

    def only(self, keep: Callable[[Figure], bool]) -> Toll:
        """Return the toll with the figures that `keep` accepts."""
        return Toll(tuple(f for f in self.figures if keep(f)))


_KILLED = frozenset(
    """killed kill kills killing dead died dies deaths death fatalities slain perished martyred murdered
    massacred executed slaughtered beheaded""".split()
)
_INJURED = frozenset(
    "wounded injured hurt wounding injuring injuries wounds injury maimed sickened sickening".split()
)
_MISSING = frozenset("missing unaccounted disappeared".split())
_CAPTURED = frozenset(
    "captured capturing abducted abducting kidnapped kidnapping arrested arresting detained detaining hostage hostages prisoner prisoners".split()
)
_DISPLACED = frozenset(
    "displaced displacing fled fleeing evacuated evacuating homeless uprooted uprooting".split()
)
_HARMS = {
    **dict.fromkeys(_DISPLACED, Harm.DISPLACED),
    **dict.fromkeys(_CAPTURED, Harm.CAPTURED),
    **dict.fromkeys(_MISSING, Harm.MISSING),
    **dict.fromkeys(_INJURED, Harm.INJURED),
    **dict.fromkeys(_KILLED, Harm.KILLED),
}
_HEDGES = frozenset(
    """at least more than over about around nearly almost some up to as many approximately another a an
    other the of further family families crew group his her their its toll rose risen climbed""".split()
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
    """Return what the sentence says of people killed, injured, missing, captured and displaced.

    "At least 12" is [12, infinity), "dozens" [24, 99], "no casualties" [0, 0], "a family of six" 6.
    """
    if _HARMS.keys().isdisjoint(passage.keys) and "casualt" not in " ".join(passage.keys):
        return Toll()
    line = " ".join(passage.keys)
    nobody = next((phrase for phrase in _NOBODY if phrase in line), None)
    if nobody is not None:
        return _none(passage, line, nobody)
    counts = list(_counts(passage))
    figures: list[Figure] = []
    for count, harm in zip(counts, _harms(passage, counts), strict=True):
        if harm is None:
            continue
        span = passage.span_of(count.first, count.last)
        figures.append(
            Figure(
                harm,
                Interval(count.low, count.high),
                span,
                at=count.first,
                words=span.of(passage.text),
                who=_counted(passage, count),
                is_part=bool(figures) and _is_part(passage, count),
            )
        )
    return Toll(tuple(figures))


def _harms(passage: Passage, counts: Sequence[_Count]) -> list[Harm | None]:
    """Return what befell each of the counted, by the verb beside them or by that of the ones they are joined to."""
    harms: list[Harm | None] = []
    for number, count in enumerate(counts):
        end = counts[number + 1].first if number + 1 < len(counts) else len(passage.keys)
        begin = counts[number - 1].last if number else 0
        harm = _fate(passage, count, begin, end)
        if harm is None and number and harms[-1] is not None:
            harm = harms[-1] if _is_joined(passage, counts[number - 1], count, count) else None
        harms.append(harm if harm is not None else _fate_with_named(passage, count, begin))
    for number in range(len(counts) - 2, -1, -1):
        # "Two soldiers and four rebels were killed": the verb stands behind the second figure.
        one, other = counts[number], counts[number + 1]
        if harms[number] is None and _is_joined(passage, one, other, one):
            harms[number] = harms[number + 1]
    return harms


def _fate_with_named(passage: Passage, count: _Count, begin: int) -> Harm | None:
    """Return what befell those counted beside somebody named: "killing Hassan Nasrallah and at least 33 others"."""
    keys, texts = passage.keys, passage.tokens.texts
    if keys[count.last : count.last + 1] != ("others",):
        return None
    at = count.first - 1
    while at > begin and keys[at] in _HEDGES:
        at -= 1
    if keys[at] != "and":
        return None
    named = [i for i in range(max(begin, at - _LONGEST_NAMED), at) if keys[i] in _HARMS]
    if not named or not texts[at - 1][:1].isupper():
        return None
    return _HARMS[keys[named[-1]]]


_LONGEST_NAMED = 10  # words of a title and a name


def _none(passage: Passage, line: str, nobody: str) -> Toll:
    """Return the toll of "no casualties": nobody killed, nobody injured, or both."""
    harms = [Harm.KILLED, Harm.INJURED]
    if "injur" in line and "casualt" not in line and "killed" not in line:
        harms = [Harm.INJURED]
    words = nobody.split()
    at = next(i for i in range(len(passage.keys)) if list(passage.keys[i : i + len(words)]) == words)
    span = passage.span_of(at, at + len(words))
    return Toll(tuple(Figure(harm, Interval(0, 0), span, at=at, words=nobody) for harm in harms))


def _is_joined(passage: Passage, one: _Count, other: _Count, people: _Count) -> bool:
    """Whether two figures have one verb: "three soldiers and two medics", "12 people, including four children"."""
    between = passage.keys[one.last : other.first]
    is_list = between[-1:] in {("and",), ("including",)} and len(between) <= _LONGEST_JOIN
    counted = _counted(passage, people)
    is_people = counted is not None and counted.kind != "infrastructure"
    has_verb = not _BE.isdisjoint(between)
    return is_list and is_people and not has_verb and _HARMS.keys().isdisjoint(between)


_LONGEST_JOIN = 5
_PARTS = frozenset("including include includes among them whom".split())


def _is_part(passage: Passage, count: _Count) -> bool:
    """Whether the counted are some of those counted before: "including four children"."""
    before = passage.keys[max(0, count.first - 3) : count.first]
    behind = passage.keys[count.last : count.last + 2]
    return not _PARTS.isdisjoint(before) or behind == ("of", "them")


def _counted(passage: Passage, count: _Count) -> Party | None:
    """Return the party that the figure counts: the noun close behind it."""
    return next((p for p in passage.parties if count.last <= p.first <= count.last + 2), None)


def _counts(passage: Passage) -> Iterator[_Count]:
    """Yield the figures that can count people, with what hedges them."""
    dated = {i for m in passage.moments for i in range(m.first, m.last)}
    spans = {n.span.start + passage.span.start: n for n in numerals(passage.span.of(passage.text))}
    index = 0
    while index < len(passage.tokens):
        start = passage.tokens.starts[index]
        numeral = spans.get(start)
        spanned = _between(passage, index, spans)
        if spanned is not None:
            yield spanned
            index = spanned.last
            continue
        if numeral is not None and index not in dated:
            last = index
            while (
                last < len(passage.tokens)
                and passage.tokens.ends[last] <= passage.span.start + numeral.span.end
            ):
                last += 1
            last = max(last, index + 1)
            following = passage.keys[last : last + 1]
            if not (following and following[0] in _UNITS) and not _is_year(passage.tokens.texts[index]):
                low, high = _hedged(passage, index, numeral.low, numeral.high)
                yield _Count(index, last, low, high)
            index = last
            continue
        if passage.keys[index] in {"a", "an"} and _is_person(passage, index):
            yield _Count(index, index + 1, 1.0, 1.0)
        index += 1


def _between(passage: Passage, index: int, spans: Mapping[int, Numeral]) -> _Count | None:
    """Return the range that begins at the word: "between 20 and 30"."""
    if passage.keys[index] != "between" or index + 3 >= len(passage.keys) or passage.keys[index + 2] != "and":
        return None
    low, high = (spans.get(passage.tokens.starts[i]) for i in (index + 1, index + 3))
    if (
        low is None
        or high is None
        or not low.high < high.low
        or passage.keys[index + 4 : index + 5] == ("and",)
    ):
        return None
    following = passage.keys[index + 4 : index + 5]
    if (following and following[0] in _UNITS) or _is_year(passage.tokens.texts[index + 1]):
        return None
    return _Count(index, index + 4, low.low, high.high)


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
    is_common = party.is_people or passage.tokens.texts[party.last - 1][:1].islower()
    return is_human and is_common and not last.endswith("s")


def _is_member(passage: Passage, index: int) -> bool:
    """Whether one of a named group follows its name: "a Hamas commander", but not "a Houthi missile"."""
    return index < len(passage.keys) and passage.keys[index] in _MEMBERS


_MEMBERS = frozenset(
    """commander leader chief member official officer operative fighter militant soldier spokesman
    spokesperson deputy cadre supporter sympathizer recruit founder general colonel captain peacekeeper trooper
    sergeant aide policeman guard""".split()
)


def _hedged(passage: Passage, index: int, low: float, high: float) -> tuple[float, float]:
    before = " ".join(passage.keys[max(0, index - 4) : index])
    if before.endswith(("at least", "more than", "over", "not fewer than", "no fewer than", "no less than")):
        return low, math.inf
    if before.endswith(("up to", "as many as")):
        return 0.0, high
    if before.endswith(("fewer than", "less than", "under")):
        return 0.0, max(0.0, high - 1)
    return low, high


def _fate(passage: Passage, count: _Count, begin: int, end: int) -> Harm | None:
    """Return what befell the counted, `None` where nothing did."""
    keys = passage.keys
    for index in range(count.first - 1, max(begin - 1, count.first - 7), -1):
        if keys[index] in _HARMS:
            return _HARMS[keys[index]] if _reaches(keys, index, count.first) else None
        if keys[index] not in _HEDGES:
            break
    acted = False
    for index in range(count.last, min(end, count.last + 14)):
        if keys[index] in _NEXT_CLAUSE or _BREAK.search(passage.gap(index)):
            return None
        if keys[index] in _HARMS:
            # "A gunman killed three": the counted did it; "students held a vigil for those killed": others were.
            is_other = acted and _BE.isdisjoint(keys[index - 3 : index])
            return None if is_other or _has_object(passage, index) else _HARMS[keys[index]]
        acted = acted or keys[index] in _DID
    return None


_DID = frozenset(
    "held marched gathered rallied protested demonstrated mourned attended staged joined".split()
)


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
    """killed kills kill murdered massacred executed slaughtered beheaded wounded injured captured abducted
    kidnapped arrested detained evacuated fled displaced""".split()
)
_BE = frozenset("was were been being is are be".split())
_LINKING = frozenset("in at on by when and after as during near while over of from with".split())
_DETERMINERS = frozenset("the a an his her its their several many some dozens hundreds scores".split())


def _reaches(keys: tuple[str, ...], index: int, first: int) -> bool:
    follows = {
        "dead",
        "died",
        "deaths",
        "hurt",
        "injuries",
        "fled",
        "missing",
        "homeless",
        "hostage",
        "hostages",
    }
    return keys[index] not in follows or first - index <= 2
