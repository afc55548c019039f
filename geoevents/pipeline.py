"""What does one document say happened where, and can its distances be true?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date as Day  # noqa: N812 -- "date" is a stage here
from functools import cache

from geoevents.errors import OptionError
from geoevents.gazetteer import Gazetteer
from geoevents.geodesy import LatLon
from geoevents.model import (
    ALL_ROLES,
    LOCATING_ROLES,
    NAME_ROLES,
    Analysis,
    Document,
    Resolution,
    Span,
    Timeline,
    ToponymRole,
)
from geoevents.recognition import GazetteerRecognizer
from geoevents.resolution import ContextResolver
from geoevents.stages import (
    Attributor,
    ClaimFinder,
    Dater,
    EventCoder,
    Recognizer,
    Resolver,
    Verifier,
)

__all__ = ["Pipeline", "analyze", "analyze_all", "locate_event"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """The stages in the order that the subject fixes; change one with `dataclasses.replace`.

    Every name is recognized, labeled with its role and resolved, because each helps to resolve the
    others. `roles` are those that an `Analysis` shows; events, claims and verdicts rest on the
    `LOCATING_ROLES` alone, whatever is shown, and claims read "the city" by rules of their own. `day`
    is when a text was written that does not say so itself.
    """

    recognize: Recognizer
    resolve: Resolver
    date: Dater
    attribute: Attributor
    code_events: EventCoder
    find_claims: ClaimFinder
    verify: Verifier
    roles: Collection[ToponymRole] = ALL_ROLES
    day: Day | None = None

    @classmethod
    def over(
        cls,
        gazetteer: Gazetteer,
        *,
        countries: tuple[str, ...] = (),
        near: LatLon | None = None,
        roles: Collection[ToponymRole] = ALL_ROLES,
    ) -> Pipeline:
        """Return the stages that geoevents ships, over this gazetteer.

        `countries` (ISO 3166-1 alpha-2) and `near` say beforehand what the texts are about, `roles`
        which names the analyses show. Raises `OptionError` for a country that is no such code.
        """
        # Late: reading places alone takes half the start-up time without these.
        from geoevents.attribution import SpeechAttributor
        from geoevents.claims import DistanceClaimFinder
        from geoevents.dates import NewsDater
        from geoevents.events import ClauseEventCoder
        from geoevents.verification import GeodesicVerifier

        return replace(
            cls.over_places(gazetteer, countries=countries, near=near, roles=roles),
            date=NewsDater(),
            attribute=SpeechAttributor(),
            code_events=ClauseEventCoder(),
            find_claims=DistanceClaimFinder(gazetteer),
            verify=GeodesicVerifier(gazetteer),
        )

    @classmethod
    def over_places(
        cls,
        gazetteer: Gazetteer,
        *,
        countries: tuple[str, ...] = (),
        near: LatLon | None = None,
        roles: Collection[ToponymRole] = ALL_ROLES,
    ) -> Pipeline:
        """Return a pipeline that finds and resolves places and stops there: no dates, events or claims."""
        for country in countries:
            if not (len(country) == 2 and country.isascii() and country.isupper()):
                raise OptionError(f"a country is an ISO 3166-1 alpha-2 code such as 'SY', got {country!r}")
        return cls(
            recognize=GazetteerRecognizer(gazetteer, roles=_recognized(roles)),
            resolve=ContextResolver(gazetteer, countries=countries, near=near),
            date=lambda _document: Timeline(None, (), reason="not asked for"),
            attribute=lambda _document: (),
            code_events=lambda *_: (),
            find_claims=lambda *_: (),
            verify=lambda *_: (),
            roles=roles,
        )

    def __call__(self, document: Document | str, /) -> Analysis:
        """Analyze one document; whatever its text holds, this does not raise.

        Raises `OptionError` for what is neither a document nor a text.
        """
        if isinstance(document, str):
            document = Document(document)
        if not isinstance(document, Document):
            raise OptionError(f"a document is a Document or a text, got {document!r}")
        resolutions = self.resolve(document, self.recognize(document))
        located = _in_roles(resolutions, LOCATING_ROLES)
        timeline = self.date(document)
        if timeline.published is None and self.day is not None:
            document = replace(document, published=self.day)
            timeline = self.date(document)
        quotes = self.attribute(document)
        events = self.code_events(document, located, timeline, quotes)
        names = _in_roles(located, NAME_ROLES)
        claims = self.find_claims(document, names, events, quotes)
        verdicts = self.verify(claims, names)
        shown = _in_roles(resolutions, self.roles)
        return Analysis(document, shown, timeline, quotes, events, verdicts)


def _recognized(roles: Collection[ToponymRole]) -> Collection[ToponymRole]:
    """Return all roles, but descriptions only where they are wanted: they take the place of names."""
    return ALL_ROLES if ToponymRole.DESCRIPTION in roles else NAME_ROLES


def _in_roles(resolutions: tuple[Resolution, ...], roles: Collection[ToponymRole]) -> tuple[Resolution, ...]:
    return tuple(resolution for resolution in resolutions if resolution.toponym.role in roles)


def analyze(document: Document | str, *, gazetteer: Gazetteer | None = None) -> Analysis:
    """Return the places, events and checked claims of one text, whatever it holds.

    Without a `gazetteer` the one that comes with the package is opened, once in a process. Raises
    `GazetteerError` where that is not there or of another version; the text never raises.

    >>> analysis = analyze("Shelling hit Toretsk, 20 km south of Kramatorsk, on Tuesday.")
    >>> [r.place.name for r in analysis.resolutions]
    ['Toretsk', 'Kramatorsk']
    """
    return _pipeline(gazetteer)(document)


def locate_event(text: str, verb: Span, *, gazetteer: Gazetteer | None = None) -> tuple[Span, ...]:
    """Return which words of `text` say where that happened which the word at `verb` tells of.

    `verb` is where the word stands, in half-open character offsets. The decision is the one that places
    the events of an analysis; names that no gazetteer has count too, but descriptions ("the Syrian
    capital") do not.

    >>> text = "Rebels who had fled Homs shelled the village of Golo."
    >>> [span.of(text) for span in locate_event(text, Span(25, 32))]
    ['Golo']
    """
    from geoevents.events import locate, locating_names  # late: reading places alone does without

    pipeline, document = _pipeline(gazetteer), Document(text)
    resolutions = pipeline.resolve(document, pipeline.recognize(document))
    return locate(document, verb, locating_names(resolutions))


def analyze_all(
    documents: Iterable[Document | str], *, gazetteer: Gazetteer | None = None
) -> Iterator[Analysis]:
    """Yield the analysis of each document, lazily and in order.

    Raises `GazetteerError` as `analyze` does, at once; an error of the iterable itself is passed on.

    >>> [len(analysis.events) for analysis in analyze_all(["Shelling hit Toretsk.", "Nothing happened."])]
    [1, 0]
    """
    pipeline = _pipeline(gazetteer)
    return map(pipeline, documents)


def _pipeline(gazetteer: Gazetteer | None) -> Pipeline:
    return _shipped() if gazetteer is None else Pipeline.over(gazetteer)


@cache
def _shipped() -> Pipeline:
    return Pipeline.over(Gazetteer.load())
