"""Which place does a text call the closest town to another?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geoevents.claims.neighbors import beside
from geoevents.model import ClaimKind, DistanceClaim, Interval, Resolution, Span
from geoevents.text import tokenize

__all__ = ["nearest_claims"]

_CLOSEST = re.compile(
    r"\b(?:the|its)\s(?:nearest|closest)\s(?:\w{1,14}\s)?(?:town|city|village|settlement)\b", re.IGNORECASE
)
_SUPERLATIVES = frozenset(("nearest", "closest"))
_TO = re.compile(r"\s(?:to|from)\s(?:the\s(?:\w{1,14}\s){0,2}(?:of\s)?)?$", re.IGNORECASE)
# "the closest town, Palmyra", "the nearest city is Palmyra", "the closest town, 9 km away, is Sarmin".
_BEHIND = re.compile(
    r"(?:,[^,.;:()]{3,60},)?(?:,\s|\s(?:is|was|being|of)\s|\s\()(?:the\s\w{1,14}\sof\s)?", re.IGNORECASE
)
_BEFORE = re.compile(r"(?:,\s|\s(?:is|was|being|remains)\s)$", re.IGNORECASE)
_MOST_GAP = 90
_BACK = 8


def nearest_claims(text: str, names: Sequence[Resolution]) -> tuple[DistanceClaim, ...]:
    """Return what the text calls the closest town, and to which place: named with it, or before it.

    `names` are those that can be an end of a claim, in order.
    """
    if _SUPERLATIVES.isdisjoint(tokenize(text).keys):
        return ()
    starts = [name.toponym.span.start for name in names]
    found = (_claim(text, match, names, starts) for match in _CLOSEST.finditer(text))
    return tuple(claim for claim in found if claim is not None)


def _claim(
    text: str, match: re.Match[str], names: Sequence[Resolution], starts: Sequence[int]
) -> DistanceClaim | None:
    after = bisect_left(starts, match.end())
    end, reference = match.end(), None
    if after < len(names) and _TO.fullmatch(text, end, starts[after]):
        reference, end = names[after], names[after].toponym.span.end
        after += 1
    subject = _behind(text, end, names, after) or _before(text, match.start(), names, starts)
    if subject is None:
        return None
    reference = reference or _spoken_of(
        names, starts, min(match.start(), subject.toponym.span.start), subject
    )
    if reference is None:
        return None
    claim = beside(subject, reference, ClaimKind.NEAREST, claimed=Interval(0.0))
    return _spanning(claim, match)


def _behind(text: str, end: int, names: Sequence[Resolution], index: int) -> Resolution | None:
    if index >= len(names) or names[index].toponym.span.start - end > _MOST_GAP:
        return None
    name = names[index]
    return name if _BEHIND.fullmatch(text, end, name.toponym.span.start) and _is_town(name) else None


def _before(text: str, start: int, names: Sequence[Resolution], starts: Sequence[int]) -> Resolution | None:
    index = bisect_left(starts, start) - 1
    if index < 0:
        return None
    name = names[index]
    return name if _BEFORE.fullmatch(text, name.toponym.span.end, start) and _is_town(name) else None


def _spoken_of(
    names: Sequence[Resolution], starts: Sequence[int], offset: int, subject: Resolution
) -> Resolution | None:
    """Return the place last named before, of which the town is the closest."""
    index = bisect_left(starts, offset)
    return next((n for n in _reversed(names, index) if _is_town(n) and n.place != subject.place), None)


def _reversed(names: Sequence[Resolution], index: int) -> Iterator[Resolution]:
    return reversed(names[max(0, index - _BACK) : index])


def _is_town(name: Resolution) -> bool:
    return name.place is not None and not name.place.kind.is_area


def _spanning(claim: DistanceClaim, match: re.Match[str]) -> DistanceClaim:
    span = claim.span
    return replace(claim, span=Span(min(span.start, match.start()), max(span.end, match.end())))
