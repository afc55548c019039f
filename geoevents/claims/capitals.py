"""Which city does "the capital" mean?

The one that the text calls so, else that of the country meant. Capitals of provinces are towns that
the text does not name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property

from geoevents.claims.lines import country_codes
from geoevents.claims.names import NamedText, end_described
from geoevents.model import ClaimEnd, Place, PlaceKind, Resolution, Span

__all__ = ["Capitals", "leads_to_capital", "speaks_of_capital"]

_CAPITAL = re.compile(r"\bcapital\b", re.IGNORECASE)
_LESSER_CAPITAL = re.compile(
    r"\b(?:regional?|provincial|state|district|county|departmental|department|governorate|prefectural|territorial|oblast)['’]?s?\scapital",
    re.IGNORECASE,
)
_IS_CAPITAL = re.compile(
    r"(?:the\s)?(?:[\w.'’-]{1,24}\s){1,4}capital(?:\scity)?|(?:the\s)?capital(?:\scity)?\sof\s(?:[\w.'’-]{1,24}\s?){1,4}",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(r"\bcapital(?:\scity)?\sof\s(?P<what>.{1,60})$", re.IGNORECASE)
_CAPITAL_OF = re.compile(r"\bcapital(?:\scity)?\sof\s(?:the\s)?$", re.IGNORECASE)
_CAPITAL_BEFORE = re.compile(r"\bcapital(?:\sof|,|\scity(?:\sof)?)?\s$", re.IGNORECASE)
_CAPITAL_AFTER = re.compile(r",\s(?:the|its)\s(?:\w{1,14}\s)?capital\b", re.IGNORECASE)
_MAX_BEFORE = 40


class Capitals:
    """The capital that one text names, if it does, and those of the countries that it speaks of."""

    def __init__(self, page: NamedText, *, find_capital: Callable[[str], Place | None]) -> None:
        self._page = page
        self._find_capital = find_capital

    def meant(self, subject: ClaimEnd, phrase: Span) -> ClaimEnd:
        """Resolve "the capital": the city that the text calls so, else that of the country meant."""
        words = phrase.of(self._page.text)
        of = _OF_WHAT.search(words)
        if _LESSER_CAPITAL.search(words) or (of is not None and not country_codes(of["what"])):
            return ClaimEnd(words, phrase, reason="the text does not say which capital")
        if self._named_capital is not None:
            reason = "the text names the capital elsewhere"
            return ClaimEnd(words, phrase, resolution=self._named_capital, reason=reason)
        country = self._country_meant(subject, phrase)
        place = self._find_capital(country) if country else None
        if place is None:
            return ClaimEnd(words, phrase, reason="the text does not say which capital")
        return end_described(phrase, words, place, f"{place.name} is the capital of {country}")

    def of(self, area: Resolution, phrase: Span) -> ClaimEnd:
        """Resolve "the capital of Mali"; that of a province is a town that the text does not name."""
        words = phrase.of(self._page.text)
        place = area.candidates[0].place
        found = (
            self._find_capital(place.country) if place.kind is PlaceKind.COUNTRY and place.country else None
        )
        if found is None:
            return ClaimEnd(
                words, phrase, reason=f"which town is the capital of {place.name} is not known here"
            )
        return end_described(phrase, words, found, f"{found.name} is the capital of {place.name}")

    def described(self, words: Span) -> ClaimEnd | None:
        """Return the capital of the country in "the Syrian capital", "Syria's capital", "the capital of Syria"."""
        called = words.of(self._page.text)
        codes = country_codes(called) if _IS_CAPITAL.fullmatch(called) else ()
        place = self._find_capital(codes[0]) if len(codes) == 1 else None
        if place is None:
            return None
        return end_described(words, called, place, f"{place.name} is the capital of {codes[0]}")

    @cached_property
    def _named_capital(self) -> Resolution | None:
        """The name that the text calls a capital; only for texts that speak of one."""
        return next((r for r in self._page.usable if _is_called_capital(self._page.text, r)), None)

    def _country_meant(self, subject: ClaimEnd, phrase: Span) -> str | None:
        """Return the country of "the Iraqi capital", else that of the subject, else of the last name."""
        codes = country_codes(phrase.of(self._page.text))
        if len(codes) == 1:
            return codes[0]
        first = bisect_left(self._page.name_starts, phrase.start)
        last = bisect_left(self._page.name_starts, phrase.end)
        inside = [r for r in self._page.names[first:last] if r.candidates]
        known = (
            [subject.resolution]
            if subject.resolution is not None
            else self._page.names[max(0, first - 1) : first]
        )
        named = next((r for r in (*inside, *known) if r.candidates), None)
        return None if named is None else named.candidates[0].place.country


def speaks_of_capital(words: str) -> bool:
    """Say whether the words call something a capital."""
    return _CAPITAL.search(words) is not None


def leads_to_capital(lead: str) -> bool:
    """Say whether the words before a name lead to its capital: "the capital of"."""
    return _CAPITAL_OF.search(lead) is not None


def _is_called_capital(text: str, name: Resolution) -> bool:
    """Say whether the text calls what it names a capital: "the capital, Sanaa", "Sanaa, the capital"."""
    span = name.toponym.span
    return (
        _CAPITAL_BEFORE.search(text, max(0, span.start - _MAX_BEFORE), span.start) is not None
        or _CAPITAL_AFTER.match(text, span.end) is not None
    )
