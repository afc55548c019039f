"""How are all names of a document decided together?

Each name begins with what its candidates are without a document. Then, in rounds, each is decided anew
from where the others point, and points itself with what it has become.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import repeat
from typing import NamedTuple

from geoevents.errors import OptionError
from geoevents.gazetteer import Gazetteer
from geoevents.geodesy import LatLon, lie_within
from geoevents.lexicon.places import KIND_WORDS, PLURALS
from geoevents.model import Candidate, Document, Place, PlaceKind, Resolution, Toponym, ToponymRole
from geoevents.resolution.descriptions import names_in, resolve_descriptions
from geoevents.resolution.meanings import Option, Region, chances_of
from geoevents.resolution.mentions import Setting, is_part, is_site, lists_of, settings_of, ties_of
from geoevents.resolution.names import Name, Story, list_names, see_ties
from geoevents.resolution.options import Options
from geoevents.resolution.outlets import Outlet, outlet_of
from geoevents.resolution.readings import Fit
from geoevents.resolution.reasons import reasons_for
from geoevents.resolution.sayings import SITES, Said, said_anywhere, said_here
from geoevents.resolution.votes import Votes, context_of, scores_of
from geoevents.resolution.weights import CONTEXT, Weights, shipped_weights

__all__ = ["ContextResolver", "Example"]

_ROUNDS = 2
_DECIDED = 0.98  # What is so likely is not decided again.
_COUNTRIES_BY_SOUND = 3
_SHORTEST_BY_SOUND = 5
_MOST_SHOWN, _ALWAYS_SHOWN = 6, 2
_LEAST_SHOWN = 0.0005  # What is less likely only fills up the candidates that are always shown.
_LEAST_STAND_IN = 0.2
_NEAR_KM = 161.0  # The distance at which evaluations of the field compare points.
_REGIONS = frozenset({PlaceKind.ADMIN1, PlaceKind.COUNTRY})
_REGION_AT_LEAST = 0.1
_COUNTRY_AT_LEAST = 0.2
_NOBODY_ELSE = 0.2  # votes of other names for the division's country
_CITY_AT_LEAST = 0.05  # A hamlet of the province's name has less.
_STAND_INS = frozenset({"town", "county", "division"})


class Example(NamedTuple):
    """A candidate of a name with its group and what was seen of it, for learning weights."""

    place: Place
    group: str
    seen: dict[str, float]


# An option of a name where it stands, its chance, and what is said of it there.
_Weighed = tuple[Option, float, Said]


class ContextResolver:
    """Decides all names of a document at once, from the gazetteer and from one another.

    `countries` (ISO 3166-1 alpha-2) and `near` say beforehand what the texts are about: they weigh
    like strong evidence in the text, not like a filter. A best candidate whose score, a probability
    against all other candidates and against "none of these", is below `min_score` is not settled; what
    means the same (a city and the province named for it) counts together.
    Raises `OptionError` for a `min_score` outside [0, 1] and for weights that leave a feature out.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        countries: Sequence[str] = (),
        near: LatLon | None = None,
        min_score: float = 0.3,
        weights: Mapping[str, float] | None = None,
    ) -> None:
        if not 0.0 <= min_score <= 1.0:
            raise OptionError(f"min_score is from 0 to 1, got {min_score!r}")
        self._weights = shipped_weights() if weights is None else Weights.of(weights)
        self._countries = frozenset(country.upper() for country in countries)
        self._options = Options(gazetteer, self._weights, countries=self._countries, near=near)
        self._min_score = min_score

    def __call__(self, document: Document, toponyms: tuple[Toponym, ...], /) -> tuple[Resolution, ...]:
        """Return one resolution per toponym, in their order."""
        if any(toponym.role is ToponymRole.DESCRIPTION for toponym in toponyms):
            named = self._resolve_names(document, names_in(document, toponyms))
            return resolve_descriptions(document, toponyms, named, self._options)
        return self._resolve_names(document, toponyms)

    def _resolve_names(self, document: Document, toponyms: tuple[Toponym, ...]) -> tuple[Resolution, ...]:
        story = self._decide(document, toponyms)
        answers: dict[tuple[Setting, bool], tuple[tuple[Candidate, ...], bool, str]] = {}
        regions = {toponym.qualifier for toponym in toponyms}
        out = []
        for toponym, setting in zip(toponyms, story.settings, strict=True):
            is_region = toponym.span in regions
            answer = answers.get((setting, is_region))
            if answer is None:
                candidates = self._candidates(setting, story)
                candidates = _regions_first(candidates) if is_region else candidates
                answer = answers[setting, is_region] = (candidates, *_settled(candidates, self._min_score))
            candidates, is_settled, reason = answer
            out.append(Resolution(toponym, candidates, is_settled=is_settled, reason=reason))
        return tuple(out)

    def examples(self, document: Document, toponyms: tuple[Toponym, ...]) -> tuple[tuple[Example, ...], ...]:
        """Return the candidates of each toponym with what was seen of them, for learning weights."""
        story = self._decide(document, toponyms)
        return tuple(tuple(self._examples(setting, story)) for setting in story.settings)

    # What the text says

    def _decide(self, document: Document, toponyms: Sequence[Toponym]) -> Story:
        text = document.text
        settings = settings_of(text, toponyms)
        outlet = outlet_of(document.source)
        names = self._names(toponyms, settings, outlet)
        for one, other, km in ties_of(text, toponyms, settings):
            names[one].ties.append((names[other], km))
            names[other].ties.append((names[one], km))
        list_names(names, lists_of(text, toponyms, settings))
        story = Story(settings, names, outlet=outlet, home=self._options.home(outlet))
        self._agree(story)
        self._add_sound_alikes(story)
        return story

    def _names(
        self, toponyms: Sequence[Toponym], settings: Sequence[Setting], outlet: Outlet
    ) -> dict[str, Name]:
        names: dict[str, Name] = {}
        nouns = _nouns(settings)
        for toponym, setting in zip(toponyms, settings, strict=True):
            key = setting.name
            name = names.get(key)
            if name is None:
                is_people = setting.role is ToponymRole.DEMONYM
                meanings = self._options.of(toponym.text, nouns.get(key), is_people)
                name = names[key] = Name(toponym.text, meanings, is_outlets=outlet.bears(key))
            name.count += 1
            if setting.cue is not None:
                name.kinds |= KIND_WORDS[setting.cue] & SITES
            region = self._region_of(setting, name)
            if region is not None:
                name.regions.append(region)
        return names

    def _region_of(self, setting: Setting, name: Name) -> Region | None:
        """Return the region that a name is said to lie in, if any place of that name lies there."""
        if setting.qualifier is None:
            return None
        region = self._options.region(setting.qualifier)
        return region if any(map(region.holds, name.options)) else None

    # Deciding

    def _agree(self, story: Story) -> None:
        """Decide the names in rounds. Those that no document is likely to change only vote."""
        votes = story.votes
        for name in story.names.values():
            name.keep_shares()
            name.vote(votes, 1.0)
        undecided = [name for name in story.names.values() if name.is_open]
        for number in range(_ROUNDS):
            is_last = number == _ROUNDS - 1
            for name in undecided:
                # A name with one option waits for the others: there is nothing to choose.
                if is_last or len(name.options) > 1:
                    name.vote(votes, -1.0)
                    self._weigh(name, story)
                    name.vote(votes, 1.0)
            undecided = [n for n in undecided if len(n.options) == 1 or max(n.chances) < _DECIDED]

    def _weigh(self, name: Name, story: Story) -> None:
        """Decide a name anew from where the others point."""
        name.scores = scores = scores_of(name.meanings, story.scene(name))
        if name.ties:
            see_ties(name)
        if name.regions or name.ties:
            scores = self._with_said(name, said_anywhere(name))
        name.settle(chances_of(scores))

    def _with_said(self, name: Name, saids: Sequence[Said]) -> list[float]:
        weigh = self._weights.score
        return [
            score + weigh(said, option.group) if said else score
            for option, score, said in zip(name.options, name.scores, saids, strict=True)
        ]

    def _add_sound_alikes(self, story: Story) -> None:
        """Look up names without a candidate by their sound, in the countries the text is about."""
        unknown = [
            name
            for name in story.names.values()
            if len(name.text) >= _SHORTEST_BY_SOUND and all(o.reading.fit is Fit.INSIDE for o in name.options)
        ]
        heard = self._heard(story.votes) if unknown else ()
        for name in unknown:
            alike = self._options.sounding(name.text, heard)
            if alike.options:
                name.vote(story.votes, -1.0)
                name.mean(alike)
                self._weigh(name, story)
                name.vote(story.votes, 1.0)

    def _heard(self, votes: Votes) -> tuple[str, ...]:
        """Return the countries that the text is about, those asked for first."""
        leading = sorted(votes.countries(), key=lambda pair: (-round(pair[1], 6), pair[0]))
        codes = (code for code, _ in leading[:_COUNTRIES_BY_SOUND])
        return tuple(dict.fromkeys((*sorted(self._countries), *codes)))

    # Answering

    def _candidates(self, setting: Setting, story: Story) -> tuple[Candidate, ...]:
        """Return the candidates of a name in its setting, best first."""
        name = story.names[setting.name]
        scene = story.scene(name)
        out = []
        for option, chance, said in self._ranked(setting, name, story):
            country = None if option.country is None else self._options.country(option.country)
            vote = chance * name.weight
            reasons = reasons_for(option, said, setting, scene, own_vote=vote, country=country)
            out.append(Candidate(option.place, round(chance, 4), reasons=reasons))
        return tuple(out)

    def _ranked(self, setting: Setting, name: Name, story: Story) -> Sequence[_Weighed]:
        options, chances = name.options, name.chances
        if setting.cue in _VILLAGES and options and all(o.reading.fit is Fit.INSIDE for o in options):
            return []  # "the village of Xyz al-Jadida" is a village that nobody has, not El Jadida
        saids = said_here(name, setting, self._region_of(setting, name)) if options else None
        lies_in = is_part(setting.cue) or is_site(name.text)
        stand_ins = self._stand_ins(setting, name, story) if lies_in else []
        if saids is None and not stand_ins:
            weighed = list(zip(options, chances, repeat(_NOTHING)))
        else:
            weighed = self._weighed_apart(name, saids or [{} for _ in options], stand_ins)
        if name.meanings.has_division and len(weighed) > 1:
            if setting.cue in _DIVISION_NOUNS:
                weighed = _divisions_first(weighed)
            elif not _is_called_division(setting):
                weighed = _countries_first(_cities_first(weighed), name, story)
        if setting.role in _LIMITING:
            weighed = _in_role(weighed, setting.role)
        if len(weighed) == 1:
            return weighed
        ranked = [(-round(item[1], 4), item[0].id, item) for item in weighed if item[1] >= _LEAST_SHOWN]
        if len(ranked) < _ALWAYS_SHOWN:
            ranked = [(-round(item[1], 4), item[0].id, item) for item in weighed]
            ranked.sort()
            return [item for _, _, item in ranked[:_ALWAYS_SHOWN]]
        ranked.sort()
        return [item for _, _, item in ranked[:_MOST_SHOWN]]

    def _weighed_apart(
        self, name: Name, saids: Sequence[Said], stand_ins: Sequence[Option]
    ) -> list[_Weighed]:
        """Return the options of a name that is not everywhere the same, with what may stand in for them."""
        scores = self._with_said(name, saids) + [option.base for option in stand_ins]
        options = (*name.options, *stand_ins)
        saids = (*saids, *(_NOTHING for _ in stand_ins))
        weighed = list(zip(options, chances_of(scores), saids, strict=True))
        return _merged(weighed) if stand_ins else weighed

    def _stand_ins(self, setting: Setting, name: Name, story: Story) -> list[Option]:
        """Return the places in which a road or building may lie that no gazetteer has."""
        if any(option.reading.fit is not Fit.INSIDE for option in name.options):
            return []
        found: dict[str, tuple[Option, dict[str, float]]] = {}
        for other, feature in _beside(setting, story):
            likeliest = other.likeliest
            # What stands at a length from a place does not lie in it.
            if other is name or likeliest is None or any(tied is other for tied, _ in name.ties):
                continue
            option, chance = likeliest
            if chance >= _LEAST_STAND_IN and option.group in _STAND_INS:
                seen = found.setdefault(option.id, (option, {}))[1]
                seen[feature] = 1.0
                seen["doubtful itself"] = min(seen.get("doubtful itself", math.inf), -math.log(chance))
        return [self._options.stand_in(option, seen) for option, seen in found.values()]

    def _examples(self, setting: Setting, story: Story) -> Iterator[Example]:
        name = story.names[setting.name]
        name.vote(story.votes, -1.0)
        scene = story.scene(name)
        saids = said_here(name, setting, self._region_of(setting, name)) or [{} for _ in name.options]
        for option, said in zip(name.options, saids, strict=True):
            shown = zip(CONTEXT, context_of(option, scene), strict=True)
            seen = {**option.seen, **{feature: value for feature, value in shown if value}, **said}
            yield Example(option.place, option.group, seen)
        name.vote(story.votes, 1.0)
        for option in self._stand_ins(setting, name, story) if is_site(name.text) else ():
            yield Example(option.place, option.group, option.seen)


_NOTHING: Said = {}
_VILLAGES = frozenset("village villages hamlet hamlets town towns".split())
_LIMITING = frozenset({ToponymRole.INSTITUTION, ToponymRole.METONYM})


def _nouns(settings: Sequence[Setting]) -> dict[str, str]:
    """Return the noun of an area that some name is called by, by its key: "province", "county"."""
    nouns: dict[str, str] = {}
    for setting in settings:
        if setting.cue is not None:
            kinds = KIND_WORDS[setting.cue]
            if PlaceKind.ADMIN1 in kinds or PlaceKind.ADMIN2 in kinds:
                nouns.setdefault(setting.name, PLURALS.get(setting.cue, setting.cue))
        # A text on Henrico County says "Henrico" for short.
        bare, _, last = setting.name.rpartition(" ")
        if last in _COUNTIES:
            nouns.setdefault(bare, last)
    return nouns


_COUNTIES = frozenset(("county", "parish"))


def _beside(setting: Setting, story: Story) -> Iterator[tuple[Name, str]]:
    """Yield the names that may tell where a road or building lies, and what each shows."""
    if setting.after is not None:
        yield story.names[setting.after], "said with the site"
    if setting.before is not None:
        yield story.names[setting.before], "named before the site"
    if story.leading_town is not None:
        yield story.leading_town, "leading town of the text"


def _is_called_division(setting: Setting) -> bool:
    return setting.cue is not None and PlaceKind.ADMIN1 in KIND_WORDS[setting.cue]


def _cities_first(weighed: Sequence[_Weighed]) -> list[_Weighed]:
    """Let a city change chances with the division around it that bears its name and is likelier.

    Both lie within the distance that gold points are compared at, so that no weight is learned for which
    of the two a bare name means; a text that means the division says "province".
    """
    out = list(weighed)
    for i, (division, chance, said) in enumerate(out):
        if division.group != "division":
            continue
        for j, (city, of_city, said_of_city) in enumerate(out):
            # "Oklahoma" is the state: its city is called Oklahoma City.
            is_bare = city.group == "town" and not city.place.name.endswith(" City")
            is_inside = is_bare and city.division == division.division
            is_near = is_inside and _CITY_AT_LEAST <= of_city < chance and _are_near(city, division)
            if is_near:
                out[i], out[j] = (division, of_city, said), (city, chance, said_of_city)
                break
    return out


# "Odesa region" is hardly ever said of the city, "Damascus district" as often as not.
_DIVISION_NOUNS = frozenset("province governorate oblast region state krai departments".split())
_DIVISION_NOUNS |= {plural for plural, noun in PLURALS.items() if noun in _DIVISION_NOUNS}


def _divisions_first(weighed: Sequence[_Weighed]) -> list[_Weighed]:
    """Let a division that the text says by its noun change chances with the city that it is named for."""
    out = list(weighed)
    first = max(range(len(out)), key=lambda i: out[i][1])
    city, of_city, said_of_city = out[first]
    if city.group != "town":
        return out
    for i, (division, chance, said) in enumerate(out):
        if division.group == "division" and division.division == city.division:
            out[first], out[i] = (city, chance, said_of_city), (division, of_city, said)
            break
    return out


def _countries_first(weighed: list[_Weighed], name: Name, story: Story) -> list[_Weighed]:
    """Let a country change chances with a division elsewhere of its name, where nothing else points there.

    Half of what the weights are learned from is local news of America, where Georgia is the state.
    """
    first = max(range(len(weighed)), key=lambda i: weighed[i][1])
    division, chance, said = weighed[first]
    if division.group != "division" or division.country in {None, story.outlet.country}:
        return weighed
    others = story.votes.tally.get(division.country or "", 0.0) - chance * name.weight
    for i, (country, of_country, said_of_country) in enumerate(weighed):
        if country.group == "country" and of_country >= _COUNTRY_AT_LEAST and others < _NOBODY_ELSE:
            weighed[first], weighed[i] = (division, of_country, said), (country, chance, said_of_country)
            break
    return weighed


def _are_near(city: Option, division: Option) -> bool:
    return lie_within(city.place.point, division.place.point, km=_NEAR_KM)


def _regions_first(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Let a division or country change scores with what is likelier, where another name is said to lie in it."""
    for i, region in enumerate(candidates):
        if i and region.place.kind in _REGIONS and region.score >= _REGION_AT_LEAST:
            first = candidates[0]
            if first.place.kind in _REGIONS:
                break
            others = (*candidates[1:i], *candidates[i + 1 :])
            ahead = replace(region, score=first.score)
            return (ahead, *sorted((replace(first, score=region.score), *others), key=lambda c: -c.score))
    return candidates


def _merged(weighed: Sequence[_Weighed]) -> list[_Weighed]:
    """Add up the chances of what two ways lead to one place."""
    out: dict[str, _Weighed] = {}
    for one in weighed:
        option, chance, said = out.get(one[0].id, (one[0], 0.0, one[2]))
        out[option.id] = (option, chance + one[1], said)
    return list(out.values())


_SEAT_PEOPLE = 200_000
_LEAST_IN_ROLE = 0.1  # Where nothing likelier has the role, the role was seen where none is.


def _in_role(weighed: list[_Weighed], role: ToponymRole) -> list[_Weighed]:
    """Keep what the role allows, if that is likely enough: an institution, or a seat of government."""
    if role is ToponymRole.INSTITUTION:
        fitting = [item for item in weighed if item[0].group == "institution"]
    else:
        fitting = [item for item in weighed if _is_seat(item[0].place)]
    share = sum(chance for _, chance, _ in fitting)
    if share < _LEAST_IN_ROLE:
        return weighed
    rest = max(1e-9, 1.0 - sum(chance for _, chance, _ in weighed))
    return [(option, chance / (share + rest), said) for option, chance, said in fitting]


def _is_seat(place: Place) -> bool:
    is_city = place.kind is PlaceKind.SETTLEMENT and (place.population or 0) >= _SEAT_PEOPLE
    return is_city or place.kind in {PlaceKind.COUNTRY, PlaceKind.ADMIN1}


_CLOSE_CALL = 0.02  # Two readings this near in probability are equally likely.
_SAME_KM = 50.0  # Two readings nearer than this are one place to a reader of the map.


def _settled(candidates: tuple[Candidate, ...], min_score: float) -> tuple[bool, str]:
    """Say whether the best candidate is the answer, and why."""
    if not candidates:
        return False, "no gazetteer has this name"
    best = candidates[0]
    if best.score < min_score and _score_together(candidates) < min_score:
        return False, f"no reading is likely enough: {best.place.name} scores {best.score:.2f}"
    if len(candidates) > 1 and best.score - candidates[1].score < _CLOSE_CALL:
        other = candidates[1]
        if not _mean_the_same(best.place, other.place):
            return False, f"two readings are equally likely: {_called(best.place)} and {_called(other.place)}"
    return True, "; ".join(best.reasons)


def _score_together(candidates: Sequence[Candidate]) -> float:
    """Return what the best candidate scores with those that mean the same: whether the name is any place at all."""
    best = candidates[0]
    return best.score + sum(c.score for c in candidates[1:] if _mean_the_same(best.place, c.place))


def _mean_the_same(a: Place, b: Place) -> bool:
    """Say whether two answers point the same way: one is the other's division, or both are one spot."""
    if a.country == b.country and a.admin1 == b.admin1 and PlaceKind.ADMIN1 in {a.kind, b.kind}:
        return True
    return lie_within(a.point, b.point, km=_SAME_KM)


def _called(place: Place) -> str:
    where = ", ".join(part for part in (place.admin1, place.country) if part and part != place.name)
    return f"{place.name} ({where})" if where else place.name
