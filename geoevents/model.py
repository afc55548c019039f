"""Which values do the stages pass to one another?

Frozen values only, with no behavior beyond checking themselves. Spans are half-open character
offsets into `Document.text`, the original text.
"""

from __future__ import annotations

import math
from dataclasses import KW_ONLY, dataclass
from datetime import date
from enum import StrEnum

from geoevents.geodesy import LatLon
from geoevents.places import Place, PlaceKind
from geoevents.text import Span
from geoevents.units import Distance, Interval, Unit

__all__ = [
    "ALL_ROLES",
    "LOCATING_ROLES",
    "NAME_ROLES",
    "Actor",
    "Analysis",
    "Candidate",
    "ClaimEnd",
    "ClaimKind",
    "Count",
    "DateRange",
    "Distance",
    "DistanceClaim",
    "Document",
    "Event",
    "EventStatus",
    "EventType",
    "Granularity",
    "Harm",
    "Hedge",
    "ImpliedLocation",
    "Interval",
    "LatLon",
    "Line",
    "LineKind",
    "Outcome",
    "Place",
    "PlaceKind",
    "Quote",
    "Resolution",
    "Span",
    "Stance",
    "SubType",
    "TimeExpression",
    "Timeline",
    "Toponym",
    "ToponymRole",
    "TravelMode",
    "Unit",
    "Verdict",
    "WhatIf",
]


@dataclass(frozen=True, slots=True)
class Document:
    """One text to analyze.

    `id` names it in every output row. `published` is the day it was written, where the caller
    knows it; `source` is the outlet and `title` the headline, both shown beside the map.
    """

    text: str
    id: str = "document"
    _: KW_ONLY
    published: date | None = None
    source: str | None = None
    title: str | None = None


class ToponymRole(StrEnum):
    """What a place name does in its sentence.

    `LITERAL` names the place itself, `DATELINE` where the report was written, `INSTITUTION` a
    body called by its seat ("the Kremlin"), `METONYM` a government called by its capital or
    country ("Moscow said"), `DEMONYM` an adjective or a people ("Syrian"), `EMBEDDED` a part of
    the name of an organization ("Aleppo Media Center"). `DESCRIPTION` says which place is meant
    without its name ("the Syrian capital", "in the province").
    """

    LITERAL = "literal"
    DATELINE = "dateline"
    INSTITUTION = "institution"
    METONYM = "metonym"
    DEMONYM = "demonym"
    EMBEDDED = "embedded"
    DESCRIPTION = "description"


ALL_ROLES = frozenset(ToponymRole)
# The roles that say where something is: a people and an organization are not where their names point.
LOCATING_ROLES = ALL_ROLES - {ToponymRole.DEMONYM, ToponymRole.EMBEDDED}
# The roles of what is a name: annotated corpora mark no descriptions.
NAME_ROLES = ALL_ROLES - {ToponymRole.DESCRIPTION}


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name as it stands in the text; `text` is what the span covers.

    `qualifier` is the span of a containing place that the text names with it ("Texas" in "Paris,
    Texas", "Lattakia" in "Jableh in Lattakia province", "Syrian" in "the Syrian capital").
    """

    span: Span
    text: str
    _: KW_ONLY
    role: ToponymRole = ToponymRole.LITERAL
    qualifier: Span | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a toponym may mean. `score` is in [0, 1]; `reasons` say why, in words."""

    place: Place
    score: float
    _: KW_ONLY
    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"a score is from 0 to 1, got {self.score!r}")


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which place a toponym means. Candidates are best first, ties by place id.

    `is_settled` says whether the best one is the answer; where it is not, `place` is `None` and
    `reason` says why (no candidate, too close a call, too weak a match).
    """

    toponym: Toponym
    candidates: tuple[Candidate, ...]
    _: KW_ONLY
    is_settled: bool
    reason: str

    def __post_init__(self) -> None:
        if self.is_settled and not self.candidates:
            raise ValueError(f"{self.toponym.text!r} cannot be settled without a candidate")

    @property
    def place(self) -> Place | None:
        """The place meant, or `None` where that is not settled."""
        return self.candidates[0].place if self.is_settled else None


class Granularity(StrEnum):
    """How finely a text says when: one day, or some day of a week, month, season, year or range."""

    DAY = "day"
    RANGE = "range"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days from `start` to `end`, both included, one of which (or all of which) is meant."""

    start: date
    end: date
    _: KW_ONLY
    granularity: Granularity

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a date range needs start <= end, got {self.start} to {self.end}")

    def __str__(self) -> str:
        match self.granularity:
            case Granularity.DAY:
                return self.start.isoformat()
            case Granularity.MONTH:
                return f"{self.start:%Y-%m}"
            case Granularity.YEAR:
                return f"{self.start:%Y}"
            case _:
                return f"{self.start.isoformat()}/{self.end.isoformat()}"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time as it stands in the text. `value` is `None` where it is vague ("months ago").

    `relation` is how it bounds what it is said of: "on", "since", "until", "before", "after" or
    "between".
    `reason` says how the value was worked out, or why there is none.
    """

    span: Span
    value: DateRange | None
    _: KW_ONLY
    relation: str = "on"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The times of one document: the day it was written, how that is known, and its expressions.

    `published` is `None` where neither caller nor text says; weekdays then have no value.
    """

    published: date | None
    expressions: tuple[TimeExpression, ...]
    _: KW_ONLY
    reason: str = ""


class Stance(StrEnum):
    """How a source stands to what it is quoted with."""

    CLAIMS = "claims"
    REPORTS = "reports"
    DENIES = "denies"
    CONFIRMS = "confirms"


@dataclass(frozen=True, slots=True)
class Quote:
    """What is put in a source's mouth: the span of the words said, direct or indirect.

    `speaker` is the source as the text calls it, resolved to a name where the text gives one
    ("he" to "Konashenkov"); `speaker_span` is where it stands. `cue` is the span of the verb or
    phrase that makes it a quote ("said", "according to").
    """

    span: Span
    speaker: str
    _: KW_ONLY
    stance: Stance
    speaker_span: Span
    cue: Span


class EventType(StrEnum):
    """ACLED's six event types (codebook of 2023), and one of ours for politics without violence."""

    BATTLES = "Battles"
    EXPLOSIONS = "Explosions/Remote violence"
    VIOLENCE_AGAINST_CIVILIANS = "Violence against civilians"
    PROTESTS = "Protests"
    RIOTS = "Riots"
    STRATEGIC = "Strategic developments"
    POLITICAL = "Political activity"


class SubType(StrEnum):
    """ACLED's 25 sub-event types, spelled as ACLED spells them, then ours for `POLITICAL`."""

    ARMED_CLASH = "Armed clash"
    GOVERNMENT_REGAINS = "Government regains territory"
    NON_STATE_OVERTAKES = "Non-state actor overtakes territory"
    AIR_STRIKE = "Air/drone strike"
    CHEMICAL_WEAPON = "Chemical weapon"
    GRENADE = "Grenade"
    REMOTE_EXPLOSIVE = "Remote explosive/landmine/IED"
    SHELLING = "Shelling/artillery/missile attack"
    SUICIDE_BOMB = "Suicide bomb"
    ABDUCTION = "Abduction/forced disappearance"
    ATTACK = "Attack"
    SEXUAL_VIOLENCE = "Sexual violence"
    EXCESSIVE_FORCE = "Excessive force against protesters"
    PEACEFUL_PROTEST = "Peaceful protest"
    PROTEST_WITH_INTERVENTION = "Protest with intervention"
    MOB_VIOLENCE = "Mob violence"
    VIOLENT_DEMONSTRATION = "Violent demonstration"
    AGREEMENT = "Agreement"
    ARRESTS = "Arrests"
    CHANGE_TO_GROUP = "Change to group/activity"
    DISRUPTED_WEAPONS = "Disrupted weapons use"
    BASE_ESTABLISHED = "Headquarters or base established"
    LOOTING = "Looting/property destruction"
    NON_VIOLENT_TRANSFER = "Non-violent transfer of territory"
    OTHER = "Other"
    MEETING = "Meeting"
    VISIT = "Visit"
    STATEMENT = "Statement"
    AID = "Aid"
    DISPLACEMENT = "Displacement"

    @property
    def event_type(self) -> EventType:
        """The event type that the sub-type belongs to."""
        return _TYPE_OF[self]


_SUB_TYPES = {
    EventType.BATTLES: (SubType.ARMED_CLASH, SubType.GOVERNMENT_REGAINS, SubType.NON_STATE_OVERTAKES),
    EventType.EXPLOSIONS: (
        SubType.AIR_STRIKE,
        SubType.CHEMICAL_WEAPON,
        SubType.GRENADE,
        SubType.REMOTE_EXPLOSIVE,
        SubType.SHELLING,
        SubType.SUICIDE_BOMB,
    ),
    EventType.VIOLENCE_AGAINST_CIVILIANS: (SubType.ABDUCTION, SubType.ATTACK, SubType.SEXUAL_VIOLENCE),
    EventType.PROTESTS: (
        SubType.EXCESSIVE_FORCE,
        SubType.PEACEFUL_PROTEST,
        SubType.PROTEST_WITH_INTERVENTION,
    ),
    EventType.RIOTS: (SubType.MOB_VIOLENCE, SubType.VIOLENT_DEMONSTRATION),
    EventType.STRATEGIC: (
        SubType.AGREEMENT,
        SubType.ARRESTS,
        SubType.CHANGE_TO_GROUP,
        SubType.DISRUPTED_WEAPONS,
        SubType.BASE_ESTABLISHED,
        SubType.LOOTING,
        SubType.NON_VIOLENT_TRANSFER,
        SubType.OTHER,
    ),
    EventType.POLITICAL: (
        SubType.MEETING,
        SubType.VISIT,
        SubType.STATEMENT,
        SubType.AID,
        SubType.DISPLACEMENT,
    ),
}
_TYPE_OF = {sub_type: event_type for event_type, group in _SUB_TYPES.items() for sub_type in group}


class EventStatus(StrEnum):
    """Whether the text says that it happened, that it did not, that it will, or that it once did.

    `CLAIMED` is what is told only as what somebody is accused of.
    """

    FACTUAL = "factual"
    CLAIMED = "claimed"
    DENIED = "denied"
    PLANNED = "planned"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it or to whom, by the name that coders use ("Military Forces of Russia").

    `text` and `span` are the words of the text that name it; `country` is ISO 3166-1 alpha-2;
    `kind` is ACLED's interaction term ("state forces", "rebel group", "political militia",
    "identity militia", "rioters", "protesters", "civilians", "external/other forces").
    """

    name: str
    span: Span
    _: KW_ONLY
    text: str
    kind: str | None = None
    country: str | None = None


class Harm(StrEnum):
    """What befell the people that a text counts."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    CAPTURED = "captured"
    DISPLACED = "displaced"


@dataclass(frozen=True, slots=True)
class Count:
    """How many came to harm, by one sentence: the figure as an interval and where it stands.

    `speaker` is whose figure it is, `None` where the text gives it as its own. `side` says who the counted
    were: "actors", "targets", "civilians", or `None` where the text does not say.
    """

    harm: Harm
    interval: Interval
    span: Span
    _: KW_ONLY
    speaker: str | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, somewhere, some time, by the text's account.

    `span` covers the words of the first full mention, `trigger` the word that makes it an event,
    `mentions` every mention of it, first to last. `location` is the resolved place it happened at,
    or `None` where the text names none. `geo_precision` is ACLED's: 1 the place itself, 2 near it
    or a small area, 3 a larger region. `time_precision` is ACLED's too: 1 the day, 2 the week, 3
    the month or longer; both are `None` with their slot. `radius_km` is how far from the point of
    `location` it may have been, by the place's extent and the words "near" and "between"; `None` where
    nothing is known. `fatalities`, `injured`, `missing`, `captured` and `displaced` are what the first
    sentence with such a figure says; `counts` keeps every figure of every sentence, with whose it is, so that
    accounts that disagree stand side by side. `deaths_a`, `deaths_b` and `deaths_civilians` are the killed
    among the actors, the targets and civilians, where the text splits them. `attribution` holds what its
    sources claim, report, confirm or deny. `reasons` say for each slot why it is filled as it is.
    """

    id: str
    span: Span
    type: EventType
    _: KW_ONLY
    sub_type: SubType
    trigger: Span
    status: EventStatus = EventStatus.FACTUAL
    date: DateRange | None = None
    location: Resolution | None = None
    actors: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    fatalities: Interval | None = None
    injured: Interval | None = None
    geo_precision: int | None = None
    time_precision: int | None = None
    attribution: tuple[Quote, ...] = ()
    mentions: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()
    radius_km: float | None = None
    missing: Interval | None = None
    captured: Interval | None = None
    displaced: Interval | None = None
    deaths_a: Interval | None = None
    deaths_b: Interval | None = None
    deaths_civilians: Interval | None = None
    counts: tuple[Count, ...] = ()

    def __post_init__(self) -> None:
        if self.radius_km is not None and not (math.isfinite(self.radius_km) and self.radius_km >= 0):
            raise ValueError(f"radius_km must be finite and not negative, got {self.radius_km!r}")
        if self.sub_type.event_type is not self.type:
            raise ValueError(f"{self.sub_type.value!r} is no sub-type of {self.type.value!r}")
        for name, code in (("geo", self.geo_precision), ("time", self.time_precision)):
            if code not in {None, 1, 2, 3}:
                raise ValueError(f"{name}_precision is 1, 2 or 3, got {code!r}")


class Hedge(StrEnum):
    """How a claim binds its figure."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"
    NEARLY = "nearly"
    JUST_OVER = "just over"
    BETWEEN = "between"
    VAGUE = "vague"


class TravelMode(StrEnum):
    """How the claimed distance is measured, as far as the text says."""

    UNSTATED = "unstated"
    STRAIGHT = "straight"
    ROAD = "road"


class ClaimKind(StrEnum):
    """What a claim says about its two ends.

    `DISTANCE`: so far apart, perhaps in that direction. `DIRECTION`: in that direction, however far.
    `TRAVEL_TIME`: so long a drive, walk or flight apart. `NEAR`: close by. `NEAREST`: the subject is
    the closest of its sort. `CONTAINMENT`: the subject lies in the area. `ON_LINE`: it lies on or
    near a border or coast. `LOCATION`: it lies at the coordinates.
    """

    DISTANCE = "distance"
    DIRECTION = "direction"
    TRAVEL_TIME = "travel_time"
    NEAR = "near"
    NEAREST = "nearest"
    CONTAINMENT = "containment"
    ON_LINE = "on_line"
    LOCATION = "location"


class LineKind(StrEnum):
    """Which sort of line a distance is measured from instead of a place."""

    BORDER = "border"
    COAST = "coast"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """A border, a coast, or another line whose course no map of ours knows: a front, a road, a river.

    `countries` are the ISO 3166-1 alpha-2 codes of those that the text names with it ("the Syrian-
    Turkish border"); with one, the border of that country, and with the subject's own where that
    is another one. `is_inside` says that the distance is measured into the country ("12 km inside
    Syria").
    """

    kind: LineKind
    _: KW_ONLY
    countries: tuple[str, ...] = ()
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class ClaimEnd:
    """One end of a claim: what the text calls it, where, and which place that is.

    `span` is `None` where the text leaves the end out ("30 km away"); `resolution` is `None` where
    the text calls it something that is no place name ("locations earlier designated by the U.S.").
    `line` is set where the end is a border, a coast or the like. `event_id` is set where the end is
    where an event happened. `is_inferred` says that the text leaves it to the reader which place that
    is, and that `resolution` is the one last named.
    """

    text: str
    span: Span | None
    _: KW_ONLY
    resolution: Resolution | None = None
    line: Line | None = None
    event_id: str | None = None
    is_inferred: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DistanceClaim:
    """A statement that `subject` lies so far, and perhaps in that direction, from `reference`.

    `kind` says where it is another statement about the two: that one lies in or near the other, so
    many hours from it, or merely in that direction. `span` takes in the reference where it follows
    at once. `figure` is the length as written (the lower one of a range), `claimed` the interval in
    kilometers that a careful reporter could mean by it, hedge and rounding included, `None` where
    the text is vague or gives no length. `direction` is one of the sixteen winds, from the reference
    to the subject. `paired` is the same length in a second unit, as written. `duration_h` is a travel
    time, in hours. `speaker` is who says so.
    """

    span: Span
    subject: ClaimEnd
    reference: ClaimEnd
    _: KW_ONLY
    figure: Distance | None
    claimed: Interval | None
    hedge: Hedge = Hedge.EXACT
    direction: str | None = None
    mode: TravelMode = TravelMode.UNSTATED
    paired: Distance | None = None
    kind: ClaimKind = ClaimKind.DISTANCE
    duration_h: Interval | None = None
    speaker: str | None = None
    stance: Stance | None = None


class Outcome(StrEnum):
    """How the claim stands to the map: the relation between the claimed and the measured interval."""

    SUPPORTED = "supported"
    CONSISTENT = "consistent"
    ROAD_ONLY = "road_only"
    REFUTED = "refuted"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What the claim would mean if its missing end were `place`.

    `measured` is the interval of the distance in kilometers, over every reading of the known end.
    """

    place: Place
    measured: Interval
    _: KW_ONLY
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ImpliedLocation:
    """Where a claim puts an end that the text does not name: "an outpost 15 km northeast of Hasakah".

    `text` is what the text calls it, `is_subject` which end it is. It lies within `radius_km` of
    `point` (the point-radius method), and more closely within `area`, the closed ring around what the
    distance and the direction allow. `reason` says how that was worked out.
    """

    text: str
    point: LatLon
    _: KW_ONLY
    is_subject: bool
    radius_km: float
    area: tuple[LatLon, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the map says of a claim, with the calculation.

    `measured` is the interval of the true distance in kilometers, `distance_km` the geodesic
    between the two points and `bearing_deg` the bearing from reference to subject; all three are
    `None` where an end has no place. `margin_km` is how far apart the claimed and the measured
    interval lie (0 where they overlap). `units_agree` says whether the two paired figures can be
    the same length, `None` without a pair. `reason` is one sentence with the arithmetic.

    `what_if` says, for an unnamed end, what each place would make of the claim; `implied` is where
    that end must then lie. `would_hold` lists the readings that would make a refuted claim true
    ("in miles", "to the north"), the likeliest first.
    """

    claim: DistanceClaim
    outcome: Outcome
    _: KW_ONLY
    measured: Interval | None
    distance_km: float | None
    bearing_deg: float | None
    margin_km: float | None
    units_agree: bool | None
    reason: str
    what_if: tuple[WhatIf, ...] = ()
    implied: ImpliedLocation | None = None
    would_hold: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.outcome.value}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything found in one document, each part in order of its span.

    `resolutions` has one entry per place name, settled or not; `timeline` when the document was written
    and what its time expressions mean; `quotes` who says what; `events` what happened; `verdicts` one
    entry per claim, with the claim in it.
    """

    document: Document
    resolutions: tuple[Resolution, ...]
    timeline: Timeline
    quotes: tuple[Quote, ...]
    events: tuple[Event, ...]
    verdicts: tuple[Verdict, ...]
