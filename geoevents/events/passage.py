"""What does one sentence hold, once it is read: words, clauses, parties, places and times?"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

from geoevents.lexicon.actors import ActorEntry
from geoevents.model import PlaceKind, Resolution, TimeExpression, ToponymRole
from geoevents.text import Span, Tokens

__all__ = ["ARMED", "MACHINES", "Moment", "Name", "Party", "Passage"]


_LOCATING = frozenset({ToponymRole.LITERAL, ToponymRole.DESCRIPTION})


@dataclass(frozen=True, slots=True)
class Name:
    """A place name at words `first` to `last` (excluded) of its passage."""

    first: int
    last: int
    _: KW_ONLY
    resolution: Resolution

    @property
    def can_locate(self) -> bool:
        """Whether its role lets an event be there: no dateline, institution, metonym or demonym.

        A description ("the Syrian capital") does where it is known which place it means.
        """
        place, role = self.resolution.place, self.resolution.toponym.role
        if place is None:
            return role is ToponymRole.LITERAL
        return role in _LOCATING and place.kind.is_pinned

    @property
    def may_locate(self) -> bool:
        """Whether an event may be there after all: "marched on Paris" was taken for those who rule there."""
        return self.can_locate or (
            self.resolution.toponym.role is ToponymRole.METONYM
            and self.resolution.place is not None
            and self.resolution.place.kind.is_pinned
        )

    @property
    def is_country(self) -> bool:
        """Whether it means a country or something larger."""
        place = self.resolution.place
        return place is not None and place.kind in {
            PlaceKind.COUNTRY,
            PlaceKind.CONTINENT,
            PlaceKind.REGION,
        }

    @property
    def is_area(self) -> bool:
        """Whether it means an area that an event happens somewhere in."""
        place = self.resolution.place
        return place is not None and place.kind.is_area


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody at words `first` to `last` (excluded): a group, a force, a people or a country.

    `entry` is `None` for a country or people that stands for itself; `is_adjective` says that it only
    qualifies the noun that follows ("the Russian base").
    """

    first: int
    last: int
    _: KW_ONLY
    entry: ActorEntry | None
    country: str | None
    is_people: bool = False
    is_adjective: bool = False

    @property
    def kind(self) -> str | None:
        """ACLED's interaction term, as far as the words alone tell."""
        if self.entry is not None:
            return self.entry.kind
        return "civilians" if self.is_people else "state forces"

    @property
    def bears_arms(self) -> bool:
        """Whether it is a force or an armed group."""
        return self.kind in ARMED and not (
            self.entry is not None and self.entry.name.startswith("Government")
        )


# Arms that go for those who use them; jets over a country need not be its own.
MACHINES = frozenset(
    """jet jets warplane warplanes drone drones aircraft helicopter helicopters plane planes bombers artillery
    tanks gunships gunboats warships submarine navy""".split()
)
ARMED = frozenset(
    {"state forces", "rebel group", "political militia", "identity militia", "external/other forces"}
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time expression at words `first` to `last` (excluded)."""

    first: int
    last: int
    _: KW_ONLY
    expression: TimeExpression


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, read: `clauses` numbers the clause of each word, `keys` folds each word.

    `classes` are the keys with what the words belong to (`$place`, `$armed`), for the lexicon, and
    `bag` is all of them. `is_shouting` says that it is written in capitals, which then tell nothing.
    """

    span: Span
    text: str
    _: KW_ONLY
    tokens: Tokens
    keys: tuple[str, ...]
    classes: tuple[frozenset[str], ...]
    bag: frozenset[str]
    clauses: tuple[int, ...]
    names: tuple[Name, ...]
    parties: tuple[Party, ...]
    moments: tuple[Moment, ...]
    is_shouting: bool

    def gap(self, index: int) -> str:
        """Return what stands between word `index - 1` and word `index`."""
        return self.tokens.gaps[index] if 0 < index < len(self.keys) else ""

    def span_of(self, first: int, last: int) -> Span:
        """Return the characters of the words `first` to `last` (excluded)."""
        return Span(self.tokens.starts[first], self.tokens.ends[last - 1])
