"""What does each stage of the pipeline take and give?

A stage is any callable that fits one of these protocols: a plain function, or an object that holds
a gazetteer or an option. None of them raises because of what the text says.
"""

from __future__ import annotations

from typing import Protocol

from geoevents.model import (
    DistanceClaim,
    Document,
    Event,
    Quote,
    Resolution,
    Timeline,
    Toponym,
    Verdict,
)

__all__ = ["Attributor", "ClaimFinder", "Dater", "EventCoder", "Recognizer", "Resolver", "Verifier"]


class Recognizer(Protocol):
    """Which characters are place names? In order of span, none overlapping."""

    def __call__(self, document: Document, /) -> tuple[Toponym, ...]: ...


class Resolver(Protocol):
    """Which place does each name mean? One resolution per toponym, in the same order."""

    def __call__(self, document: Document, toponyms: tuple[Toponym, ...], /) -> tuple[Resolution, ...]: ...


class Dater(Protocol):
    """Which day was it written, and which day does each time expression mean?"""

    def __call__(self, document: Document, /) -> Timeline: ...


class Attributor(Protocol):
    """Who says what? In order of span; quotes may nest but not cross."""

    def __call__(self, document: Document, /) -> tuple[Quote, ...]: ...


class EventCoder(Protocol):
    """What happened, to whom, where, when, and who says so? In order of span."""

    def __call__(
        self,
        document: Document,
        resolutions: tuple[Resolution, ...],
        timeline: Timeline,
        quotes: tuple[Quote, ...],
        /,
    ) -> tuple[Event, ...]: ...


class ClaimFinder(Protocol):
    """What does the text say about distance and direction? In order of span."""

    def __call__(
        self,
        document: Document,
        resolutions: tuple[Resolution, ...],
        events: tuple[Event, ...],
        quotes: tuple[Quote, ...],
        /,
    ) -> tuple[DistanceClaim, ...]: ...


class Verifier(Protocol):
    """Does the map agree? One verdict per claim, in the same order.

    The resolutions are those of the document, for what would have to be true of an unnamed end.
    """

    def __call__(
        self, claims: tuple[DistanceClaim, ...], resolutions: tuple[Resolution, ...], /
    ) -> tuple[Verdict, ...]: ...
