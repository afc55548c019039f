"""Is a name that is a place's meant in another sense: a dish, a disease, a person, a type of rocket?

Only what the words beside it leave no doubt about; all else is weighed.
"""

from __future__ import annotations

from geoevents.lexicon.people import KIN, ROLE_NOUNS, given_names
from geoevents.lexicon.places import (
    DISEASE_NAMES,
    DISEASE_WORDS,
    EVERYDAY_SENSES,
    LOCATIVE,
    OTHER_SENSES,
    PREPOSITIONS,
    STORMS,
    THINGS_NAMED_FOR_PLACES,
    VESSELS,
)
from geoevents.model import PlaceKind
from geoevents.recognition.names import Name, demonyms
from geoevents.recognition.reading import Reading, Style
from geoevents.recognition.surroundings import right_of

__all__ = ["is_other_sense"]

_REACH, _NEAR = 6, 2  # words
_MAKES = frozenset("type class style brand".split())
_AFTER_A_DRINK = frozenset(("and", "or", "with", "for"))
_ARTICLES = frozenset(("a", "an"))
_SURNAME_LIKE = frozenset({"capital^", "surname^", "initial^"})
_DETERMINERS = frozenset("the a an his her their its our".split())
_DIGITS_OF_AGES = 2
_MOST_TO_ROLE = 3  # words: "Jordan, the team's captain"
_INSIDE = LOCATIVE | PREPOSITIONS


def is_other_sense(reading: Reading, first: int, last: int, name: Name) -> bool:
    """Say whether the words beside a name, at words `first` to `last`, say that no place is meant."""
    keys, gap = reading.keys, reading.gaps[last + 1]
    behind = keys[last + 1] if last + 1 < len(keys) else ""
    if gap == "-" and behind in _MAKES:
        return True  # "a Sakhalin-type rocket"
    if first and reading.gaps[first] == " ":
        before = keys[first - 1]
        if before in VESSELS or (before in STORMS and reading.capital[first - 1]):
            return True
    if gap == " ":
        if behind in THINGS_NAMED_FOR_PLACES and not reading.capital[last + 1]:
            return True
        if behind in DISEASE_WORDS and name.key in DISEASE_NAMES:
            return True
    if first == last and _is_person(reading, first, name.key):
        return True
    return _has_company(reading, first, last, name.key) or _is_drink(reading, first, last, name)


def _is_person(reading: Reading, i: int, key: str) -> bool:
    """Say whether word `i` is the first of a person's names, or the only one.

    "Georgia Meloni", but not "Georgia Power"; "his brother Dallas"; "Paris's father"; "Jordan, the team's
    captain, scored".
    """
    before, gap = reading.key(i - 1), reading.gaps[i + 1]
    is_kin = before in KIN and reading.gap(i) == " "
    if not (is_kin or key in given_names()) or reading.style(i) >= Style.UPPER:
        return False
    if (
        is_kin
        or (before in ROLE_NOUNS and reading.gap(i) == " ")
        or (key in reading.bearers and before not in _INSIDE)
    ):
        return True
    if gap == ", ":
        return before not in _INSIDE and (_is_aged(reading, i + 1) or _is_called_role(reading, i + 1))
    return (
        gap == " "
        and bool(reading.capital[i + 1])
        and right_of(reading, i)[0] in _SURNAME_LIKE
        and reading.keys[i + 1] not in demonyms()
    )


def _is_aged(reading: Reading, at: int) -> bool:
    """Say whether an age stands between commas: "Chad, 34, a plumber"."""
    age = reading.key(at)
    return age.isdecimal() and len(age) <= _DIGITS_OF_AGES and reading.gap(at + 1) == ", "


def _is_called_role(reading: Reading, at: int) -> bool:
    """Say whether words call somebody by a role: "the team's captain"."""
    if reading.key(at) not in _DETERMINERS:
        return False
    return not ROLE_NOUNS.isdisjoint(reading.keys[at + 1 : at + 1 + _MOST_TO_ROLE])


def _has_company(reading: Reading, first: int, last: int, key: str) -> bool:
    """Say whether words around a name tell its other sense: "Turkey was served with gravy"."""
    company = OTHER_SENSES.get(key)
    if company is None:
        return False
    says_name = key in EVERYDAY_SENSES and not reading.opening[first]
    reach = _NEAR if says_name and reading.style(first) is Style.NORMAL else _REACH
    start, end = reading.bounds_of(first)
    return not company.isdisjoint(reading.keys[max(start, first - reach) : min(end, last + 1 + reach)])


def _is_drink(reading: Reading, first: int, last: int, name: Name) -> bool:
    """Say whether it is one of a kind: "ordered a Manhattan", but not "a Manhattan court"."""
    if not first or reading.keys[first - 1] not in _ARTICLES or reading.gaps[first] != " ":
        return False
    if PlaceKind.COUNTRY in name.kinds or name.key in demonyms() or not name.places:
        return False
    gap = reading.gaps[last + 1]
    return gap[:1] in {".", ";"} or (gap == " " and reading.key(last + 1) in _AFTER_A_DRINK)
