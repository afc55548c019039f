"""How do the mentions of one event make the event, slot by slot, each with its reason?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geoevents.events.casualties import Figure
from geoevents.events.location import Located
from geoevents.events.merging import Draft, sub_type_of
from geoevents.events.passage import Party, Passage
from geoevents.events.roles import AGAINST_CROWDS, actor_of, is_nobody
from geoevents.events.sources import Sources
from geoevents.events.timing import Timed, precision_of
from geoevents.geodesy import distance_km
from geoevents.model import Actor, Count, Event, EventStatus, Harm, Interval, SubType
from geoevents.text import Span

__all__ = ["event_of", "words_of"]


def event_of(event_id: str, group: Sequence[Draft], sources: Sources) -> Event:
    """Return the event that the mentions of `group` tell of."""
    sort = sub_type_of(group)
    first = next((d for d in group if d.sub_type is sort), group[0])
    located = _best_place(group)
    timed = next((d.timed for d in group if d.timed is not None), None)
    place = located.name.resolution.place if located is not None else None
    # Those who meet or sign somewhere are not of that country for it.
    is_hosted = sort in {SubType.AGREEMENT, SubType.MEETING} and first.mention.sense.trigger not in _ONE_SIDED
    country = place.country if place is not None and not is_hosted else None
    mentions = tuple(sorted({words_of(draft) for draft in group}))
    status = _status(group)
    actors, targets = _who(group, sort, country)
    text = first.mention.passage.text
    counts = _counts(group, sources)
    told = {harm: _told(group, harm) for harm in Harm}
    return Event(
        event_id,
        _span(first),
        sort.event_type,
        sub_type=sort,
        trigger=first.mention.passage.span_of(first.mention.first, first.mention.last),
        status=status.status,
        date=timed.date if timed is not None else None,
        location=located.name.resolution if located is not None else None,
        actors=actors,
        targets=targets,
        fatalities=told[Harm.KILLED],
        injured=told[Harm.INJURED],
        geo_precision=located.precision if located is not None else None,
        time_precision=precision_of(timed.date) if timed is not None else None,
        attribution=sources.of(mentions),
        mentions=mentions,
        reasons=(
            *_reasons(first, located, timed, status),
            *_reasons_who(actors, targets),
            *_reasons_toll(told, counts, text),
        ),
        radius_km=_radius_km(located),
        missing=told[Harm.MISSING],
        captured=told[Harm.CAPTURED],
        displaced=told[Harm.DISPLACED],
        deaths_a=_deaths(counts, "actors"),
        deaths_b=_deaths(counts, "targets"),
        deaths_civilians=_deaths(counts, "civilians"),
        counts=counts,
    )


# Who lets people go, or surrenders, does so at home.
_ONE_SIDED = frozenset("free release surrender".split())


def words_of(draft: Draft) -> Span:
    """Return the words of the trigger."""
    return draft.mention.passage.span_of(draft.mention.first, draft.mention.last)


def _span(draft: Draft) -> Span:
    """Return the clause of the mention, widened to what it was coded from."""
    mention = draft.mention
    passage = mention.passage
    own = [i for i, clause in enumerate(passage.clauses) if clause == mention.clause]
    first, last = own[0], own[-1] + 1
    return passage.span_of(min(first, mention.first), max(last, mention.last))


def _best_place(group: Sequence[Draft]) -> Located | None:
    """Return the most specific place named: a garrison rather than its country."""
    found = [d.located for d in group if d.located is not None and not d.is_remote]
    return min(found, key=lambda at: (at.name.is_country, at.name.is_area), default=None)


def _status(group: Sequence[Draft]) -> Draft:
    """Return the mention that decides: one factual mention makes the event so.

    The toll beside an accusation ("accused X of shelling Y, where two died") makes no fact of it.
    """
    claimed = {d.mention.passage.span for d in group if d.status is EventStatus.CLAIMED}
    deciding = [d for d in group if not (d.mention.is_effect and d.mention.passage.span in claimed)]
    return min(deciding or group, key=lambda d: _DECIDING.index(d.status))


_DECIDING = (
    EventStatus.FACTUAL,
    EventStatus.CLAIMED,
    EventStatus.DENIED,
    EventStatus.BACKGROUND,
    EventStatus.PLANNED,
)


def _who(
    group: Sequence[Draft], sort: SubType, country: str | None
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return who did it, and to whom."""
    actors = _named(group, country, are_targets=False)
    struck = _named(group, country, are_targets=True)
    if sort in AGAINST_CROWDS and any(a.kind != "protesters" for a in actors):
        # Those who demonstrated are those whom force was used against.
        crowd = tuple(a for a in actors if a.kind == "protesters")
        struck = tuple({a.name: a for a in (*struck, *crowd)}.values())
        actors = tuple(a for a in actors if a.kind != "protesters")
    doers = {actor.name for actor in actors}
    return actors, tuple(a for a in struck if a.name not in doers)


def _named(group: Sequence[Draft], country: str | None, *, are_targets: bool) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for draft in group:
        for party in draft.targets if are_targets else draft.actors:
            actor = actor_of(draft.mention, party, is_target=are_targets, country=country)
            found.setdefault(actor.name, actor)
    named = tuple(found.values())
    return tuple(a for a in named if not _is_told_better(a, named) and not is_nobody(a))


def _is_told_better(actor: Actor, named: Sequence[Actor]) -> bool:
    """Whether it is a bare kind ("jets") of which another mention says whose they are."""
    if actor.name not in {"Military Forces", "Police Forces", "Government"}:
        return False
    return any(other.name.startswith(f"{actor.name} of ") for other in named)


def _reasons(first: Draft, located: Located | None, timed: Timed | None, status: Draft) -> Iterator[str]:
    mention = first.mention
    word = mention.passage.span_of(mention.first, mention.last).of(mention.passage.text)
    weapon = f", with {mention.weapon.value!r} by its weapon" if mention.weapon is mention.sub_type else ""
    rule = (
        "passive clause" if mention.is_passive else "noun phrase" if mention.is_nominal else "active clause"
    )
    yield f"rule: {rule}, of {len(mention.passage.keys)} words"
    yield f"type: {word!r} ({mention.sense.word_class.value} {mention.sense.trigger!r}){weapon}"
    yield f"status: {status.status_reason}"
    yield f"place: {located.reason}" if located is not None else "place: no name of its clause says where"
    yield f"date: {timed.reason}" if timed is not None else "date: no time of its clause says when"


def _reasons_who(actors: Sequence[Actor], targets: Sequence[Actor]) -> Iterator[str]:
    doers = ", ".join(f"{a.name} ({a.text!r}) as doer" for a in actors)
    yield f"actors: {doers}" if doers else "actors: nobody is named as doer"
    struck = ", ".join(f"{a.name} ({a.text!r}) as acted on" for a in targets)
    yield f"targets: {struck}" if struck else "targets: nobody is named as acted on"


def _reasons_toll(told: Mapping[Harm, Interval | None], counts: Sequence[Count], text: str) -> Iterator[str]:
    for slot, harm in (("fatalities", Harm.KILLED), ("injured", Harm.INJURED)):
        if told[harm] is None:
            yield f"{slot}: its sentences give no figure"
    for harm, interval in told.items():
        if interval is None:
            continue
        slot = "fatalities" if harm is Harm.KILLED else harm.value
        said = [
            f"{c.span.of(text)!r}{f' ({c.speaker})' if c.speaker else ''}" for c in counts if c.harm is harm
        ]
        yield f"{slot}: by {'; '.join(said)}"


# --- people who came to harm -----------------------------------------------------------------------


def _told(group: Sequence[Draft], harm: Harm) -> Interval | None:
    """Return the figure of the first sentence that gives one."""
    return next((found for draft in group if (found := draft.toll.of(harm)) is not None), None)


def _counts(group: Sequence[Draft], sources: Sources) -> tuple[Count, ...]:
    """Return every figure of the event once, in order, with whose it is and who was counted."""
    figures = {(f.span, f.harm): (f, d.mention.passage) for d in group for f in d.toll.figures}
    sides = {
        "targets": {_identity(party) for draft in group for party in draft.targets},
        "actors": {_identity(party) for draft in group for party in draft.actors},
    }
    return tuple(
        Count(
            figure.harm,
            figure.interval,
            figure.span,
            speaker=sources.speaker_of(figure.span),
            side=_side(figure, passage, sides),
        )
        for _, (figure, passage) in sorted(figures.items(), key=lambda item: (item[0][0], item[0][1].value))
    )


_Identity = tuple[str | None, str | None]


def _identity(party: Party) -> _Identity:
    """Return what tells a party from others, wherever it stands: its entry and its country."""
    return None if party.entry is None else party.entry.id, party.country


def _side(figure: Figure, passage: Passage, sides: Mapping[str, set[_Identity]]) -> str | None:
    """Return whether the counted were civilians, of those who did it, or of those who were hit."""
    who = figure.who
    if who is None:
        return None
    if who.kind == "civilians":
        # Merely "people" may be anybody.
        return "civilians" if passage.keys[who.last - 1] not in _PEOPLE else None
    return next((side for side, parties in sides.items() if _identity(who) in parties), None)


_PEOPLE = frozenset("people persons person others men man".split())


def _deaths(counts: Sequence[Count], side: str) -> Interval | None:
    """Return the killed of one side by the first sentence that splits them."""
    found = [c.interval for c in counts if c.harm is Harm.KILLED and c.side == side]
    return found[0] if found else None


# --- how far around ---------------------------------------------------------------------------------

# "Near" and "outside" a town reach so far beyond it, in kilometers; UCDP's second precision is 25.
_NEAR_KM = 15.0


def _radius_km(located: Located | None) -> float | None:
    """Return how far from the point it may have been: the extent of the place, and what "near" adds."""
    place = None if located is None else located.name.resolution.place
    if located is None or place is None:
        return None
    ends = [other.resolution.place for other in located.others if other.resolution.place is not None]
    if located.is_between and ends:
        return round(distance_km(place.point, ends[0].point), 1)
    near = _NEAR_KM if located.precision == 2 else 0.0
    if place.radius_km is None:
        return near or None
    return place.radius_km + near
