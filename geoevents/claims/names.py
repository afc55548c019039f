"""Which names of a text can be an end of a claim, and what is known of each?

Datelines, institutions, demonyms and governments called by their capital are no end of a distance.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geoevents.lexicon.places import names_an_area
from geoevents.model import Candidate, ClaimEnd, Place, Resolution, Span, Toponym, ToponymRole

__all__ = [
    "NO_END",
    "NamedText",
    "division_after",
    "end_described",
    "end_named",
    "identity",
    "innermost",
    "is_broad",
    "is_container",
    "owner_after",
    "place_id",
]

NO_END = frozenset(
    {
        ToponymRole.DATELINE,
        ToponymRole.INSTITUTION,
        ToponymRole.DEMONYM,
        ToponymRole.EMBEDDED,
        ToponymRole.METONYM,
    }
)
"""The roles of names that are no end of a distance."""
# Behind an owner the head may follow: "Turkey's army", "Israel-held Golan".
_OWNER_AFTER = re.compile(
    r"(?:['’]s\b|-(?:held|backed|led|run|controlled|occupied|allied|made|supported|based)\b)", re.IGNORECASE
)
_CONTAINER_AFTER = re.compile(
    r"\s(?:province|district|department|state|region|municipality|county|governorate|jurisdiction|oblast|prefecture|division|sub-?district)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedText:
    """A text with its names, sorted once, so that those of a range are found by bisection.

    `usable` are the names that can be an end of a claim, in order.
    """

    text: str
    names: tuple[Resolution, ...]
    name_starts: tuple[int, ...]
    usable: tuple[Resolution, ...]
    usable_starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str, resolutions: Iterable[Resolution]) -> NamedText:
        """Return the text with these names in order."""
        names = tuple(sorted(resolutions, key=lambda r: r.toponym.span))
        usable = tuple(r for r in names if r.toponym.role not in NO_END)
        return cls(
            text=text,
            names=names,
            name_starts=tuple(r.toponym.span.start for r in names),
            usable=usable,
            usable_starts=tuple(r.toponym.span.start for r in usable),
        )

    def between(self, low: int, high: int) -> list[Resolution]:
        """Return the usable names that lie in the range, in order."""
        first = bisect_left(self.usable_starts, low)
        last = bisect_left(self.usable_starts, high)
        return [r for r in self.usable[first:last] if r.toponym.span.end <= high]

    def first_from(self, offset: int) -> Resolution | None:
        """Return the first usable name that begins at the offset or behind it."""
        index = bisect_left(self.usable_starts, offset)
        return self.usable[index] if index < len(self.usable) else None

    def last_before(self, offset: int, *, most: int) -> tuple[Resolution, ...]:
        """Return the last usable names that begin before the offset, in order."""
        index = bisect_left(self.usable_starts, offset)
        return self.usable[max(0, index - most) : index]


def end_named(resolution: Resolution, reason: str) -> ClaimEnd:
    """Return the end that a name stands for."""
    return ClaimEnd(resolution.toponym.text, resolution.toponym.span, resolution=resolution, reason=reason)


def end_described(span: Span, words: str, place: Place, reason: str) -> ClaimEnd:
    """Return an end that the text describes so that only one place can be meant."""
    candidate = Candidate(place, 1.0, reasons=(reason,))
    meant = Resolution(Toponym(span, words), (candidate,), is_settled=True, reason=reason)
    return ClaimEnd(words, span, resolution=meant, reason=reason)


def place_id(resolution: Resolution | None) -> str | None:
    """Return the id of the place that a name is taken for."""
    if resolution is None or not resolution.candidates:
        return None
    return resolution.candidates[0].place.id


def identity(name: Resolution) -> str:
    """Return what tells two names apart: the place, else the spelling."""
    return place_id(name) or name.toponym.text.casefold()


def is_broad(resolution: Resolution) -> bool:
    """Say whether the name is that of an area: "Pisz County" is, although only the town may be known."""
    if not resolution.candidates:
        return False
    place = resolution.candidates[0].place
    return place.kind.is_area or names_an_area(resolution.toponym.text, place)


def innermost(names: Sequence[Resolution]) -> Resolution:
    """Return the first name of a noun phrase that is no mere region, else the first."""
    return next((n for n in names if not is_broad(n)), names[0])


def is_container(name: Resolution, text: str) -> bool:
    """Say whether other places lie in it: an area, or what the text calls a province or the like."""
    return is_broad(name) or division_after(text, name.toponym.span.end) is not None


def division_after(text: str, offset: int) -> re.Match[str] | None:
    """Return the word behind a name that makes it a division: "Potosí department"."""
    return _CONTAINER_AFTER.match(text, offset)


def owner_after(text: str, offset: int) -> re.Match[str] | None:
    """Return what makes the name before it an owner: the "'s" of "Turkey's", the "-held" of "Israel-held"."""
    return _OWNER_AFTER.match(text, offset)
