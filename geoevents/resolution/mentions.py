"""What does the text say of a name where it stands?

The noun beside it ("Homs governorate"), the place that it is said to lie in ("Paris, Texas", "Syria's
Aleppo"), the length from another name ("20 km west of Homs"), and the names that it is listed with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from geoevents.lexicon.people import ORGANIZATION_HEADS
from geoevents.lexicon.places import EMBEDDING_HEADS, KIND_WORDS, PLURALS
from geoevents.model import Toponym, ToponymRole
from geoevents.text import name_key

__all__ = ["Setting", "Tie", "is_part", "is_site", "lists_of", "settings_of", "ties_of"]

_key_of = lru_cache(maxsize=65536)(name_key)


class Setting(NamedTuple):
    """All that sets one occurrence of a name apart from the others: what else is said with it.

    `name` is the key of the name; `before` and `after` are those of the names that a road or building
    stands between.
    """

    name: str
    role: ToponymRole
    cue: str | None = None
    qualifier: str | None = None
    before: str | None = None
    after: str | None = None


class Tie(NamedTuple):
    """A length that the text puts between two names, given by their keys."""

    one: str
    other: str
    km: float


def settings_of(text: str, toponyms: Sequence[Toponym]) -> list[Setting]:
    """Return the setting of each name, in their order."""
    keys = [_key_of(toponym.text) for toponym in toponyms]
    out = []
    last = len(toponyms) - 1
    for i, toponym in enumerate(toponyms):
        span, name = toponym.span, toponym.text
        previous = toponyms[i - 1] if i else None
        following = toponyms[i + 1] if i < last else None
        qualifier = _region_of(text, toponym, previous, following)
        cue = _kind_cue(text, span.start, span.end)
        if cue is not None and _is_of_another(text, previous, cue, span.start):
            cue = None
        before = after = None
        if is_part(cue) or is_site(name):
            if previous is not None and span.start - previous.span.end <= _SITE_REACH:
                before = keys[i - 1]
            if following is not None and following.span.start - span.end <= _SITE_LINK:
                after = keys[i + 1]
        out.append(Setting(keys[i], toponym.role, cue, qualifier, before, after))
    return out


# What a name is said to lie in

_LINKS_TO_REGION = frozenset((", ", ",", " in ", " (", ", in ", "., ", " in the ", ", in the ", ",\n"))
_LONGEST_TO_REGION = max(map(len, _LINKS_TO_REGION))
# "Syria's northern city of", "Iraqi city of".
_FROM_REGION = re.compile(
    r"['’]s? (?:[a-z]{3,16}[ -]){0,3}|(?: [a-z]{3,16}){0,2} (?:city|town|village|province|governorate"
    r"|state|region|capital|port|district|county|suburb|neighborhood|neighbourhood|quarter|camp) of "
)
_LONGEST_FROM_REGION = 48


def _region_of(text: str, name: Toponym, before: Toponym | None, after: Toponym | None) -> str | None:
    """Return the name that a name may be said to lie in: the recognizer's qualifier, or its neighbor."""
    if name.qualifier is not None:
        return name.qualifier.of(text)
    start, end = name.span.start, name.span.end
    if (
        after is not None
        and after.span.start - end <= _LONGEST_TO_REGION
        and text[end : after.span.start] in _LINKS_TO_REGION
    ):
        return after.text
    if (
        before is not None
        and 2 <= start - before.span.end <= _LONGEST_FROM_REGION
        and _FROM_REGION.fullmatch(text, before.span.end, start)
    ):
        return before.text
    return None


# What a name is called

_CUE_REACH = 40  # Characters in front in which a noun of kind still belongs to the name.
# "Homs city" but not "Homs, city officials"; one word may come between, "border garrison".
_CUE_AFTER = re.compile(
    r" (?:(?:border|military|air|army|naval|refugee|oil|gas|international) )?([A-Za-z]{3,20})(?![^\W_])",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(r" of (?:the )?[A-Z]")
# "Clarke, Hall and Oconee counties": the noun of the last belongs to all of them.
_CAPITALIZED_WORDS = r"[A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{1,20}){0,2}"
_SHARED_CUE = re.compile(
    rf"(?:, {_CAPITALIZED_WORDS}){{0,9}},? (?:and|or) {_CAPITALIZED_WORDS} ({'|'.join(PLURALS)})\b"
)
_JOINS = frozenset((",", " a", " o"))  # how what a list goes on with begins


_QUARTERS = frozenset("neighborhood neighbourhood quarter".split())


def _kind_cue(text: str, start: int, end: int) -> str | None:
    """Return the noun that says what sort of place a name is: "the At-Tanf border garrison"."""
    ahead = text[end : end + 2]
    if ahead[:1] == " ":
        found = _CUE_AFTER.match(text, end)
        if found is not None and (word := found.group(1).lower()) in KIND_WORDS:
            # "the Damascus suburb of Douma": the noun is that of the name behind it.
            return None if word not in _QUARTERS and _OF_ANOTHER.match(text, found.end()) else word
    if ahead[:1] == "," or ahead in _JOINS:
        shared = _SHARED_CUE.match(text, end)
        if shared is not None:
            return PLURALS[shared.group(1)]
    return _cue_before(text, start)


def _cue_before(text: str, start: int) -> str | None:
    """Return the noun of kind that leads to a name: "the city of", "village"."""
    if text[start - 1 : start] != " ":
        return None
    end = start - 1
    lead = text[max(0, end - _CUE_REACH) : end].lower()
    for small in (" the", " of"):
        lead = lead.removesuffix(small)
    word = lead[lead.rfind(" ") + 1 :]
    return word if word in KIND_WORDS else None


_OF_THE_FIRST = frozenset(
    "district neighborhood neighbourhood quarter province governorate region county state oblast".split()
)


_LEADS = frozenset("the a an this its their his her".split())


def _is_of_another(text: str, previous: Toponym | None, cue: str, start: int) -> bool:
    """Say whether the noun before a name is that of the name before it: "the Mazzeh district of Damascus"."""
    lead = text[max(0, start - _CUE_REACH) : start]
    before, noun, rest = lead.rpartition(f" {cue} of ")
    if cue not in _OF_THE_FIRST or not noun or rest not in {"", "the "}:
        return False
    word = before[before.rfind(" ") + 1 :]
    if not word[:1].isupper() or word.lower() in _LEADS:
        return False
    return previous is None or previous.role is not ToponymRole.DEMONYM


# Lengths between names

# "Xyz, 20 km west of Homs", "Xyz, just outside Homs": what stands between two names that it ties.
_TIE = re.compile(
    r"[,;]?\s?\(?(?:[a-z]{2,13}\s){0,4}"
    r"(?:(?P<figure>\d{1,4}(?:[.,]\d{1,3})?)(?:\s?(?:-|–|to)\s?\d{1,4})?[\s-]?"
    r"(?:km|kms|kilomet(?:er|re)s?|mi|miles?)\b[^.;:]{0,40}\b(?:of|from|outside)|near|outside)"
    r"\s(?:the\s(?:[\w-]{1,16}\s){1,3}of\s)?",
    re.IGNORECASE,
)
_LONGEST_TIE = 90
_SHORTEST_TIE = 5
_NEAR_KM = 50.0  # What "near" and "outside" say.


def ties_of(text: str, toponyms: Sequence[Toponym], settings: Sequence[Setting]) -> Iterator[Tie]:
    """Yield which names the text puts at a length from each other."""
    for i, (one, other) in enumerate(pairwise(toponyms)):
        start, end = one.span.end, other.span.start
        if not _SHORTEST_TIE <= end - start <= _LONGEST_TIE:
            continue
        match = _TIE.fullmatch(text, start, end)
        if match is not None:
            km = float(match["figure"].replace(",", "")) if match["figure"] else _NEAR_KM
            yield Tie(settings[i].name, settings[i + 1].name, km)


# Lists of names

_LIST_LINKS = frozenset(
    (", ", " and ", " or ", ", and ", ", or ", " and the ", ", the ", " to ", " & ", "; ", " and in ", "/")
)
_LONGEST_LIST_LINK = max(map(len, _LIST_LINKS))


def lists_of(
    text: str, toponyms: Sequence[Toponym], settings: Sequence[Setting]
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names, by their keys, that stand next to one another in a list."""
    for i, (one, other) in enumerate(pairwise(toponyms)):
        start, end = one.span.end, other.span.start
        if end - start <= _LONGEST_LIST_LINK and text[start:end] in _LIST_LINKS:
            pair = settings[i].name, settings[i + 1].name
            if pair[0] != pair[1]:
                yield pair


# Roads and buildings

_SITE_REACH = 200  # Characters in which the name before still tells where a building is.
_SITE_LINK = 40
_SITE_HEADS = EMBEDDING_HEADS | ORGANIZATION_HEADS | frozenset(
    """
    house houses apartments estate campus complex store shop restaurant cafe bar pub club grounds
    racecourse racetrack raceway speedway track airport graveyard gardens garden zoo embassy consulate
    prison jail penitentiary facility headquarters market bakery farm farms intersection corner
    roundabout block canal pier wharf dock docks beach basilica chapel abbey synagogue palace castle
    monument memorial landmark ranch mansion quarters warehouse depot terminal junction pool rink
    courthouse auditorium amphitheater arena
    """.split()
)  # fmt: skip
_SITE = re.compile(
    r"[ABIM]-?\d{1,4}|\d{1,5} .{3,60}"
    r"|(?:Rue|Via|Calle|Avenida|Route|Highway|Interstate|Hotel|University|College|Church|Cathedral|Embassy"
    r"|Port|Hospital|St\.?) .{1,60}"
)


_PARTS = frozenset("district neighborhood neighbourhood quarter suburb".split())


def is_part(cue: str | None) -> bool:
    """Say whether the text calls a name a part of a town, which lies in one named with it."""
    return cue in _PARTS


@lru_cache(maxsize=65536)
def is_site(name: str) -> bool:
    """Say whether a name is that of a road or building, which lies in a town named with it.

    >>> is_site("Royal Street"), is_site("A436"), is_site("Aleppo")
    (True, True, False)
    """
    lead, _, head = name.rpartition(" ")
    return (bool(lead) and head.rstrip(".").lower() in _SITE_HEADS) or _SITE.fullmatch(name) is not None
