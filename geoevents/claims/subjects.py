"""What is a length said of: the subject of its clause, or a name in apposition?

A subject that the text calls by no name keeps the words that the text has for it, and no place.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from geoevents.claims.appositions import apposed, is_apposition, is_pair_between
from geoevents.claims.capitals import Capitals
from geoevents.claims.clauses import MAX_CALLED, MAX_GAP, Measured, clause_start, copula_before, trimmed
from geoevents.claims.names import NO_END, NamedText, end_named, innermost, is_broad
from geoevents.lexicon.places import KIND_WORDS
from geoevents.model import ClaimEnd, Resolution, Span, ToponymRole

__all__ = ["spoken_of", "subject_before"]

_RELATIVE = re.compile(r"(?:^|[\s,])(?:which|that|who|it|and|they|he|she)$", re.IGNORECASE)
_RELATIVE_CLAUSE = re.compile(
    r"(?:which|who|whose|where|that|formerly|also|a|an|once|home|known)\b", re.IGNORECASE
)
_OF = re.compile(r"of\s", re.IGNORECASE)
_PLACE_NOUN = (
    r"(?:villages?|hamlets?|towns?|townships?|cit(?:y|ies)|settlements?|suburbs?|communit(?:y|ies)|communes?|comuni?e?|municipalit(?:y|ies)"
    r"|localit(?:y|ies)|districts?|parish(?:es)?|neighbou?rhoods?|ports?|camps?|bases?|airbases?|airports?|outposts?|crossings?|islands?|stations?|resorts?|parks?|part)"
)
# "Ortaca is a small town in Muğla, near the coast": what the sentence goes on to say, it says of Ortaca.
_IS_A_PLACE = re.compile(
    rf"\s(?:is|was|remains)\s(?:an?|the|one\sof|another)\s(?:[\w'’-]{{1,24}},?\s){{0,5}}?{_PLACE_NOUN}\b",
    re.IGNORECASE,
)
_LOCATED = re.compile(
    r",?\s(?:located|situated|lying|found|positioned)(?:\s(?:some|about|around|roughly|just|only|approximately|almost|nearly|at)){0,2}\s?$",
    re.IGNORECASE,
)
_AND = re.compile(r"\b(?:and|but|or|while)\s(?:the\s)?(?:[\w'’-]{1,20}\s){0,2}$", re.IGNORECASE)
# A length that goes on after "and" is said of what the clause speaks of: "north of A and 6 km south of B".
_GOES_ON = re.compile(
    r"(?:,\s[A-Z][\w.'’-]{1,24})?,?\s(?:and|but)(?:\s(?:is|lies|was|lay|also|then|just|located|situated|some|about|around|roughly|only)){0,4}\s$"
)
_OBJECT = re.compile(
    r"\b(?:of|with|to|from|in|near|at|on|by|outside|inside|between|around)\s(?:the\s)?(?:[\w'’-]{1,20}\s){0,3}$",
    re.IGNORECASE,
)
_VERB = re.compile(r"\s(?:is|was|are|were|lies|lay|sits|stands|has|had)\s", re.IGNORECASE)
_STOPS = re.compile(r"[;:—\"“”]|\bthat\s", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?](?:\[\d{1,3}\]){0,4}\s{1,3}(?=[A-Z\"“])")
_DESCRIBES = re.compile(
    r"(?:on|in|at|near|along|by|beside|close|outside|inside|south|north|east|west|home|capital|the|its|once)\s"
    rf"|(?:[\w'’-]{{1,24}}\s){{0,2}}?[\w-]{{1,24}}['’]s?\s(?:[\w'’-]{{1,24}}\s){{0,4}}?{_PLACE_NOUN}\b",
    re.IGNORECASE,
)
_NAME_ALONE = re.compile(r"[A-Z][\w'’-]{1,30}(?:\s(?:[A-Z][\w'’-]{1,30}|al|el|de|la)){0,3}")
_AND_VERB = re.compile(r"\b(?:and|but)\s(?:\w{1,12}\s)?$", re.IGNORECASE)
_AFTER_PREPOSITION = re.compile(
    r"\b(?:in|near|at|after|from|of|by|with|to|on|for|against|outside|around|between)\s(?:the\s)?(?:[\w'’-]{1,20}\s){0,2}$",
    re.IGNORECASE,
)
# The roles that open no sentence as its subject. A government may: "Homs faces".
_NO_OPENING = NO_END - {ToponymRole.METONYM}
_MOST_OPENING = 40
_MOST_APPOSED = 4
_MAX_OBJECT = 60
_MAX_UNNAMED = 120


def subject_before(page: NamedText, capitals: Capitals, mention: Measured) -> ClaimEnd:
    """Return what stands before a length and is what the length is said of."""
    start = mention.sentence.start
    copula = copula_before(page.text, mention)
    if copula:
        verb = copula.start()
        found = _predicated(page, capitals, start, verb) or _conjoined(page, start, verb)
        if found is not None:
            return found
    return (
        _described(page, mention)
        or _coordinated(page, mention)
        or apposed(page, mention)
        or _unnamed(page, mention)
    )


def spoken_of(page: NamedText, start: int) -> ClaimEnd | None:
    """Return what the sentence before says to be a village, town or the like."""
    low = max(0, start - MAX_CALLED)
    ends = [end.end() for end in _SENTENCE.finditer(page.text, low, max(low, start - 2))]
    low = ends[-1] if ends else low
    is_a = _IS_A_PLACE.search(page.text, low, start)
    return None if is_a is None else _head(page, low, is_a.start())


def _predicated(page: NamedText, capitals: Capitals, start: int, end: int) -> ClaimEnd | None:
    """Return what the sentence says it of: the noun phrase before "is", "lies", "was"."""
    words = trimmed(page.text, clause_start(page.text, start, end), end)
    if _RELATIVE_CLAUSE.match(words.of(page.text)) and words.start > start + 2:
        # "Lviv, which was not attacked, lies": the subject stands before the relative clause.
        words = trimmed(page.text, clause_start(page.text, start, words.start - 2), words.start)
    words = _before_apposition(page, words, start)
    if not words.of(page.text) or _RELATIVE.search(words.of(page.text)):
        return None
    inside = page.between(words.start, words.end) or _nothing_but(page, words)
    capital = capitals.described(words)
    if capital is not None:
        return capital
    # "Smith, of Edmonton, was found": the place says where the person is from.
    if inside and not _OF.match(page.text, words.start):
        return end_named(innermost(inside), "the subject of its clause")
    return ClaimEnd(words.of(page.text), words)


def _conjoined(page: NamedText, start: int, verb: int) -> ClaimEnd | None:
    """Return the name that opens the sentence for "A faces B across the border and lies"."""
    if not _AND_VERB.search(page.text, max(start, verb - 20), verb + 1):
        return None
    low = bisect_left(page.name_starts, start)
    opening = page.names[low : low + 1]
    stop = min(verb, start + _MOST_OPENING)
    first = next(
        (r for r in opening if r.toponym.role not in _NO_OPENING and r.toponym.span.end <= stop), None
    )
    if first is None or _AFTER_PREPOSITION.search(page.text, start, first.toponym.span.start):
        return None
    return end_named(first, "the subject of its sentence")


def _before_apposition(page: NamedText, words: Span, start: int) -> Span:
    """Return the phrase before one that only describes it: "Torkham, on the Afghan border, is"."""
    for _ in range(_MOST_APPOSED):
        comma = words.start - 2
        names = page.between(words.start, words.end)
        only_locates = _DESCRIBES.match(words.of(page.text)) or (names and all(map(is_broad, names)))
        if comma <= start or page.text[comma : comma + 1] != "," or not only_locates:
            return words
        before = trimmed(page.text, clause_start(page.text, start, comma), comma)
        names = page.between(before.start, before.end)
        rest = page.text[names[-1].toponym.span.end : before.end].strip().casefold() if names else None
        is_named = rest is not None and (not rest or rest in KIND_WORDS)
        if not is_named and not _NAME_ALONE.fullmatch(before.of(page.text)):
            return words
        words = before
    return words


def _described(page: NamedText, mention: Measured) -> ClaimEnd | None:
    """Return what "is a village in A, located" is said of: A merely says where it lies."""
    high = mention.span.start
    low = max(mention.sentence.start, high - MAX_CALLED)
    is_a = _IS_A_PLACE.search(page.text, low, high)
    if is_a is None or _STOPS.search(page.text, is_a.end(), high):
        return None
    inside = page.between(is_a.end(), high)
    last = inside[-1].toponym.span if inside else Span(is_a.end(), is_a.end())
    if not _LOCATED.search(page.text, last.end, high):
        is_new_head = _AND.search(page.text, is_a.end(), last.start) is not None
        if is_new_head or not is_apposition(page.text[is_a.end() : high]):
            return None
    return _head(page, low, is_a.start())


def _coordinated(page: NamedText, mention: Measured) -> ClaimEnd | None:
    """Return what a clause speaks of that goes on with "and 6 km south of": not the name before the "and"."""
    high = mention.span.start
    low = max(mention.sentence.start, high - MAX_CALLED)
    names = page.between(max(low, high - MAX_GAP), high)
    if not names:
        return None
    last = names[-1].toponym.span
    is_further = _GOES_ON.fullmatch(page.text, last.end, high) is not None
    object_of = (
        _OBJECT.search(page.text, max(low, last.start - _MAX_OBJECT), last.start) if is_further else None
    )
    is_pair = len(names) > 1 and is_pair_between(page.text, names[-2:]) and "," in page.text[last.end : high]
    if object_of is None and not is_pair:
        return None
    stop = names[-2].toponym.span.start if object_of is None else object_of.start()
    verb = _VERB.search(page.text, low, stop + 1)
    if verb is not None:
        return _head(page, low, verb.start())
    words = trimmed(page.text, clause_start(page.text, low, stop), stop)
    return ClaimEnd(words.of(page.text), words)


def _head(page: NamedText, low: int, high: int) -> ClaimEnd:
    """Return the noun phrase that opens a clause: its name, else its words."""
    stops = [stop.end() for stop in _STOPS.finditer(page.text, low, high)]
    low = stops[-1] if stops else low
    named = page.between(low, high) or _nothing_but(page, trimmed(page.text, low, high))
    if named:
        return end_named(innermost(named), "the subject of its sentence")
    first = re.split(r"[,(\[]", page.text[low:high], maxsplit=1)[0]
    words = trimmed(page.text, low, low + len(first))
    return ClaimEnd(words.of(page.text), words)


def _nothing_but(page: NamedText, words: Span) -> list[Resolution]:
    """Return the name that is the whole phrase, although it was taken for a government.

    "Homs is" may be one that acts; of "Homs is 160 km from Damascus" only a place can be the subject.
    """
    first = bisect_left(page.name_starts, words.start)
    here = page.names[first : first + 1]
    return [r for r in here if r.toponym.span == words and r.toponym.role is ToponymRole.METONYM]


def _unnamed(page: NamedText, mention: Measured) -> ClaimEnd:
    """Return the words of the clause before a length, which name nothing that it could be said of."""
    low = clause_start(page.text, mention.sentence.start, mention.span.start)
    words = trimmed(page.text, max(low, mention.span.start - _MAX_UNNAMED), mention.span.start)
    return ClaimEnd(words.of(page.text), words) if words.end > words.start else ClaimEnd("", None)
