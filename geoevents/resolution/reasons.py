"""Why is a place a candidate, in words?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from geoevents.gazetteer import SpellingLevel
from geoevents.resolution.meanings import Option
from geoevents.resolution.mentions import Setting
from geoevents.resolution.readings import Fit, Reading
from geoevents.resolution.votes import Scene

__all__ = ["reasons_for"]

_DOUBTFUL = 0.5
_NEAR = 0.65  # of the votes of one other name
_NAMED = 0.5


def reasons_for(
    option: Option,
    said: Mapping[str, float],
    setting: Setting,
    scene: Scene,
    *,
    own_vote: float,
    country: str | None,
) -> tuple[str, ...]:
    """Say in words why a place is a candidate: how the name leads to it, then the text, then its people.

    `own_vote` is what the name itself voted for the place, `country` the name of its country.
    """
    words = option.words
    if words is None:
        words = option.words = _led_by(option.reading), _people(option)
    reasons = [words[0]]
    if said:
        reasons += _said_reasons(option, said, setting, country)
    votes = scene.votes
    if country is not None and option.group != "country":
        times = votes.named.get(option.country or "", 0.0)
        if times >= _NAMED:
            reasons.append(_named(country, round(times)))
        if option.group != "division" and votes.named.get(option.division or "", 0.0) >= _NAMED:
            reasons.append(f"in {option.place.admin1}, which the text names")
    if option.cell is not None:
        reasons += _near(option, scene, own_vote)
    if "wanted country" in option.seen:
        reasons.append(f"in {country}, which was asked for")
    if words[1]:
        reasons.append(words[1])
    return tuple(reasons)


def _near(option: Option, scene: Scene, own_vote: float) -> list[str]:
    """Return what lies near a place."""
    home, out = scene.home, []
    if scene.votes.tally.get(option.cell or 0, 0.0) - own_vote >= _NEAR:
        out.append("near other places of the text")
    elif scene.company.is_near(option, scene.reach):
        out.append("near places that other names of the text could mean")
    if home is not None and option.cell in home.cells:
        out.append(f"near {home.place.name}, where the outlet is at home")
    return out


def _people(option: Option) -> str:
    return f"population {option.place.population:,}" if option.place.population else ""


_LED_BY = {
    Fit.POINT: "a point written in figures",
    Fit.STAND_IN: "no gazetteer has the name, which the text puts with {place}",
    Fit.PEOPLE: "what is called so belongs to {place}",
    Fit.SHORTENED: "short for {name!r}",
    Fit.STRIPPED: "spelled {name!r} in the gazetteer, without {noun!r}",
    Fit.INSIDE: "no gazetteer has the name, but {part!r} in it",
}
_SPELLED = {
    SpellingLevel.EXACT: "spelled {name!r} in the gazetteer",
    SpellingLevel.FOLDED: "spelled {name!r} in the gazetteer, but for case and marks",
    SpellingLevel.ARTICLE: "spelled {name!r} in the gazetteer, but for the article",
    SpellingLevel.PHONETIC: "sounds like {name!r}",
}


def _led_by(reading: Reading) -> str:
    """Say how a name leads to a place."""
    hit, part = reading.hit, reading.part
    words = _LED_BY.get(reading.fit) or _SPELLED[hit.level]
    return words.format(
        place=hit.place.name, name=hit.name, noun=reading.noun, part="" if part is None else part.text
    )


def _said_reasons(
    option: Option, said: Mapping[str, float], setting: Setting, country: str | None
) -> Iterator[str]:
    """Yield what the text says of the name itself."""
    if "said to lie in it" in said:
        yield f"the text puts it in {setting.qualifier}"
    if "elsewhere said to lie in it" in said:
        yield f"the text elsewhere puts it in {option.place.admin1 or country}"
    far = said.get("far from where it is said to lie", 0.0)
    if "said to lie elsewhere" in said or far >= _DOUBTFUL:
        yield "the text puts it elsewhere"
    if "kind fits" in said or "called an area" in said:
        yield f"the text says {setting.cue or option.noun!r}"
    if "elsewhere this kind" in said:
        yield f"the text elsewhere calls it a place of this kind ({option.place.kind.value})"


@lru_cache(maxsize=4096)
def _named(country: str, times: int) -> str:
    return f"in {country}, which the text names {'once' if times == 1 else f'{times} times'}"
