"""Which two places does a claim speak of: by clause, by apposition, or by what came before?

Names come from the resolutions of the document. An end that the text calls by no name keeps the
words that the text has for it, and no place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from geoevents.claims.anaphora import taken_up
from geoevents.claims.attacks import Attacks
from geoevents.claims.capitals import Capitals
from geoevents.claims.clauses import (
    MAX_CALLED,
    MAX_GAP,
    Measured,
    after_citation,
    clause_start,
    copula_before,
    trimmed,
)
from geoevents.claims.names import NamedText, division_after, end_named, is_broad
from geoevents.claims.reading import Link
from geoevents.claims.references import reference_behind
from geoevents.claims.subjects import subject_before
from geoevents.model import ClaimEnd, Event, Place, Span

__all__ = ["Discourse", "Ends"]

_SHARED = re.compile(
    # "Washington, D.C., and 7 miles": the state says which Washington.
    r"(?:(?-i:,\s[A-Z][\w.'’-]{1,24}(?:\s[A-Z][\w.'’-]{1,24}){0,2}),?(?=\s(?:and|or|but)\b))?"
    r"[\s,)]{0,3}(?:(?:and|or|but)\s)?(?:(?:also|is|was|lies|located|just|then|only)\s){0,2}\(?",
    re.IGNORECASE,
)
_LOCATIVE = re.compile(r"[,\s]{1,2}(?:in|at|near|outside|inside)\s(?:the\s)?(?:[\w-]{1,20}\s){0,4}$")
_CLOSEST = re.compile(r"\b(?:nearest|closest)\b", re.IGNORECASE)
_IS = re.compile(r",?\s(?:is|was)\s(?:the\s\w{1,14}\sof\s)?", re.IGNORECASE)
_TO_PLACE = re.compile(r"\sto\s(?:the\s(?:\w{1,14}\s){1,2}of\s)?", re.IGNORECASE)
_DIVISION_OF = re.compile(
    r"\b(?:province|governorate|region|district|oblast|state|county|department|prefecture)\sof\s(?:the\s)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """The two ends of a mention. `reference_end` is where the words for the reference end."""

    subject: ClaimEnd
    reference: ClaimEnd
    reference_end: int


class Discourse:
    """What one document names, calls a capital and tells of attacks, for all of its mentions."""

    def __init__(
        self, page: NamedText, events: Iterable[Event], *, find_capital: Callable[[str], Place | None]
    ) -> None:
        self._page = page
        self._capitals = Capitals(page, find_capital=find_capital)
        self._attacks = Attacks(events)

    def ends(self, mention: Measured, previous: tuple[Measured, Ends] | None) -> Ends:
        """Return both ends of a mention; `previous` is the one before it, for ends that they share."""
        found = self._ends(mention, previous)
        subject, reference = _whole(self._page.text, found.subject), _whole(self._page.text, found.reference)
        return replace(found, subject=subject, reference=reference)

    def _ends(self, mention: Measured, previous: tuple[Measured, Ends] | None) -> Ends:
        """Return both ends, named as the names are found."""
        mention = replace(mention, sentence=after_citation(self._page.text, mention))
        if mention.link in {Link.BETWEEN, Link.APART, Link.SEPARATED}:
            return _both(self._page, mention)
        shared = _shared(self._page.text, mention, previous)
        subject = shared or subject_before(self._page, self._capitals, mention)
        low = max(mention.sentence.start, mention.span.start - MAX_CALLED)
        called = _CLOSEST.search(self._page.text, low, mention.span.start) is not None
        if subject.resolution is None and mention.link is Link.IMPLIED:
            behind = _following_subject(self._page, mention.sentence, mention.span.end, is_predicate=called)
            subject = behind or subject
        reference, end = reference_behind(self._page, self._capitals, mention, subject)
        if subject.resolution is None and reference.resolution is not None:
            destination = _destination(self._page, end)
            if destination is not None:
                return Ends(subject=destination, reference=reference, reference_end=end)
        if subject.resolution is None:
            subject = _following_subject(self._page, mention.sentence, end, is_predicate=called) or subject
        if subject.resolution is None:
            before = taken_up(self._page, self._capitals, mention, reference)
            if copula_before(self._page.text, mention):
                before = before or self._attacks.located(subject, reference)
            subject = before or subject
        return Ends(subject=subject, reference=reference, reference_end=end)


def _shared(text: str, mention: Measured, previous: tuple[Measured, Ends] | None) -> ClaimEnd | None:
    """Return the subject of the mention before where both are said of it: "10 km from A and 7 km from B"."""
    if previous is None or previous[0].sentence.end != mention.sentence.end:
        return None
    gap = previous[1].reference_end
    if gap > mention.span.start or not _SHARED.fullmatch(text, gap, mention.span.start):
        return None
    return previous[1].subject


def _both(page: NamedText, mention: Measured) -> Ends:
    """Return the two ends that one phrase names: "A and B are 30 km apart", "30 km separate A from B"."""
    after = mention.link is Link.SEPARATED
    low = mention.span.end if after else max(mention.sentence.start, mention.span.start - MAX_GAP)
    high = min(mention.sentence.end, mention.span.end + MAX_GAP) if after else mention.span.start
    named = page.between(low, high)
    pair = named[:2] if after else named[-2:]
    if len(pair) < 2:
        words = trimmed(page.text, low if after else clause_start(page.text, low, high), high)
        unnamed = ClaimEnd(words.of(page.text), words, reason="it names no two places")
        return Ends(subject=unnamed, reference=ClaimEnd("", None), reference_end=mention.span.end)
    subject, reference = (end_named(r, "both ends stand in one phrase") for r in pair)
    return Ends(
        subject=subject,
        reference=reference,
        reference_end=max(mention.span.end, pair[1].toponym.span.end),
    )


def _following_subject(
    page: NamedText, sentence: Span, end: int, *, is_predicate: bool = False
) -> ClaimEnd | None:
    """Return the name in "30 km south of Mosul, in Qayyarah" and at the head of a sentence.

    With `is_predicate`, also that in "the closest town, 9 km away, is Sarmin".
    """
    name = page.first_from(end)
    if name is None:
        return None
    between = page.text[end : name.toponym.span.start]
    is_tied = _LOCATIVE.fullmatch(between) or (is_predicate and _IS.fullmatch(between))
    if name.toponym.span.end > sentence.end or not is_tied:
        return None
    if is_broad(name) or _DIVISION_OF.search(between) is not None:
        return None
    return end_named(name, "named behind the distance")


def _destination(page: NamedText, end: int) -> ClaimEnd | None:
    """Return the second name of "85 km from Beirut to Damascus"."""
    name = page.first_from(end)
    if name is None:
        return None
    is_tied = _TO_PLACE.fullmatch(page.text, end, name.toponym.span.start) is not None
    return end_named(name, "where the way leads that is measured") if is_tied and not is_broad(name) else None


def _whole(text: str, end: ClaimEnd) -> ClaimEnd:
    """Return an end with the word behind its name that makes it a division: "Potosí department"."""
    if end.resolution is None or end.span != end.resolution.toponym.span:
        return end
    after = division_after(text, end.span.end)
    if after is None:
        return end
    span = Span(end.span.start, after.end())
    return replace(end, text=span.of(text), span=span)
