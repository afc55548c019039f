"""Which lengths are something else than the distance between two places, and what are they?

A trap is recognized by the words against the length: a noun behind it ("a 30-km front", "300 metres
deep"), a noun or verb before it ("a range of 300 km", "can hit targets up to 300 km away"). The
names of the traps are part of the output.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geoevents.claims.amounts import Amount
from geoevents.model import Hedge, Span, Unit

__all__ = ["lookalikes", "moved", "trap", "unlinked"]

# How far back a noun or verb can govern a length.
_REACH = 110
# How far around "nm" the sea is looked for: a long sentence of news, and no table on one line.
_SEA_REACH = 400
# "At 18,000 feet" is how high somebody flies; distances on the ground are not given in so many feet.
_FLYING_FT = 1000
_AT = re.compile(r"\bat\s$", re.IGNORECASE)

_SPEED = re.compile(
    r"\s?(?:/|[-\s](?:per|an|a|each|every)[-\s])\s?(?:h|hr|hour|s|sec|second|minute|min|day|week|month|year|gallon|litre|liter)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[$€£¥]\s?$")
_FILLER = r"(?:[-\s](?:of|the|a|an|mostly|main|long|wide|deep|high|straight|heavily|contested|fortified|coastal|strategic|military|security|naval|border|maritime|demilitari[sz]ed|no-fly|exclusion|protection|fishing|buffer|evacuation|active|front|defen[cs]ive|supply|mountain|desert|northern|southern|eastern|western|concrete|steel|new|final|international|strong|huge|massive|two-lane|four-lane)){0,4}"


def _behind(nouns: str) -> re.Pattern[str]:
    return re.compile(rf"{_FILLER}[-\s](?:{nouns})(?!\w)", re.IGNORECASE)


_BEHIND_NOUNS: tuple[tuple[str, str], ...] = (
    (
        (r"range|ranges|missiles?|rockets?|howitzers?|mortars?|guns?|shells?|cannons?|drones?|strike\srange"),
        "the range of a weapon",
    ),
    ((r"wide|width|breadth|broad|across(?!\s(?:the|a|an)\s(?:\w{1,16}\s){1,2}from)|thick"), "a width"),
    (
        (
            r"tall|high|height|altitude|elevation|ceiling|up\sin\sthe|in\sthe\sair|above\s(?:the\s)?(?:ground|sea|surface|earth|clouds)|into\sthe\s(?:air|sky|atmosphere)|asl|amsl"
        ),
        "an altitude or height",
    ),
    (
        (
            r"deep|depth|below|beneath|underground|underwater|under(?:neath)?\s(?:the\s)?(?:ground|sea|surface|earth|water)|down\sa\swell|crater|ravine|canyon|gorge|cliff|hole|well|shaft"
        ),
        "a depth",
    ),
    ((r"radius|diameter|circumference|perimeters?|cordon|circle"), "a radius or perimeter"),
    (
        (r"zones?|belts?|strips?|corridors?|buffer|swathe?s?|bands?|areas?|limits?|exclusion"),
        "the size of a zone",
    ),
    (
        (
            r"fronts?|front\s?lines?|lines?|borders?|frontiers?|boundary|coasts?|coastlines?|shores?|shoreline|perimeter"
        ),
        "the length of a front, border or coast",
    ),
    (
        (
            r"walls?|fences?|barriers?|trench(?:es)?|tunnels?|pipelines?|pipe|bridges?|berms?|canals?|railways?|tracks?|roads?|roadways?|highways?|streets?|routes?|trails?|path|stretch(?:es)?|sections?|segments?|portions?|paved|causeway|motorway|cables?|fibre|fiber|power\slines?|rivers?|runways?|asphalt|ditch"
        ),
        "the length of a road, wall, pipeline or the like",
    ),
    (
        (
            r"convoys?|columns?|queues?|traffic|tailbacks?|jams?|processions?|motorcades?|human\schains?|lineup"
        ),
        "the length of a convoy or queue",
    ),
    (
        (
            r"races?|runs?|marathons?|ultra|swims?|walks?|hikes?|marches|march|relay|freestyle|butterfly|backstroke|breaststroke|medley|hurdles|dash|steeplechase|oval|speedway|laps?|course|sprint|time\strial|stage|event|walkathon|events|loop"
        ),
        "a race or a course",
    ),
    ((r"markers?|posts?|mark|milestone|exit|checkpoint"), "a road marker"),
    (
        (r"boats?|vessels?|ships?|yachts?|plane|sailboat|wingspan|statue|tower|building|waves?|bombs?"),
        "the size of a thing",
    ),
    (
        (
            r"long|length|in\slength|end\sto\send|of\s(?:\w{1,20}\s){0,3}(?:roads?|highways?|track|territory|land|terrain|coast|coastline|coasts|border|fence|wall|pipe|pipes|pipeline|pipelines|railway|rail|river|trench|trenches|tunnels|cable|trail|water|front|desert|riverbank|beach|shoreline|wire|open|rugged|empty|jungle|forest|lines?|streets?)"
        ),
        "a length",
    ),
)
_BEHIND = tuple((_behind(nouns), why) for nouns, why in _BEHIND_NOUNS)
# Most lengths have none of all these against them, which one look tells.
_ANY_BEHIND = _behind("|".join(nouns for nouns, _ in _BEHIND_NOUNS))

_GOVERNOR = r"(?:\s(?:of|is|was|at|to|by|for|about|over|some|around|up|more|than|less|least|approximately|roughly|nearly|almost|only|between|well|beyond|with|maximum|an|a|estimated|effective|operational|from)){0,6}[\s(]{1,2}$"


def _before(nouns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{nouns}){_GOVERNOR}", re.IGNORECASE)


# A "mountain range 30 km from" is none: a weapon's range is "of", "is" or "up to" so much.
_BEFORE_NOUNS: tuple[tuple[str, str], ...] = (
    (
        (
            r"(?:range|ranges|reach|ranging)\s(?:of|is|was|to|up\sto|over|between|from|at)|accurate(?:\sto)?|accuracy"
        ),
        "the range of a weapon",
    ),
    (
        (
            r"altitudes?|heights?|elevations?|ceiling|apogee|(?:climbed|rose|rising|climbing)\sto|fl(?:ying|ew|ies)\sat|orbit(?:s|ing)?"
        ),
        "an altitude or height",
    ),
    ((r"depths?|magnitude|hypocent(?:er|re)|div(?:e|es|ed|ing)|submerged"), "a depth"),
    ((r"marathons?,?|race,?|lap"), "a race or a course"),
    ((r"widths?|breadth|diameters?|radius|radii|circumference"), "a width or radius"),
    (
        (
            r"lengths?|long|stretch(?:ed|es|ing)?|extend(?:s|ed|ing)?|span(?:s|ned|ning)?|measur(?:es|ed|ing)|shares?|runs|snak(?:es|ed|ing)|meander(?:s|ed|ing)?|flow(?:s|ed|ing)?|zigzags"
        ),
        "a length",
    ),
    ((r"mileage|odometer|speeds?|clocked"), "a speed or mileage"),
    ((r"(?:zone|belt|strip|corridor|buffer|area|limit)\sof"), "the size of a zone"),
    (
        (r"(?:pipeline|road|highway|wall|fence|tunnel|border|front|frontier|coast|coastline|convoy)\sof"),
        "the length of a road, wall, pipeline or the like",
    ),
)
_BEFORE = tuple((_before(nouns), why) for nouns, why in _BEFORE_NOUNS)
_ANY_BEFORE = _before("|".join(nouns for nouns, _ in _BEFORE_NOUNS))
_FIREPOWER = re.compile(
    r"\b(?:can|could|capable\sof|able\sto|designed\sto|ability\sto|capability\sto|may|might|enough\sto)\s[^.;:()]{0,40}"
    r"\b(?:reach|hit|strik|fir|fly|travel|shoot|target|destroy|launch|carry|cover|glid|intercept|detect|track|attack)\w{0,6}\b[^.;:()]{0,40}$",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\s(?:and\s)?\d{1,2}\sinch|\s\d{1,2}\s?(?:in\b|inches)", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:walk(?:s|ed|ing)?|ran|running|jog\w{0,4}|drove|drive|driv(?:es|en|ing)|marched|marching|travel(?:s|l?ed|l?ing)?|swam|swim\w{0,4}|cycl(?:es?|ed|ing)"
    r"|pedal\w{0,4}|rode|riding|hik(?:e|ed|ing)|trek\w{0,4}|paddl\w{0,4}|sail(?:ed|ing)|commut\w{0,4}|cover(?:s|ed|ing)?|logged|crawl\w{0,3}|journeyed|trudged|ferried"
    r"|advanced|advance|advances|pushed|push|penetrated|retreated|withdrew|withdraw|pulled\sback|pull\sback|moved|move|fell\sback|driven\sback|pushed\sback|gained|haul\w{0,3}|row(?:ed|ing))"
    r"(?:\s(?:back|about|some|up|for|more|than|at|least|a|further|another|over|on|foot|nearly|almost|forward|his|her|their|its|forces|troops|way|the|last|first|final|additional|distance|of)){0,5}[\s(]{1,2}$",
    re.IGNORECASE,
)
_FLOWN = re.compile(
    r"\b(?:flew|flown|flying|drifted|sailed)\s(?:about\s|some\s|for\s|more\sthan\s)?$", re.IGNORECASE
)
_MARITIME = re.compile(
    r"\b(?:ships?|vessels?|boats?|tankers?|navy|naval|sea|seas|coasts?|coastal|ports?|harbou?r|maritime|waters|offshore|shore|islands?|gulf|strait|"
    r"sail\w{0,4}|pirates?|frigates?|destroyers?|submarines?|freighters?|cargo|ocean|marine|yachts?|dhow|trawlers?|bay|crew|aircraft|airspace|radar|runway|vor|airport|reef|cape)\b",
    re.IGNORECASE,
)


# What has the letters of a unit without being a length.
_LOOKALIKES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,2})?[\s-]?(?:mm|millimet(?:er|re)s?)(?!\w)", re.IGNORECASE),
        "a caliber",
    ),
    # The road M4, the rifle M16, the helicopter Mi-24.
    (
        re.compile(r"(?<![\w-])(?:M-?\d{1,3}[A-Z]?\d?|M[iI]-\d{1,3}[A-Z]{0,3}|KM-\d{1,3})(?![\w-])"),
        "a name, not a length",
    ),
    (
        re.compile(
            r"(?<![\w-])\d{1,4}(?:st|nd|rd|th)?[\s-](?:kilomet(?:er|re)|km|mile)[\s-](?:marker|post|stone|mark)(?!\w)",
            re.IGNORECASE,
        ),
        "a road marker",
    ),
    (
        re.compile(
            r"(?<!\w)(?:kilomet(?:er|re)|km|mile)\s(?:marker|post|mark)?\s?\d{1,4}(?!\w)", re.IGNORECASE
        ),
        "a road marker",
    ),
    (
        re.compile(r"(?<!\w)(?:half|mid)-?way\sbetween(?!\w)", re.IGNORECASE),
        "a place between two others, without a length",
    ),
)


def lookalikes(text: str) -> Iterator[tuple[Span, str]]:
    """Yield what looks like a length and is none, with what it is, pattern by pattern."""
    for pattern, why in _LOOKALIKES:
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end()), why


def trap(text: str, amount: Amount, sentence: Span) -> str:
    """Name the trap that the words against the length make it, or return an empty string."""
    return (
        _by_itself(text, amount, sentence)
        or _by_what_follows(text, amount)
        or _by_what_precedes(text, amount, sentence)
    )


def _by_itself(text: str, amount: Amount, sentence: Span) -> str:
    if amount.is_area:
        return "an area"
    if _SPEED.match(text, amount.figures.end):
        return "a speed"
    if _MONEY.search(text, max(0, amount.figures.start - 2), amount.figures.start):
        return "an amount of money"
    if amount.unit is Unit.FOOT and _PERSON.match(text, amount.span.end):
        return "a height"
    if (
        amount.unit is Unit.FOOT
        and amount.low >= _FLYING_FT
        and _AT.search(text, max(0, amount.span.start - 4), amount.span.start)
    ):
        return "an altitude or height"
    return "a length in nanometers" if _is_nanometers(text, amount, sentence) else ""


def _by_what_follows(text: str, amount: Amount) -> str:
    if _TRAVEL.match(text, amount.span.end) or _is_around(text, amount) or _is_within(text, amount):
        return ""
    ends = [end for end in {amount.figures.end, amount.span.end} if _ANY_BEHIND.match(text, end)]
    return next((why for pattern, why in _BEHIND if any(pattern.match(text, end) for end in ends)), "")


def _by_what_precedes(text: str, amount: Amount, sentence: Span) -> str:
    low = max(sentence.start, amount.span.start - _REACH)
    starts = [
        start for start in {amount.figures.start, amount.span.start} if _ANY_BEFORE.search(text, low, start)
    ]
    for pattern, why in _BEFORE:
        if any(pattern.search(text, low, start) for start in starts):
            return why
    return "the range of a weapon" if _FIREPOWER.search(text, low, amount.span.start) else ""


_AROUND = re.compile(r"[-\s]radius\s(?:of|around|from)(?!\w)", re.IGNORECASE)


def _is_around(text: str, amount: Amount) -> bool:
    """Say whether it is the radius within which something lies: "within a 10 km radius of Bakhmut"."""
    return amount.hedge in {Hedge.AT_MOST, Hedge.LESS_THAN} and bool(_AROUND.match(text, amount.span.end))


_WITHIN = re.compile(r"(?:\w{2,4}\s)?within\b", re.IGNORECASE)
_OF = re.compile(r"\sof\s", re.IGNORECASE)


def _is_within(text: str, amount: Amount) -> bool:
    """Say whether it is how near something is: "within 5 km of the border", not "5 km of border"."""
    return bool(_WITHIN.match(text, amount.span.start) and _OF.match(text, amount.span.end))


_TRAVEL = re.compile(
    r"[-\s](?:drive|ride|journey|trip|flight|walk|hike|trek|road\strip)\s(?:from|to|north|south|east|west|away|of)",
    re.IGNORECASE,
)


def _is_nanometers(text: str, amount: Amount, sentence: Span) -> bool:
    figures = amount.figures
    low, high = max(sentence.start, figures.start - _SEA_REACH), min(sentence.end, figures.end + _SEA_REACH)
    return (
        amount.unit is Unit.NAUTICAL_MILE
        and text[figures.end - 2 : figures.end].lower() == "nm"
        and _MARITIME.search(text, low, high) is None
    )


def moved(text: str, amount: Amount, sentence: Span) -> str:
    """Name the trap where somebody went that far: a way covered, not a distance between places.

    "Advanced to within six miles of" says where they stood afterwards, and is none.
    """
    if amount.hedge is Hedge.AT_MOST and text[amount.span.start : amount.figures.start].lower().startswith(
        "to"
    ):
        return ""
    before = text[max(sentence.start, amount.span.start - _REACH) : amount.span.start]
    return "a way covered" if _MOVED.search(before) else ""


def unlinked(text: str, amount: Amount, sentence: Span) -> str:
    """Name what a length is that nothing ties to a second place."""
    if amount.is_modifier:
        return "the size of a thing"
    before = text[max(sentence.start, amount.span.start - _REACH) : amount.span.start]
    flown = "a way covered" if _FLOWN.search(before) else ""
    return moved(text, amount, sentence) or flown or "a length without a second place"
