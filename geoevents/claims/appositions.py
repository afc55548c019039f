"""Which name right before a length is the length said of?

"Ilobasco, Cabañas department, 54 km from" speaks of Ilobasco. A capitalized name that nobody
recognized is better than a known one further off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from geoevents.claims.clauses import MAX_GAP, Measured, trimmed
from geoevents.claims.names import NamedText, end_named, is_broad, is_container, owner_after
from geoevents.model import ClaimEnd, Resolution, Span

__all__ = ["apposed", "is_apposition", "is_pair_between"]

_PARTICIPLE = re.compile(r"\b[a-z]{2,16}(?:ed|ing)\b")
_HARMLESS = frozenset(
    """located situated based displaced called named known lying being inhabited populated occupied controlled held besieged walled divided fortified
    contested disputed sprawling surrounding neighboring neighbouring outlying adjoining mining farming fishing trading ravaged bordering
    estimated landlocked isolated wooded deserted abandoned abutting dominated straddling sitting nestled perched crossing red""".split()
)
_DETACHING = re.compile(
    r"\b(?:said|says|told|when|while|after|before|because|where|killing|was\s(?!located|situated)|were|had|has|by|to|against|into|for|until)\b|[;:\"“”]",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(?:close|next|nearest|adjacent|home)\sto\b", re.IGNORECASE)
# "the Mugunga camp for displaced people, 8 miles from": for whom it is.
_FOR_WHOM = re.compile(
    r"\bfor\s(?=(?:(?:internally|newly|the|war)\s){0,2}(?:displaced|refugees?|migrants?|people|families|evacuees|prisoners)\b)",
    re.IGNORECASE,
)
_CONTAINED = re.compile(
    r"(?:\s(?:city|town|village|district|area|municipality|sector|county|township|canton|camp|base))?(?:,|\s\(|['’]s)?\s?(?:(?:the\s|a\s|an\s)?(?:[\w-]{1,20}\s){0,3}(?:of|in)\s)?(?:the\s)?(?:[\w-]{1,20}\s){0,3}",
)
_JOINS = re.compile(r"\b(?:and|or|to|from|between)\b", re.IGNORECASE)
# A capitalized name against the length that nobody recognized: better than a known name further off.
_UNKNOWN_NAME = re.compile(
    r"\b(?:[Ii]n|IN|[Aa]t|AT|[Nn]ear|NEAR|of|OF|outside|OUTSIDE)\s(?P<name>[A-Z][\w'’-]{1,24}(?:\s(?:de\s|la\s|al-|el-)?[A-Z][\w'’-]{1,24}){0,2})"
    r"(?:\s(?:city|town|village|area|district|hill|farm))?(?:\s?,|\s?\(|\s--)?\s?(?:(?:located|situated|an?\s(?:\w{1,14}\s){1,3})\s?)?$"
)
# The same by apposition, which says what it is: "Baalbek and Ain el-Delb, a village 5 km east of".
_INTRODUCED = re.compile(
    r"\b(?P<name>[A-Z][\w'’]{1,24}(?:[\s-](?:(?:al|ad|an|ar|as|ash|at|az|de|del|ed|el|es|ez|la|las|los)[\s-])?[A-Z][\w'’]{1,24}){0,3})"
    r",\s(?:an?|another|the)\s(?:[\w-]{1,20}\s){0,3}(?:village|hamlet|town|city|settlement|suburb|community|camp|farm|base|outpost|crossing)"
    r"(?:\s(?:located|situated|lying|some|about|around|roughly|just|only)){0,2}\s?$"
)
_NO_NAME = re.compile(
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
    r"|Mon(?:day)?|Tues?(?:day)?|Wed(?:nesday)?|Thu(?:rs)?(?:day)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?"
    r"|The|An?|(?:North|South|East|West)(?:ern)?|(?:North|South)(?:east|west)(?:ern)?)\b",
    re.IGNORECASE,
)
_SUBURB = re.compile(r"\s(?:suburb|satellite\stown|neighbou?rhood)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s(?:the\s(?:\w{1,14}\s){1,2}of\s)?$", re.IGNORECASE)
_MAX_AFTER = 110
_MAX_CONTAINED = 70
_MAX_BETWEEN = 40


def apposed(page: NamedText, mention: Measured) -> ClaimEnd | None:
    """Return the name right before the length, or the one that it merely locates."""
    low = max(mention.sentence.start, mention.span.start - MAX_GAP)
    names = page.between(low, mention.span.start)
    if len(names) > 1 and _SUBURB.match(page.text, names[-1].toponym.span.end):
        names = names[:-1]  # "Alvin, a Houston suburb": Houston says what Alvin is
    last = names[-1].toponym.span.end if names else low
    unknown = _unknown(page.text, last, mention.span.start)
    if unknown is not None:
        return unknown
    if not names or not is_apposition(page.text[last : mention.span.start]):
        return None
    if len(names) > 1 and _is_between(page.text, names[-2:], mention):
        return None
    name = _contained(names, page.text)
    if is_container(name, page.text):
        # "in Ilobasco, Cabañas department": the department is where the unknown name lies.
        unknown = _unknown(page.text, max(low, name.toponym.span.start - MAX_GAP), name.toponym.span.start)
        if unknown is not None:
            return unknown
    owner = owner_after(page.text, name.toponym.span.end) if is_broad(name) else None
    if owner:  # "Colombia's second-largest city, 250 km northwest of": the city goes unnamed
        span = trimmed(page.text, name.toponym.span.start, mention.span.start)
        return ClaimEnd(span.of(page.text), span, reason="described, not named")
    return end_named(name, "the name that the distance is said of")


def _unknown(text: str, low: int, high: int) -> ClaimEnd | None:
    """Return the capitalized name that nobody recognized right before an offset."""
    found = _UNKNOWN_NAME.search(text, low, high) or _INTRODUCED.search(text, low, high)
    if found is None or _NO_NAME.match(found["name"]):
        return None
    span = Span(*found.span("name"))
    return ClaimEnd(span.of(text), span, reason="no place of that name was recognized")


def _is_between(text: str, pair: Sequence[Resolution], mention: Measured) -> bool:
    """Say whether it is on the way from one of two places: "between A and B, 1 km from B"."""
    after = text[mention.span.end : mention.span.end + _MAX_AFTER].casefold()
    return is_pair_between(text, pair) and any(name.toponym.text.casefold() in after for name in pair)


def is_pair_between(text: str, pair: Sequence[Resolution]) -> bool:
    """Say whether the two names stand in "between A and B"."""
    start = pair[0].toponym.span.start
    before = text[max(0, start - _MAX_BETWEEN) : start]
    joined = text[pair[0].toponym.span.end : pair[1].toponym.span.start].strip().lower() == "and"
    return joined and _BETWEEN.search(before) is not None


def is_apposition(gap: str) -> bool:
    """Say whether the words between a name and a length still speak of the name."""
    gap = _FOR_WHOM.sub("", _BESIDE.sub(" ", gap))
    if _DETACHING.search(gap):
        return False
    return all(word in _HARMLESS for word in _PARTICIPLE.findall(gap))


def _contained(names: Sequence[Resolution], text: str) -> Resolution:
    """Climb from the last name to the place that it locates: "Ibague, capital of Tolima"."""
    for inner, outer in zip(reversed(names[:-1]), reversed(names), strict=False):
        if not _locates(inner, outer, text):
            break
        if not is_container(inner, text):
            return inner
    return names[-1]


def _locates(inner: Resolution, outer: Resolution, text: str) -> bool:
    """Say whether the second name merely says where the first one is."""
    if inner.toponym.qualifier == outer.toponym.span:
        return True
    between = text[inner.toponym.span.end : outer.toponym.span.start]
    if not is_container(outer, text) or len(between) > _MAX_CONTAINED or _JOINS.search(between):
        return False
    return _CONTAINED.fullmatch(between) is not None
