"""What happened, to whom, where, when, and who says so?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from geoevents.events.casualties import Toll, toll_of
from geoevents.events.location import Located, place_of
from geoevents.events.mentions import Mention, find_mentions, status_of
from geoevents.events.merging import Draft, grouped, sub_type_of, told_apart, under_heading
from geoevents.events.placing import Scene, scene_of
from geoevents.events.reading import Party, Passage, read
from geoevents.events.roles import actor_of, is_nobody, parties_of
from geoevents.events.timing import Timed, precision_of, time_of
from geoevents.lexicon.triggers import TriggerLexicon, lemma, triggers
from geoevents.model import (
    Actor,
    Document,
    Event,
    EventStatus,
    EventType,
    Quote,
    Resolution,
    SubType,
    Timeline,
)
from geoevents.text import Span, name_key

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
            for passage in read(document, resolutions, timeline)
        )
        told = under_heading(grouped(drafts), _heading_end(document.text))
        groups = told_apart([group for group in told if _is_event(group)])
        sources = _Sources(document, quotes, (_words_of(d) for group in groups for d in group))
        events = [
            _event(f"{document.id}#e{number}", group, sources) for number, group in enumerate(groups, start=1)
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
            yield replace(draft, located=replace(located, name=name, reason=reason, others=()))


def _draft(mention: Mention, scene: Scene, toll: Toll, published: date | None) -> Draft:
    word = mention.sense.trigger.split()[0]
    located = place_of(scene, mention.first, mention.last, lemma=lemma(word))
    timed = time_of(mention, published=published)
    status, reason = status_of(mention)
    if status is EventStatus.FACTUAL and timed is not None and _is_long_ago(timed, published):
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
        toll=toll if mention.sub_type.event_type not in _WITHOUT_TOLL else Toll(),
    )


_WITHOUT_TOLL = frozenset({EventType.POLITICAL, EventType.STRATEGIC})
# News tells of the last days; what is older than this is background to it.
_LONG_AGO_DAYS = 200


def _is_long_ago(timed: Timed, published: date | None) -> bool:
    if published is None:
        return False
    return timed.is_open or (published - timed.date.end).days > _LONG_AGO_DAYS


def _is_to_come(timed: Timed, published: date | None) -> bool:
    return published is not None and timed.date.start > published


_TAKES = frozenset({SubType.GOVERNMENT_REGAINS, SubType.NON_STATE_OVERTAKES})


def _settled_sort(
    mention: Mention, actors: Sequence[Party], targets: Sequence[Party], *, land: str | None
) -> SubType:
    """Return the sub-type, where it hangs on who did it to whom, and in whose country (`land`)."""
    sort = mention.sub_type
    doer = next((p for p in actors if p.bears_arms), None)
    if doer is None and sort in _TAKES:
        ahead = [p for p in mention.passage.parties if p.bears_arms and p.last <= mention.first]
        doer = ahead[-1] if ahead else None
    if sort in _TAKES and doer is not None:
        is_state = doer.kind in {"state forces", "external/other forces"}
        # ACLED's codebook: a government regains its own territory; what a foreign state takes is
        # coded like what a non-state actor overtakes.
        is_foreign = land is not None and doer.country is not None and doer.country != land
        regains = is_state and not is_foreign
        return SubType.GOVERNMENT_REGAINS if regains else SubType.NON_STATE_OVERTAKES
    if sort is SubType.ARRESTS and doer is not None and doer.kind in {"rebel group", "political militia"}:
        return SubType.ABDUCTION
    if sort is SubType.ATTACK and not mention.is_effect and doer is not None:
        hit = [p for p in targets if p.kind != "infrastructure"]
        if hit and all(p.bears_arms for p in hit):
            return SubType.ARMED_CLASH
    return sort


def _is_event(group: Sequence[Draft]) -> bool:
    """Whether it is more than a toll without a cause or a place without a name."""
    return not all(d.mention.is_effect and not _is_deliberate(d) for d in group)


def _is_deliberate(draft: Draft) -> bool:
    """Whether the words tell of a killing by somebody: an actor with arms, or a weapon."""
    return bool(draft.actors) or draft.mention.weapon is not None or draft.mention.sense.trigger == "kill"


# A quote that runs on for longer is an article of its own; the bound keeps the search short.
_LONGEST_QUOTE = 5_000


# Words that say nothing of their own and mean what was told just before: "Moscow denied the claim".
_REFERRING = frozenset(
    """it this that them any the a these those such all claim claims report reports allegation allegations
    accusation accusations charge charges responsibility involvement statement account version
    killing killings attack strike incident news""".split()
)
# Such an answer stands in the sentence of what it means, or in one soon after.
_ANSWER_CHARACTERS = 300


class _Sources:
    """The quotes of a document, by where they and their cues stand.

    A quote that only refers back ("denied it") goes with the mention before it.
    """

    def __init__(self, document: Document, quotes: Iterable[Quote], mentions: Iterable[Span]) -> None:
        self._quotes = sorted(quotes, key=lambda q: (q.span, q.speaker))
        self._starts = [q.span.start for q in self._quotes]
        longest = max((q.span.end - q.span.start for q in self._quotes), default=0)
        self._reach = min(longest, _LONGEST_QUOTE)
        told = sorted(mentions)
        ends = [span.end for span in told]
        self._answers: dict[Span, list[int]] = {}
        for number, quote in enumerate(self._quotes):
            last = bisect_right(ends, quote.cue.start) - 1
            if last >= 0 and quote.cue.start - ends[last] <= _ANSWER_CHARACTERS and _refers(document, quote):
                self._answers.setdefault(told[last], []).append(number)

    def of(self, mentions: Sequence[Span]) -> tuple[Quote, ...]:
        """Return the quotes that share words with a mention or answer it, by span and speaker."""
        found: set[int] = set()
        for span in mentions:
            low = bisect_left(self._starts, span.start - self._reach)
            high = bisect_left(self._starts, span.end)
            found.update(i for i in range(low, high) if self._quotes[i].span.overlaps(span))
            found.update(self._answers.get(span, ()))
        return tuple(self._quotes[i] for i in sorted(found))


def _refers(document: Document, quote: Quote) -> bool:
    """Whether all that is quoted refers to what was told before."""
    keys = name_key(quote.span.of(document.text)[:_LONGEST_REFERENCE]).split()
    is_short = quote.span.end - quote.span.start <= _LONGEST_REFERENCE
    return is_short and bool(keys) and all(key in _REFERRING for key in keys)


_LONGEST_REFERENCE = 40


def _event(event_id: str, group: Sequence[Draft], sources: _Sources) -> Event:
    sort = sub_type_of(group)
    first = next((d for d in group if d.sub_type is sort), group[0])
    located = _best_place(group)
    timed = next((d.timed for d in group if d.timed is not None), None)
    place = located.name.resolution.place if located is not None else None
    country = place.country if place is not None else None
    mentions = tuple(sorted({_words_of(draft) for draft in group}))
    status = _status(group)
    actors = _named(group, country, are_targets=False)
    doers = {actor.name for actor in actors}
    targets = tuple(a for a in _named(group, country, are_targets=True) if a.name not in doers)
    toll = _first_toll(group)
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
        fatalities=toll.killed,
        injured=toll.injured,
        geo_precision=located.precision if located is not None else None,
        time_precision=precision_of(timed.date) if timed is not None else None,
        attribution=sources.of(mentions),
        mentions=mentions,
        reasons=(
            *_reasons(first, located, timed, status),
            *_reasons_who(actors, targets),
            *_reasons_toll(toll),
        ),
    )


def _words_of(draft: Draft) -> Span:
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
    """Return the mention that decides: one factual mention makes the event so."""
    order = (EventStatus.FACTUAL, EventStatus.DENIED, EventStatus.BACKGROUND, EventStatus.PLANNED)
    return min(group, key=lambda d: order.index(d.status))


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


def _first_toll(group: Sequence[Draft]) -> Toll:
    """Return the first figure of each kind that the mentions give."""
    killed = next((d.toll for d in group if d.toll.killed is not None), Toll())
    injured = next((d.toll for d in group if d.toll.injured is not None), Toll())
    return Toll(
        killed.killed,
        injured.injured,
        killed_words=killed.killed_words,
        injured_words=injured.injured_words,
    )


def _reasons(first: Draft, located: Located | None, timed: Timed | None, status: Draft) -> Iterator[str]:
    mention = first.mention
    word = mention.passage.span_of(mention.first, mention.last).of(mention.passage.text)
    weapon = f", with {mention.weapon.value!r} by its weapon" if mention.weapon is mention.sub_type else ""
    yield f"type: {word!r} ({mention.sense.word_class.value}){weapon}"
    yield f"status: {status.status_reason}"
    yield f"place: {located.reason}" if located is not None else "place: no name of its clause says where"
    yield f"date: {timed.reason}" if timed is not None else "date: no time of its clause says when"


def _reasons_who(actors: Sequence[Actor], targets: Sequence[Actor]) -> Iterator[str]:
    doers = ", ".join(f"{a.name} ({a.text!r}) as doer" for a in actors)
    yield f"actors: {doers}" if doers else "actors: nobody is named as doer"
    struck = ", ".join(f"{a.name} ({a.text!r}) as acted on" for a in targets)
    yield f"targets: {struck}" if struck else "targets: nobody is named as acted on"


def _reasons_toll(toll: Toll) -> Iterator[str]:
    for slot, count, words in (
        ("fatalities", toll.killed, toll.killed_words),
        ("injured", toll.injured, toll.injured_words),
    ):
        yield f"{slot}: by {words!r}" if count is not None else f"{slot}: its sentences give no figure"


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
