"""Where does a document point, as far as its names are decided?

Each name votes with the probabilities of its candidates: for their countries, their divisions, the cells
around them, and the places themselves. The votes of a name are taken out while it is decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log1p
from typing import NamedTuple

from geoevents.resolution.company import Company
from geoevents.resolution.meanings import Likely, Meanings, Option, Reach
from geoevents.resolution.outlets import Outlet

__all__ = ["Scene", "Shares", "Votes", "context_of", "scores_of", "shares_of"]

# Past these, in logarithms, more votes say no more.
_MOST_IN_COUNTRY, _MOST_IN_DIVISION, _MOST_NEAR = 3.0, 2.5, 2.0
_EVEN = 0.5  # The share of a country of which a text without other names says nothing.
_NOTHING = 1e-9  # what is left of votes that were taken out
Shares = Mapping[str | int, float]


class Votes:
    """The votes so far, and how often areas are named.

    `tally` is by the code of a country, the key of a division, the number of a cell and the id of a place,
    which never meet. `named` is by code and key, of the countries and divisions that are named.
    """

    __slots__ = ("named", "names", "tally")

    def __init__(self) -> None:
        self.tally: defaultdict[str | int, float] = defaultdict(float)
        self.named: defaultdict[str, float] = defaultdict(float)
        self.names = 0.0

    def add(self, likely: Likely, *, count: float, weight: float) -> None:
        """Let a name vote that stands `count` times in the text; with both negative, take it out."""
        tally = self.tally
        for option, chance in likely:
            share = chance * weight
            self.names += share
            tally[option.id] += share
            country = option.country
            if country is None:
                continue
            tally[country] += share
            group = option.group
            if group == "country":
                self.named[country] += chance * count
                continue
            division = option.division
            if division is not None:
                tally[division] += share
                if group == "division":
                    self.named[division] += chance * count
            for cell in option.cells:
                tally[cell] += share

    def of_country(self, code: str, counts: Mapping[str, float] | None = None) -> float:
        """Return the votes for a country, or how often it is named, where `counts` are `named`.

        News of Israel is that of the Palestinian territories too.
        """
        found = (self.tally if counts is None else counts).get(code, 0.0)
        return found + self.of_country(_AROUND_PALESTINE, counts) if code == _PALESTINE else found

    def countries(self) -> list[tuple[str, float]]:
        """Return the countries that the text is about, with their votes and how often they are named."""
        codes = {key for key in self.tally if isinstance(key, str) and len(key) == _CODE_LETTERS}
        codes |= {key for key in self.named if len(key) == _CODE_LETTERS}
        return [(code, self.tally.get(code, 0.0) + self.named.get(code, 0.0)) for code in codes]


_PALESTINE, _AROUND_PALESTINE = "PS", "IL"
_CODE_LETTERS = 2  # keys of divisions and ids of places are longer


class Scene(NamedTuple):
    """What all options of one name see alike: the votes of the others, the outlet, and its neighbors.

    `is_outlets` says that the outlet bears the name ("Lebanon Daily News"), `home` where the outlet is at
    home, `listed` how likely each name that it is listed with means each group, division and cell. `company`
    is what all names say together, `reach` what this one says of it.
    """

    votes: Votes
    outlet: Outlet
    home: Option | None
    is_outlets: bool
    listed: Sequence[Shares]
    company: Company
    reach: Reach


def _in_country(option: Option, scene: Scene) -> tuple[float, ...]:
    country, votes = option.country, scene.votes
    others = max(0.0, votes.names)
    if country is None:
        return (0.0, 0.0, 0.0, 0.0, log1p(max(1.0, others)))
    inside = max(0.0, votes.of_country(country))
    return (
        (inside + _EVEN) / (others + 1.0),
        min(_MOST_IN_COUNTRY, log1p(inside)),
        min(1.0, max(0.0, votes.of_country(country, votes.named))),
        1.0 if country == scene.outlet.country else 0.0,
        log1p(max(1.0, others)),
    )


def _in_division(option: Option, scene: Scene) -> tuple[float, ...]:
    division, votes = option.division, scene.votes
    if division is None:
        return (0.0, 0.0, 0.0, 0.0)
    inside = max(0.0, votes.tally.get(division, 0.0))
    return (
        inside / max(1.0, votes.names),
        min(_MOST_IN_DIVISION, log1p(inside)),
        min(1.0, max(0.0, votes.named.get(division, 0.0))),
        1.0 if scene.home is not None and scene.home.division == division else 0.0,
    )


def _at_place(option: Option, scene: Scene) -> tuple[float, float]:
    tally = scene.votes.tally
    near = 0.0 if option.cell is None else tally.get(option.cell, 0.0)
    otherwise = tally.get(option.id, 0.0)
    return (
        min(_MOST_NEAR, log1p(near)) if near > 0.0 else 0.0,
        min(1.0, otherwise) if otherwise > 0.0 else 0.0,
    )


def _of_outlet(option: Option, scene: Scene) -> tuple[float, ...]:
    home = scene.home
    return (
        1.0 if scene.is_outlets else 0.0,
        option.size if scene.is_outlets else 0.0,
        1.0 if home is not None and home.id == option.id else 0.0,
        1.0 if home is not None and option.cell in home.cells else 0.0,
    )


def _of_capital(option: Option, scene: Scene) -> tuple[float]:
    inside = scene.votes.tally.get(option.country or "", 0.0) if option.is_capital else 0.0
    return (min(1.0, max(0.0, inside) / 2),)


def _in_list(option: Option, listed: Sequence[Shares]) -> tuple[float, float, float]:
    if not listed:
        return (0.0, 0.0, 0.0)
    where = option.division if option.cell is None else option.cell
    like = beside = 0.0
    for other in listed:
        like += other.get(option.group, 0.0)
        if where is not None:
            beside += other.get(where, 0.0)
    like /= len(listed)
    return (like, 1.0 - like, beside / len(listed))


def context_of(option: Option, scene: Scene) -> tuple[float, ...]:
    """Return what the document shows of a place, in the order of `weights.CONTEXT`."""
    return (
        *_in_country(option, scene),
        *_in_division(option, scene),
        *_at_place(option, scene),
        *_of_outlet(option, scene),
        *_of_capital(option, scene),
        *_in_list(option, scene.listed),
        *scene.company.of(option, scene.reach),
    )


def scores_of(meanings: Meanings, scene: Scene) -> list[float]:
    """Return for each option its base and what `context_of` shows, weighed.

    The same sums, worked out in a fraction of the time: what the options of a country or division have in
    common is weighed once, and what is 0 not at all. A test holds the two together. Only what lies far
    behind its namesakes, and where nothing of the document lies, keeps its base: its country alone could
    not help it.
    """
    tally, home = scene.votes.tally, scene.home
    home_division = None if home is None else home.division
    foremost = len(meanings.options) if scene.is_outlets else meanings.foremost
    has_company = scene.company.near > scene.reach.near or scene.company.inside > scene.reach.inside
    is_apart = scene.is_outlets or home is not None or bool(scene.listed)
    areas: dict[str, float] = {}
    out: list[float] = []
    for option in meanings.options:
        division = option.division
        is_in_division = division is not None and (division in tally or division == home_division)
        company = scene.company.weigh(option, scene.reach) if has_company else 0.0
        if len(out) >= foremost and not (is_in_division or option.cell in tally or company):
            out.append(option.base)
            continue
        score = areas.get(option.in_country)
        if score is None:
            score = areas[option.in_country] = _weighed_country(option, scene)
        score += option.base
        if is_in_division:
            term = areas.get(option.in_division)
            if term is None:
                term = areas[option.in_division] = _weighed_division(option, scene)
            score += term
        if option.cell in tally or option.id in tally:
            score += _dot(option.rows.place, _at_place(option, scene))
        if is_apart or option.is_capital:
            score += _weighed_apart(option, scene)
        score += company
        out.append(score)
    return out


def _weighed_country(option: Option, scene: Scene) -> float:
    share, many, is_named, outlets, text = option.rows.country
    votes, country = scene.votes, option.country
    others = max(0.0, votes.names)
    score = text * log1p(max(1.0, others))
    if country is None:
        return score
    inside = votes.of_country(country)
    score += share * (max(0.0, inside) + _EVEN) / (others + 1.0)
    if inside > _NOTHING:
        score += many * min(_MOST_IN_COUNTRY, log1p(inside))
        score += is_named * min(1.0, max(0.0, votes.of_country(country, votes.named)))
    return score + outlets if country == scene.outlet.country else score


def _weighed_division(option: Option, scene: Scene) -> float:
    share, many, is_named, at_home = option.rows.division
    votes, division = scene.votes, option.division or ""
    score = at_home if scene.home is not None and scene.home.division == division else 0.0
    inside = votes.tally.get(division, 0.0)
    if inside > _NOTHING:
        score += share * inside / max(1.0, votes.names) + many * min(_MOST_IN_DIVISION, log1p(inside))
        score += is_named * min(1.0, max(0.0, votes.named.get(division, 0.0)))
    return score


def _weighed_apart(option: Option, scene: Scene) -> float:
    """Weigh what few options of few documents show."""
    rows, home, score = option.rows, scene.home, 0.0
    if scene.is_outlets or (home is not None and option.cell in home.cells):
        score += _dot(rows.outlet, _of_outlet(option, scene))
    if option.is_capital:
        score += rows.capital[0] * _of_capital(option, scene)[0]
    if scene.listed:
        score += _dot(rows.listed, _in_list(option, scene.listed))
    return score


def _dot(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(map(float.__mul__, weights, values))


def shares_of(likely: Likely) -> Shares:
    """Return how likely a name means each group, division and cell."""
    shares: defaultdict[str | int, float] = defaultdict(float)
    for option, chance in likely:
        shares[option.group] += chance
        if option.division is not None:
            shares[option.division] += chance
        for cell in option.cells:
            shares[cell] += chance
    return shares
