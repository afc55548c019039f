"""What does a text say of two places without giving a length: in, near, on the border with, north of?

Only of two names that stand side by side, with nothing between them but the words that say so, and
once for each pair in a document: reports repeat where a town lies as often as they name it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geoevents.claims.coordinates import is_given
from geoevents.claims.figures import alternation
from geoevents.claims.lines import line_named
from geoevents.lexicon.hedges import WINDS
from geoevents.model import (
    ClaimEnd,
    ClaimKind,
    DistanceClaim,
    Interval,
    LineKind,
    Place,
    PlaceKind,
    Resolution,
    Span,
)

__all__ = ["NEAR_KM", "ON_LINE_KM", "beside", "neighbor_claims"]

NEAR_KM = 50.0
"""How far apart two places are, at most, of which one is said to be near the other.

From edge to edge. The word has no bounds of its own; this one is ours, and generous.
"""
ON_LINE_KM = 10.0
"""How far from a border or coast a place lies, at most, that is said to be on it."""
# Coordinates are good for their last figure; this much more is where in the town they are.
_AT_POINT_KM = 5.0
_MOST_GAP = 90
_VERB = r"(?:(?:which|that|who)\s)?(?:(?:is|was|lies|lay|sits|sat|stands|stood|located|situated|based|just|also|only)\s){0,3}"
_NOUN = r"(?:(?:the|a|an|its)\s(?:[\w'’-]{1,20}\s){0,3}(?:city|town|village|hamlet|base|camp|port|suburb|settlement|district|area|airport|airfield|garrison|crossing|neighbou?rhood)\s)?"
_OPEN = rf"(?:\s|,\s|\s\(|\s[–—-]{{1,2}}\s){_NOUN}{_VERB}"
# "the besieged city of", "the northern Syrian town of", "Syria's second city, ": no words that would
# make the name behind them a part of something else.
_NO_ADJECTIVE = "a|an|on|against|by|with|from|to|for|after|before|and|or|as|that|who|when|where|while|during|including|of|in|at|into|over|between|towards?"
_PLACE_NOUN = "city|town|village|hamlet|port|province|governorate|region|district|state|county|department|capital|area|oblast|suburb|base|camp|island"
_TO_NAME = (
    rf"(?:(?!(?:{_NO_ADJECTIVE})\b)[\w'’-]{{1,24}}\s){{0,4}}(?:(?:the\s)?(?:{_PLACE_NOUN})\sof\s)?(?:the\s)?"
)
_CLOSE_BY = re.compile(
    rf"{_OPEN}(?:(?:very|right|just)\s)?(?:near(?:by)?(?:\sto)?|close\sto|not\sfar\sfrom|next\sto|adjacent\sto|in\sthe\svicinity\sof|on\sthe\soutskirts\sof|on\sthe\sedge\sof|outside(?:\sof)?)\s{_TO_NAME}",
    re.IGNORECASE,
)
# "across the border from", "across the Congo River from", "opposite": near, and on the other side. Of a
# lake or a sea the other side may be far.
_ACROSS = re.compile(
    rf"{_OPEN}(?:(?:just|right|directly|immediately)\s)?(?:across\s(?:the\s)?(?:[\w'’-]{{1,20}}\s){{0,3}}(?:border|frontier|river|canal)\sfrom|opposite(?:\sto)?)\s{_TO_NAME}",
    re.IGNORECASE,
)
_ACROSS_IT = re.compile(
    rf"{_OPEN}(?:(?:just|right|directly|immediately)\s)?across\s(?:the\s)?", re.IGNORECASE
)
_FROM = re.compile(rf"(?:\sriver)?\sfrom\s{_TO_NAME}", re.IGNORECASE)
_WIDE_WATER = re.compile(r"\b(?:lake|sea|strait|gulf|bay|channel|ocean)\b", re.IGNORECASE)
_WIND_WORD = alternation(wind for wind in WINDS if not wind.endswith(("ern", "erly", "ward", "wards")))
_TOWARD = re.compile(
    rf"{_OPEN}(?:(?:just|directly|due|far|immediately)\s)?(?:to\sthe\s)?(?P<wind>{_WIND_WORD})\s(?:of|from)\s{_TO_NAME}",
    re.IGNORECASE,
)
_INSIDE = re.compile(rf"{_OPEN}(?:in|inside|within)\s{_TO_NAME}", re.IGNORECASE)
_QUALIFIED = re.compile(r",\s(?:the\s)?|\s\((?:the\s)?")
_DIVISION_AFTER = re.compile(
    r"\s(?:province|governorate|region|district|oblast|state|county|department|prefecture|raion)\b",
    re.IGNORECASE,
)
_DIVISION_AT_END = re.compile(_DIVISION_AFTER.pattern + "$", re.IGNORECASE)
_DIVISION_OF = re.compile(
    r"\b(?:province|governorate|region|district|oblast|state|county|department|prefecture|raion)\sof\s(?:the\s)?$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"['’]s?\s(?:[\w'’-]{1,20}\s){0,5}", re.IGNORECASE)
_AT_POINT = re.compile(rf"{_OPEN}(?:at\s)?(?:(?:the\s)?coordinates\s)?", re.IGNORECASE)
_ON_LINE = re.compile(
    rf"{_OPEN}(?P<how>on|along|at|near|close\sto|by|astride|not\sfar\sfrom)\s(?P<line>(?:the|its)\s(?:[\w.'’-]{{1,20}}\s){{0,4}}(?:border|frontier|coast|coastline|shore)s?\b"
    r"(?:\s(?:with|between|of)\s(?:the\s)?[A-Z][\w.'’-]{1,20}(?:\s[A-Z][\w.'’-]{1,20}){0,2}(?:\sand\s(?:the\s)?[A-Z][\w.'’-]{1,20}(?:\s[A-Z][\w'’-]{1,20})?)?)?)",
    re.IGNORECASE,
)
_INLAND = re.compile(
    r"\sof\s(?:the\s)?(?:[\w'’-]{1,24}\s){0,5}(?:lake|river|reservoir|dam|lagoon|canal)s?\b", re.IGNORECASE
)
_ON = frozenset({"on", "along", "at", "astride"})
_SIZES = {
    PlaceKind.CONTINENT: 5,
    PlaceKind.REGION: 4,
    PlaceKind.COUNTRY: 4,
    PlaceKind.ADMIN1: 3,
    PlaceKind.LAND: 3,
    PlaceKind.ADMIN2: 2,
}


def neighbor_claims(text: str, names: Sequence[Resolution]) -> tuple[DistanceClaim, ...]:
    """Return the claims about names that stand side by side, in order, each once.

    `names` are those that can be an end of a claim, in order.
    """
    found: dict[tuple[object, ...], DistanceClaim] = {}
    for index, name in enumerate(names):
        for claim in _claims_about(text, name, names[index + 1 : index + 3]):
            found.setdefault(_identity(claim), claim)
    return tuple(sorted(found.values(), key=lambda claim: claim.span))


def _claims_about(text: str, name: Resolution, behind: Sequence[Resolution]) -> Iterator[DistanceClaim]:
    place = _best(name)
    if place is None:
        return
    on_line = _on_line(text, name)
    if on_line is not None and not _is_area(place):
        yield on_line
    if not behind:
        return
    if _is_across_river(text, name, behind):
        yield beside(name, behind[1], ClaimKind.NEAR, claimed=Interval(0.0, NEAR_KM))
        return
    following = behind[0]
    other = _best(following)
    gap = Span(name.toponym.span.end, following.toponym.span.start)
    if other is None or not 0 < gap.end - gap.start <= _MOST_GAP:
        return
    claim = _pair_claim(text, name, following, gap, place=place, other=other)
    if claim is None:
        return
    yield claim
    if claim.kind is ClaimKind.CONTAINMENT and len(behind) > 1 and _owns(text, following, behind[1]):
        yield beside(name, behind[1], ClaimKind.CONTAINMENT, claimed=None)


def _is_across_river(text: str, name: Resolution, behind: Sequence[Resolution]) -> bool:
    """Say whether it is "Brazzaville lies across the Congo River from Kinshasa", two towns and a river."""
    if len(behind) < 2:
        return False
    river, town = _best(behind[0]), _best(behind[1])
    if river is None or town is None or river.kind is not PlaceKind.WATER or _is_area(town):
        return False
    span = behind[0].toponym.span
    return (
        _WIDE_WATER.search(river.name) is None
        and _ACROSS_IT.fullmatch(text, name.toponym.span.end, span.start) is not None
        and _FROM.fullmatch(text, span.end, behind[1].toponym.span.start) is not None
    )


def _owns(text: str, owner: Resolution, division: Resolution) -> bool:
    """Say whether "Syria's coastal province of Lattakia" leads from the one name to the other."""
    start, end = owner.toponym.span.end, division.toponym.span.start
    if not 0 < end - start <= _MOST_GAP or _OWNED.fullmatch(text, start, end) is None:
        return False
    return _says_division(text, division, start)


def _says_division(text: str, name: Resolution, start: int) -> bool:
    """Say whether the words around the name make it a division: "province of X", "X province"."""
    span = name.toponym.span
    after = _DIVISION_AFTER.match(text, span.end) or _DIVISION_AT_END.search(text, span.start, span.end)
    return after is not None or _DIVISION_OF.search(text, start, span.start) is not None


def _pair_claim(
    text: str, name: Resolution, following: Resolution, gap: Span, *, place: Place, other: Place
) -> DistanceClaim | None:
    def said(pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.fullmatch(text, gap.start, gap.end)

    if is_given(other) and not is_given(place) and not _is_area(place) and said(_AT_POINT):
        reach = (other.radius_km or 0.0) + _AT_POINT_KM
        return beside(name, following, ClaimKind.LOCATION, claimed=Interval(0.0, reach))
    if _size(other) > _size(place) or (not _size(other) and _says_division(text, following, gap.start)):
        is_inside = said(_INSIDE) or (said(_QUALIFIED) and _qualifies(text, name, following))
        return beside(name, following, ClaimKind.CONTAINMENT, claimed=None) if is_inside else None
    if _is_area(place) or _is_area(other):
        return None
    if said(_CLOSE_BY) or said(_ACROSS):
        return beside(name, following, ClaimKind.NEAR, claimed=Interval(0.0, NEAR_KM))
    toward = said(_TOWARD)
    if toward is None:
        return None
    wind = WINDS[" ".join(toward["wind"].lower().split())]
    return beside(name, following, ClaimKind.DIRECTION, claimed=Interval(0.0), direction=wind)


def beside(
    subject: Resolution,
    reference: Resolution,
    kind: ClaimKind,
    *,
    claimed: Interval | None,
    direction: str | None = None,
) -> DistanceClaim:
    """Return a claim without a length about two names that stand side by side."""
    first, second = subject.toponym.span, reference.toponym.span
    return DistanceClaim(
        Span(min(first.start, second.start), max(first.end, second.end)),
        _end(subject),
        _end(reference),
        figure=None,
        claimed=claimed,
        direction=direction,
        kind=kind,
    )


def _end(name: Resolution) -> ClaimEnd:
    return ClaimEnd(
        name.toponym.text, name.toponym.span, resolution=name, reason="stands beside the other end"
    )


def _on_line(text: str, name: Resolution) -> DistanceClaim | None:
    span = name.toponym.span
    match = _ON_LINE.match(text, span.end, span.end + _MOST_GAP + 60)
    line = line_named(match["line"]) if match else None
    if match is None or line is None or line.kind is LineKind.OTHER or _is_inland(text, match):
        return None
    words = Span(match.start("line"), match.start("line") + len(match["line"].rstrip(".")))
    most = ON_LINE_KM if match["how"].lower() in _ON else NEAR_KM
    return DistanceClaim(
        Span(span.start, words.end),
        _end(name),
        ClaimEnd(words.of(text), words, line=line, reason="named after the preposition"),
        figure=None,
        claimed=Interval(0.0, most),
        kind=ClaimKind.ON_LINE,
    )


def _is_inland(text: str, line: re.Match[str]) -> bool:
    """Say whether the shore is that of a lake: "on the western shore of the southern part of Lake Chad"."""
    return _INLAND.search(text, line.start("line"), line.end() + 60) is not None


def _qualifies(text: str, name: Resolution, following: Resolution) -> bool:
    """Say whether "Jableh, Lattakia" puts the one in the other."""
    return (
        name.toponym.qualifier == following.toponym.span
        or _DIVISION_AFTER.match(text, following.toponym.span.end) is not None
    )


def _best(name: Resolution) -> Place | None:
    """Return what the name most likely means; a name that may as well mean something else says nothing."""
    return name.place if name.is_settled else None


def _is_area(place: Place) -> bool:
    return place.kind.is_area


def _size(place: Place) -> int:
    return _SIZES.get(place.kind, 0)


def _identity(claim: DistanceClaim) -> tuple[object, ...]:
    subject, reference = claim.subject.resolution, claim.reference.resolution
    return (
        claim.kind,
        subject.place.id if subject is not None and subject.place is not None else None,
        reference.place.id if reference is not None and reference.place is not None else claim.reference.line,
        claim.direction,
    )
