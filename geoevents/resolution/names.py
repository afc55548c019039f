"""What is known so far of each name of a document, and how do the names stand to one another?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from geoevents.geodesy import lie_within
from geoevents.model import PlaceKind
from geoevents.resolution.company import company_of
from geoevents.resolution.meanings import Likely, Meanings, Option, Region, likely_of
from geoevents.resolution.mentions import Setting
from geoevents.resolution.outlets import Outlet
from geoevents.resolution.readings import Fit
from geoevents.resolution.votes import Scene, Shares, Votes, shares_of

__all__ = ["Name", "Story", "list_names", "see_ties"]

_HOME_WEIGHT = 2.0  # A paper is named for the place that it writes about.
_MOST_LISTED = 6
_MOST_TIES = 6


class Name:
    """One spelling in the document, with all its occurrences.

    `scores` are without what is said of single occurrences, `chances` with it. `regions` are those that
    some occurrence is said to lie in, `kinds` the sites that the text somewhere calls it, `ties` the names
    that it stands at a length from, `far` how likely each option lies too far from those. `shares` is kept
    only of what is listed with others.
    """

    __slots__ = (
        "chances",
        "count",
        "far",
        "is_outlets",
        "kinds",
        "likely",
        "listed",
        "meanings",
        "options",
        "regions",
        "scores",
        "shares",
        "text",
        "ties",
        "weight",
    )

    def __init__(self, text: str, meanings: Meanings, *, is_outlets: bool) -> None:
        self.text = text
        self.is_outlets = is_outlets
        self.weight = _HOME_WEIGHT if is_outlets else 1.0
        self.count = 0
        self.regions: list[Region] = []
        self.kinds: frozenset[PlaceKind] = frozenset()
        self.ties: list[tuple[Name, float]] = []
        self.far: list[float] = []
        self.listed: list[Name] = []
        self.shares: Shares | None = None
        self.mean(meanings)

    def mean(self, meanings: Meanings) -> None:
        """Let the name mean what some meanings say."""
        self.meanings = meanings
        self.options: Sequence[Option] = meanings.options
        self.scores: Sequence[float] = meanings.scores
        self.chances: Sequence[float] = meanings.chances
        self.likely: Likely = meanings.likely

    def settle(self, chances: Sequence[float]) -> None:
        """Let the options have other chances."""
        self.chances = chances
        self.likely = likely_of(self.options, chances)
        self.keep_shares()

    @property
    def is_open(self) -> bool:
        """Whether the document may change what the name means."""
        return bool(self.options) and (not self.meanings.is_sure or bool(self.ties))

    @property
    def likeliest(self) -> tuple[Option, float] | None:
        """The likeliest option and its chance; `None` where there is no option."""
        if not self.options:
            return None
        chance, _, option = max(
            (chance, option.id, option) for option, chance in zip(self.options, self.chances, strict=True)
        )
        return option, chance

    def vote(self, votes: Votes, sign: float) -> None:
        """Give, or with a `sign` of -1 take back, the votes of the name."""
        votes.add(self.likely, count=sign * self.count, weight=sign * self.weight)

    def keep_shares(self) -> None:
        """Work out what the names that this one is listed with see of it."""
        if self.listed:
            self.shares = shares_of(self.likely)


class Story:
    """A document as far as it is decided."""

    def __init__(
        self,
        settings: Sequence[Setting],
        names: Mapping[str, Name],
        *,
        outlet: Outlet,
        home: Option | None,
    ) -> None:
        self.settings = settings
        self.names = names
        self.votes = Votes()
        self.outlet = outlet
        self.home = home
        self.company = company_of(name.meanings for name in names.values())

    def scene(self, name: Name) -> Scene:
        """Return what all options of a name see alike."""
        listed = [other.shares for other in name.listed if other.shares is not None] if name.listed else ()
        reach = name.meanings.reach
        return Scene(self.votes, self.outlet, self.home, name.is_outlets, listed, self.company, reach)

    @cached_property
    def leading_town(self) -> Name | None:
        """The name of the town that the document names most, once all is decided."""
        best: Name | None = None
        most = 0.0
        for name in self.names.values():
            votes = name.count * name.weight * _chance_of_town(name)
            if votes > most:
                best, most = name, votes
        return best


def _chance_of_town(name: Name) -> float:
    return max(
        (
            chance
            for option, chance in zip(name.options, name.chances, strict=True)
            if option.group == "town" and option.reading.fit is Fit.NAME
        ),
        default=0.0,
    )


def list_names(names: Mapping[str, Name], pairs: Iterable[tuple[str, str]]) -> None:
    """Note which names are listed with which. "Paris, Texas" is no list."""
    for one, other in ((names[one], names[other]) for one, other in pairs):
        if one.regions:
            continue
        for name, neighbor in ((one, other), (other, one)):
            if len(name.listed) < _MOST_LISTED and neighbor not in name.listed:
                name.listed.append(neighbor)


# A village said to be 10 km from a city abroad and 7,000 km off is another village of that name.
_FAR = 5.0
_FAR_KM = 500.0
_LEAST_OTHER = 0.05  # What is less likely than this says nothing about where its neighbors lie.


def see_ties(name: Name) -> None:
    """See which candidates lie in another country, far beyond the length that the text gives."""
    name.far = [0.0] * len(name.options)
    for other, km in name.ties[:_MOST_TIES]:
        likely = [(o, c) for o, c in zip(other.options, other.chances, strict=True) if c >= _LEAST_OTHER]
        for i, option in enumerate(name.options):
            far = sum(chance for o, chance in likely if _lie_too_far(option, o, km))
            name.far[i] = max(name.far[i], far)


def _lie_too_far(option: Option, other: Option, km: float) -> bool:
    if option.country == other.country or option.cell is None or other.cell is None:
        return False
    return not lie_within(option.place.point, other.place.point, km=_FAR * km + _FAR_KM)
