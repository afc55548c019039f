"""Where does a text say which place it means without naming it: "the Syrian capital", "in the province"?

Which place that is, the resolver says; here only the words are found. A capital may be described by the
name of its country, beside it; everything else stands for a name that the text gave before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geoevents.lexicon.people import ORGANIZATION_HEADS
from geoevents.lexicon.places import DESCRIBING_NOUNS, EMBEDDING_HEADS, EVENT_VERBS, LOCATIVE, PREPOSITIONS
from geoevents.model import Span, Toponym, ToponymRole
from geoevents.recognition.reading import Reading, Style

__all__ = ["with_descriptions"]

_CAPITAL = "capital"
_CITY = "city"
# "Syrian capital markets", "the capital flight": money, or a crime.
_MONEY = frozenset(
    """
    market markets punishment flow flows flight account control controls gain gains inflow inflows outflow
    outflows spending expenditure investment investments stock requirement requirements cost costs crime
    offence offense murder ship ships goods letter letters budget project projects fund funds group base
    """.split()
)
# "the city council": the council is meant, not where it is.
_BODIES = (
    ORGANIZATION_HEADS
    | EMBEDDING_HEADS
    | frozenset(
        """
    officials official authorities leaders mayor manager attorney limits planners planner budget employees
    workers elections election elders hall halls line boundary chiefs administration councillors councilors
    """.split()
    )
)
_LEADS = LOCATIVE | PREPOSITIONS | EVENT_VERBS | frozenset("of from to through rocked shook".split())


def with_descriptions(reading: Reading, names: Sequence[Toponym]) -> Sequence[Toponym]:
    """Return the names with the descriptions among them, in order; a name inside one is left to it.

    The `qualifier` of a description is the name inside it, where it has one.
    """
    nouns = DESCRIBING_NOUNS & (set(reading.keys) if Style.UPPER in reading.styles else reading.lower)
    if not nouns:
        return names
    found = list(_descriptions(reading, nouns, names))
    if not found:
        return names
    inside = {description.qualifier for description in found}
    return sorted((*found, *(n for n in names if n.span not in inside)), key=lambda toponym: toponym.span)


def _descriptions(reading: Reading, nouns: frozenset[str], names: Sequence[Toponym]) -> Iterator[Toponym]:
    starting = {name.span.start: name for name in names}
    ending = {name.span.end: name for name in names}
    for noun in nouns:
        for i in _positions(reading.keys, noun):
            described = _capital_of(reading, i, starting, ending) if noun == _CAPITAL else None
            description = described or _bare(reading, i)
            if description is not None and not _is_named(reading, description, starting, ending):
                yield description


def _positions(keys: list[str], noun: str) -> Iterator[int]:
    at = -1
    for _ in range(keys.count(noun)):
        at = keys.index(noun, at + 1)
        yield at


# A capital and its country


def _capital_of(
    reading: Reading, i: int, starting: Mapping[int, Toponym], ending: Mapping[int, Toponym]
) -> Toponym | None:
    """Return "Syrian capital", "Syria's capital" or "capital of Syria", whose noun is word `i`."""
    if reading.key(i + 1) in _MONEY:
        return None
    gap, before = reading.gap(i), reading.ends[i - 1] if i else 0
    if gap in {" ", ". "}:  # "the U.S. capital"
        country = ending.get(before + len(gap) - 1)
        if country:
            return _description(reading, country.span.start, reading.ends[i], country.span)
    if gap in {"'s ", "’s "} and before in ending:
        return _description(reading, ending[before].span.start, reading.ends[i], ending[before].span)
    if reading.key(i + 1) == "of" and reading.key(i - 1) == "the":
        at = i + 3 if reading.key(i + 2) == "the" else i + 2
        country = starting.get(reading.starts[at]) if at < len(reading.keys) else None
        if country:
            return _description(reading, reading.starts[i], country.span.end, country.span)
    return None


def _description(reading: Reading, start: int, end: int, qualifier: Span | None = None) -> Toponym:
    span = Span(start, end)
    return Toponym(span, span.of(reading.text), role=ToponymRole.DESCRIPTION, qualifier=qualifier)


# What stands for a name that was given before


_OWNERS = frozenset(("country", "nation"))  # "the country's capital"


def _bare(reading: Reading, i: int) -> Toponym | None:
    """Return "city" of "in the city", or "country's capital", whose noun is word `i`."""
    first = i
    if reading.key(i) == _CAPITAL and reading.key(i - 1) in _OWNERS and reading.gap(i) in {"'s ", "’s "}:
        first = i - 1
    if reading.key(first - 1) != "the" or reading.gap(first) != " " or reading.key(first - 2) not in _LEADS:
        return None
    behind = i + 1
    if reading.key(i) == _CAPITAL and reading.key(behind) == _CITY:
        behind += 1
    if reading.gap(behind) == " " and (
        reading.key(behind) in _BODIES or reading.key(behind) in _MONEY or reading.key(behind) == "of"
    ):
        return None
    return _description(reading, reading.starts[first], reading.ends[i])


def _is_named(
    reading: Reading, description: Toponym, starting: Mapping[int, Toponym], ending: Mapping[int, Toponym]
) -> bool:
    """Say whether the name stands beside it: "the Syrian capital, Damascus", "Kabul, the Afghan capital"."""
    text, end, start = reading.text, description.span.end, description.span.start
    for link in (", ", " ", " of ", " city of ", " (", " - ", " – ", " city "):
        name = starting.get(end + len(link))
        if name is not None and text.startswith(link, end):
            return name.role is ToponymRole.LITERAL
    lead = start - 4 if text.startswith("the ", max(0, start - 4)) else start
    return any(text.endswith(link, 0, lead) and lead - len(link) in ending for link in (", ", " - ", " – "))
