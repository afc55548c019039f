"""What is a length measured from: the place its phrase names, a line, or one named before?"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from geoevents.claims.anaphora import place_before, place_meant
from geoevents.claims.capitals import Capitals, leads_to_capital
from geoevents.claims.clauses import Measured, phrase_after
from geoevents.claims.lines import LINE, line_named, territory_named
from geoevents.claims.names import NamedText, end_named, is_broad, owner_after
from geoevents.claims.reading import Link
from geoevents.model import ClaimEnd, Line, LineKind, PlaceKind, Resolution, Span, ToponymRole

__all__ = ["reference_behind"]

_NO_REFERENCE = frozenset({ToponymRole.DATELINE, ToponymRole.INSTITUTION, ToponymRole.EMBEDDED})
# Words that make a name behind them an agent or a detail of the phrase, not its head.
_BREAKER = re.compile(
    r"\b(?:by|that|which|who|whom|whose|where|when|with|and|or|as|after|before|while|since|is|was|were|are|has|had|have|said|says"
    r"|held|controlled|designated|backed|occupied|claimed|used|run|led|marked|belonging|against|under|to|for|than)\b|[;:()\[\].—!?]",
    re.IGNORECASE,
)
_BORDER_AFTER = re.compile(
    r"(?:['’]s)?\s(?:(?:land|sea|state|ring|main|provincial|northern|southern|eastern|western)\s)?(?:border|frontier|coast|shore|front\s?line|boundary|mainland|highway|road|river)\b",
    re.IGNORECASE,
)
# An agent: "U.S. positions".
_AGENT_AFTER = re.compile(
    r"\s(?:positions?|forces?|troops?|army|soldiers?|military|bases?|outposts?|lines|fighters|jets|warplanes|units?)\b",
    re.IGNORECASE,
)
_HOLDER = re.compile(
    r"[\w'’-]{1,24}-(?:held|controlled|occupied|backed|run|led|claimed|used)\b", re.IGNORECASE
)
_NAMED_BY = re.compile(
    r"\b(?:capital|city|town|village|hometown|stronghold|headquarters|seat|cent(?:er|re)|port|hub|metropolis|district|area|center|settlement)(?:\s(?:city|town))?,\s(?:the\s)?$",
    re.IGNORECASE,
)
# Characters that may stand between a length and the name that heads its reference.
_MAX_LEAD = 110


def reference_behind(
    page: NamedText, capitals: Capitals, mention: Measured, subject: ClaimEnd
) -> tuple[ClaimEnd, int]:
    """Return what a length is measured from, and where the words for it end."""
    if mention.link is not Link.NAMED:
        return _implied(page, subject), mention.span.end
    phrase = phrase_after(page.text, mention.span.end, mention.sentence.end)
    named = _name_in_phrase(page, mention.span.end, mention.sentence.end)
    if named is not None:
        reference = _headed(page, capitals, mention, phrase, named)
        return reference, max(named.toponym.span.end, reference.span.end if reference.span else 0)
    words = phrase.of(page.text)
    if LINE.search(words) or (mention.is_inward and territory_named(words)):
        return _line(page.text, phrase, is_inward=mention.is_inward), phrase.end
    return place_meant(page, capitals, subject, phrase, mention.sentence), phrase.end


def _headed(
    page: NamedText, capitals: Capitals, mention: Measured, phrase: Span, named: Resolution
) -> ClaimEnd:
    """Return the reference that a name heads: the place, a line that is its, or its capital."""
    end = named.toponym.span.end
    lead = page.text[mention.span.end : named.toponym.span.start]
    if LINE.search(lead) or _BORDER_AFTER.match(page.text, end):
        whole = Span(phrase.start, max(phrase.end, end))
        return _line(page.text, whole, is_inward=mention.is_inward)
    if leads_to_capital(lead) and is_broad(named):
        return capitals.of(named, Span(phrase.start, end))
    if mention.is_inward:
        return _edge(page.text, Span(phrase.start, end), named)
    return end_named(named, "named after the preposition")


def _name_in_phrase(page: NamedText, start: int, stop: int) -> Resolution | None:
    """Return the name that heads the phrase, not one that merely does or owns something in it."""
    limit = min(stop, start + _MAX_LEAD)
    first = bisect_left(page.name_starts, start)
    for name in page.names[first : first + _MAX_LEAD]:
        span = name.toponym.span
        if span.start >= limit or not _leads_to_head(page.text[start : span.start]):
            return None
        if name.toponym.role is ToponymRole.DEMONYM:
            continue
        owner = owner_after(page.text, span.end)
        if _BORDER_AFTER.match(page.text, span.end):
            return name
        if owner is not None and (owner.group().startswith("-") or is_broad(name)):
            start = owner.end()  # the head stands behind it, if anywhere: "Turkey-held Afrin"
            continue
        is_agent = is_broad(name) and _AGENT_AFTER.match(page.text, span.end) is not None
        return None if is_agent or name.toponym.role in _NO_REFERENCE else name
    return None


def _implied(page: NamedText, subject: ClaimEnd) -> ClaimEnd:
    """Return the place before the subject for a length whose reference is left out: "30 km away"."""
    if subject.resolution is None or subject.span is None:
        return ClaimEnd("", None)
    found = place_before(page, subject.span.start, subject, None)
    if found is None:
        return ClaimEnd("", None)
    meant = end_named(found, "left out; taken for the place named before the subject")
    return replace(meant, is_inferred=True)


def _leads_to_head(lead: str) -> bool:
    """Say whether the words before a name leave it the head: "the town of", "a market in"."""
    introduced = _NAMED_BY.search(lead)
    bare = lead[: introduced.start()] if introduced else lead
    bare = _HOLDER.sub("", bare)
    return "," not in bare and _BREAKER.search(bare) is None


def _line(text: str, span: Span, *, is_inward: bool) -> ClaimEnd:
    """Return the border, coast or front that the words name, or one that no map here has."""
    words = span.of(text)
    line = (territory_named(words) if is_inward else None) or line_named(words) or Line(LineKind.OTHER)
    return ClaimEnd(words, span, line=line, reason="a line, named after the preposition")


def _edge(text: str, span: Span, area: Resolution) -> ClaimEnd:
    """Return the edge of an area that a length leads into: a border, or one that no map here has."""
    is_country = bool(area.candidates) and area.candidates[0].place.kind is PlaceKind.COUNTRY
    if is_country:
        return _line(text, span, is_inward=True)
    return ClaimEnd(
        span.of(text), span, line=Line(LineKind.OTHER, is_inside=True), reason="the edge of the area named"
    )
