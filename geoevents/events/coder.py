"""What happened, to whom, where, when, and who says so?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from geoevents.events.assembly import event_of, words_of
from geoevents.events.casualties import Toll, toll_of
from geoevents.events.location import Located, place_of
from geoevents.events.mentions import Mention, find_mentions
from geoevents.events.merging import Draft, grouped, told_apart, under_heading
from geoevents.events.passage import Party, Passage
from geoevents.events.placing import Scene, scene_of
from geoevents.events.reading import read
from geoevents.events.roles import parties_of
from geoevents.events.setting import at_dateline, settled
from geoevents.events.sources import Sources
from geoevents.events.status import status_of
from geoevents.events.timing import Timed, time_of
from geoevents.lexicon.triggers import TriggerLexicon, lemma, triggers
from geoevents.model import (
    Document,
    Event,
    EventStatus,
    EventType,
    Harm,
    Quote,
    Resolution,
    SubType,
    Timeline,
)

__all__ = ["ClauseEventCoder", "main_event"]


@dataclass(frozen=True, slots=True)
class ClauseEventCoder:
    """Codes events from trigger words and the clause around them; fits `stages.EventCoder`.

    `lexicon` holds the triggers; the shipped table by default.

    >>> coder = ClauseEventCoder()
    >>> document = Document("Rebels shelled the airport, killing at least 12 people.")
    >>> [event] = coder(document, (), Timeline(None, ()), ())
    >>> event.sub_type.value, event.actors[0].name, event.fatalities
    ('Shelling/artillery/missile attack', 'Opposition Rebels', Interval(low=12.0, high=inf))
    """

    lexicon: TriggerLexicon = field(default_factory=triggers)

    def __call__(
        self,
        document: Document,
        resolutions: tuple[Resolution, ...],
        timeline: Timeline,
        quotes: tuple[Quote, ...],
        /,
    ) -> tuple[Event, ...]:
        """Return the events of a document in order of span; never raises for what the text says."""
        drafts = (
            _drafts(passage, self.lexicon, timeline.published)
            for passage in read(document, resolutions, timeline, triggers=self.lexicon)
        )
        placed = at_dateline([*settled(drafts, document, resolutions)], document, resolutions)
        told = under_heading(grouped(placed), _heading_end(document.text))
        groups = told_apart([group for group in told if _is_event(group)])
        sources = Sources(document, quotes, (words_of(d) for group in groups for d in group))
        events = [
            event_of(f"{document.id}#e{number}", group, sources)
            for number, group in enumerate(groups, start=1)
        ]
        return tuple(events)


# A first line longer than this is a paragraph.
_LONGEST_HEADING = 160


def _heading_end(text: str) -> int:
    """Return where the heading ends: a first line, with no full stop, above a text; 0 if there is none."""
    body = len(text) - len(text.lstrip())
    end = text.find("\n", body, body + _LONGEST_HEADING)
    if end < 0 or not text[end:].strip() or text[:end].rstrip().endswith((".", "!", "?", '"', "”", ":")):
        return 0
    return end


def _drafts(passage: Passage, lexicon: TriggerLexicon, published: date | None) -> list[Draft]:
    mentions = list(find_mentions(passage, lexicon))
    if not mentions:
        return []
    scene, toll = scene_of(passage), toll_of(passage)
    return [draft for mention in mentions for draft in _pair(_draft(mention, scene, toll, published))]


def _pair(draft: Draft) -> Iterator[Draft]:
    """Yield the draft, and one more for each further place struck at once, as ACLED does."""
    yield draft
    is_attack = draft.sub_type.event_type in {EventType.EXPLOSIONS, EventType.BATTLES}
    located = draft.located
    if not is_attack or located is None or draft.mention.is_effect or located.is_between:
        return
    for name in located.others:
        if (
            name.resolution.place is not None
            and not name.is_area
            and located.country == name.resolution.place.country
        ):
            reason = f"it is named in one breath with {located.name.resolution.toponym.text!r}"
            precision = 2 if located.is_near else 1
            yield replace(
                draft, located=replace(located, name=name, precision=precision, reason=reason, others=())
            )


def _draft(mention: Mention, scene: Scene, toll: Toll, published: date | None) -> Draft:
    word = mention.sense.trigger.split()[0]
    located = place_of(scene, mention.first, mention.last, lemma=lemma(word))
    if located is not None and _is_spoken_of(mention, located):
        located = None
    timed = time_of(mention, published=published)
    status, reason = status_of(mention)
    if (
        status is EventStatus.FACTUAL
        and timed is not None
        and _is_long_ago(timed, published, is_ongoing=mention.sense.trigger in _LASTING)
    ):
        status, reason = EventStatus.BACKGROUND, timed.reason
    if status is EventStatus.FACTUAL and timed is not None and _is_to_come(timed, published):
        status, reason = EventStatus.PLANNED, timed.reason
    actors, targets = parties_of(mention)
    return Draft(
        mention,
        _settled_sort(mention, actors, targets, land=None if located is None else located.country),
        status=status,
        status_reason=reason,
        located=located,
        timed=timed,
        actors=actors,
        targets=targets,
        toll=_own_toll(mention.sub_type, toll),
    )


_ABOUT = frozenset("of for that over about".split())


def _is_spoken_of(mention: Mention, located: Located) -> bool:
    """Whether words are spoken of what happened there: "accused the army of an attack on X" is not said at X."""
    keys, first = mention.passage.keys, located.name.first
    if mention.sub_type is SubType.AGREEMENT and located.name.is_country:
        # "A ceasefire between Israel and Hezbollah" is not made in Israel for it.
        return keys[first - 1 : first] == ("between",)
    between = keys[mention.last : first]
    return mention.sub_type is SubType.STATEMENT and not _ABOUT.isdisjoint(between)


_WITHOUT_TOLL = frozenset({EventType.POLITICAL, EventType.STRATEGIC})
_ONLY = {
    SubType.ARRESTS: {Harm.CAPTURED},
    SubType.DISPLACEMENT: {Harm.DISPLACED},
    SubType.AID: {Harm.DISPLACED},
}


def _own_toll(sub_type: SubType, toll: Toll) -> Toll:
    """Return the figures that an event of that sort can have: an arrest captures, a meeting kills nobody."""
    if sub_type.event_type not in _WITHOUT_TOLL:
        return toll
    harms = _ONLY.get(sub_type, set())
    return toll.only(lambda figure: figure.harm in harms)


# "Have besieged X since May": what lasts is news while it does.
_LASTING = frozenset("besiege siege blockade surround encircle flee displace".split())
# News tells of the last days; what is older than this is background to it.
_LONG_AGO_DAYS = 200


def _is_long_ago(timed: Timed, published: date | None, *, is_ongoing: bool) -> bool:
    if published is None:
        return False
    if timed.is_open and is_ongoing:
        return (published - timed.date.start).days > _LONG_AGO_DAYS
    return timed.is_open or (published - timed.date.end).days > _LONG_AGO_DAYS


def _is_to_come(timed: Timed, published: date | None) -> bool:
    return published is not None and timed.date.start > published


_TAKES = frozenset({SubType.GOVERNMENT_REGAINS, SubType.NON_STATE_OVERTAKES})


# Those who are executed were captured first: no fight.
_EXECUTIONS = frozenset("execute behead".split())


def _settled_sort(
    mention: Mention, actors: Sequence[Party], targets: Sequence[Party], *, land: str | None
) -> SubType:
    """Return the sub-type, where it hangs on who did it to whom, and in whose country (`land`)."""
    sort = mention.sub_type
    doer = next((p for p in actors if p.bears_arms), None)
    if sort in _TAKES:
        return _taking(mention, doer, land=land)
    if sort is SubType.AIR_STRIKE:
        return _from_air(mention, doer)
    if sort is SubType.SHELLING and mention.sense.trigger.split()[0] in _FIRING and _is_flown(mention):
        return SubType.AIR_STRIKE
    if sort is SubType.ARRESTS and doer is not None and doer.kind in {"rebel group", "political militia"}:
        return SubType.ABDUCTION
    is_execution = mention.sense.trigger in _EXECUTIONS
    if sort is SubType.ATTACK and not mention.is_effect and not is_execution and doer is not None:
        hit = [p for p in targets if p.kind != "infrastructure"]
        if hit and all(p.bears_arms for p in hit):
            return SubType.ARMED_CLASH
    return sort


def _taking(mention: Mention, doer: Party | None, *, land: str | None) -> SubType:
    """Return how territory changed hands: by whom, and whether anybody fought for it."""
    if doer is None:
        ahead = [p for p in mention.passage.parties if p.bears_arms and p.last <= mention.first]
        doer = ahead[-1] if ahead else None
    if doer is None:
        return mention.sub_type
    if _is_unopposed(mention):
        return SubType.NON_VIOLENT_TRANSFER
    is_state = doer.kind in {"state forces", "external/other forces"}
    # ACLED's codebook: a government regains its own territory; what a foreign state takes is
    # coded like what a non-state actor overtakes.
    is_foreign = land is not None and doer.country is not None and doer.country != land
    return SubType.GOVERNMENT_REGAINS if is_state and not is_foreign else SubType.NON_STATE_OVERTAKES


def _from_air(mention: Mention, doer: Party | None) -> SubType:
    """Return what "bombed" and "struck" mean of whoever did it."""
    if _is_planted(mention, doer):
        return SubType.REMOTE_EXPLOSIVE
    return SubType.SHELLING if _is_fired(mention, doer) else SubType.AIR_STRIKE


_FIGHT = frozenset("fight fighting resistance firing shot shots battle combat clashes opposition".split())


def _is_unopposed(mention: Mention) -> bool:
    """Whether territory was taken from nobody who fought for it: "without resistance"."""
    keys = mention.passage.keys[mention.last : mention.last + _LONGEST_TAKING]
    if not _UNOPPOSED.isdisjoint(keys):
        return True
    left = next((i for i, key in enumerate(keys) if key in _LEAVING), 0)
    if not {"after", "following"}.isdisjoint(keys[max(0, left - 3) : left]):
        # "Seized the area following the withdrawal of the army".
        return True
    at = keys.index("without") if "without" in keys else len(keys)
    return not _FIGHT.isdisjoint(keys[at + 1 : at + 7])


_UNOPPOSED = frozenset("unopposed peacefully bloodlessly".split())
_LEAVING = frozenset("withdrawal pullout retreat departure".split())
_LONGEST_TAKING = 24


_FLYING = frozenset(
    """air aerial jet jets warplane warplanes drone drones uav uavs aircraft plane planes helicopter helicopters
    airstrike airstrikes sorties paramotor paramotors""".split()
)
_PLOTS = frozenset("plan plans plot plots plotted plotting conspiracy conspired conspiring".split())


def _is_planted(mention: Mention, doer: Party | None) -> bool:
    """Whether who "bombed" has no aircraft: "terrorists bombed a radio station", "a plot to bomb"."""
    passage = mention.passage
    if mention.sense.trigger != "bomb" or not _FLYING.isdisjoint(passage.keys):
        return False
    if not _PLOTS.isdisjoint(passage.keys[max(0, mention.first - 3) : mention.first]):
        return True
    return doer is not None and doer.kind in {"rebel group", "political militia", "identity militia"}


_FIRING = frozenset("fire fired launch launched shoot shot".split())


def _is_flown(mention: Mention) -> bool:
    """Whether aircraft fired it: "Saudi jets fired a number of missiles"."""
    return not _AIRCRAFT.isdisjoint(mention.passage.keys[max(0, mention.first - 3) : mention.first])


_AIRCRAFT = frozenset(
    "jet jets warplane warplanes drone drones aircraft planes helicopter helicopters uavs".split()
)


def _is_fired(mention: Mention, doer: Party | None) -> bool:
    """Whether who "struck" a place is no state and has no aircraft: "Hezbollah struck Haifa"."""
    is_plain = mention.sense.trigger in {"strike", "hit"} and _FLYING.isdisjoint(mention.passage.keys)
    return is_plain and doer is not None and doer.kind not in {"state forces", "external/other forces"}


def _is_event(group: Sequence[Draft]) -> bool:
    """Whether it is more than a toll without a cause, a toll of nobody, or a place without a name."""
    return not all(d.mention.is_effect and (not _is_deliberate(d) or _harmed_nobody(d)) for d in group)


def _harmed_nobody(draft: Draft) -> bool:
    """Whether the words say that nobody was killed: "No one was killed in Uvira" tells of no attack."""
    killed = draft.toll.of(Harm.KILLED)
    return killed is not None and killed.high == 0


def _is_deliberate(draft: Draft) -> bool:
    """Whether the words tell of a killing by somebody: an actor with arms, or a weapon."""
    if draft.status is EventStatus.DENIED and draft.targets:
        return True
    if draft.actors or draft.mention.weapon is not None:
        return True
    return draft.mention.sense.trigger == "kill" and _MISHAPS.isdisjoint(draft.mention.passage.keys)


_MISHAPS = frozenset(
    """overturned crash crashed collision collided accident derailed derailment capsized collapsed collapse flood floods
    flooding earthquake landslide mudslide storm hurricane typhoon cyclone tornado avalanche drowned lightning wildfire
    stampede outbreak cholera ebola epidemic""".split()
)


# Which of several events a short report is about: the more telling sort first.
_TELLING = (
    (SubType.SUICIDE_BOMB, SubType.CHEMICAL_WEAPON, SubType.GRENADE, SubType.SEXUAL_VIOLENCE),
    (SubType.EXCESSIVE_FORCE, SubType.MOB_VIOLENCE, SubType.PROTEST_WITH_INTERVENTION, SubType.ABDUCTION),
    (SubType.DISRUPTED_WEAPONS, SubType.BASE_ESTABLISHED, SubType.NON_VIOLENT_TRANSFER),
    (SubType.VIOLENT_DEMONSTRATION, SubType.AIR_STRIKE, SubType.SHELLING, SubType.REMOTE_EXPLOSIVE),
    (SubType.GOVERNMENT_REGAINS, SubType.NON_STATE_OVERTAKES, SubType.AGREEMENT, SubType.LOOTING),
    (SubType.ARMED_CLASH, SubType.PEACEFUL_PROTEST, SubType.CHANGE_TO_GROUP, SubType.ATTACK, SubType.ARRESTS),
)


def main_event(events: Sequence[Event]) -> Event | None:
    """Return the event that a short report is about: told as done, of a telling sort, told first."""
    rank = {sort: number for number, sorts in enumerate(_TELLING) for sort in sorts}
    return min(
        events,
        key=lambda e: (e.type is EventType.POLITICAL, rank.get(e.sub_type, len(_TELLING)), e.span),
        default=None,
    )
