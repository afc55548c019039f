"""Which mentions of a document tell of the same event?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from operator import itemgetter

from geoevents.events.casualties import Toll
from geoevents.events.location import Located
from geoevents.events.mentions import Mention
from geoevents.events.passage import Party
from geoevents.events.timing import Timed
from geoevents.lexicon.triggers import Form
from geoevents.model import EventStatus, EventType, SubType
from geoevents.text import Span

__all__ = ["Draft", "grouped", "sub_type_of", "told_apart", "under_heading"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention with everything that its own sentence says of it."""

    mention: Mention
    sub_type: SubType
    _: KW_ONLY
    status: EventStatus
    status_reason: str
    located: Located | None
    timed: Timed | None
    actors: tuple[Party, ...]
    targets: tuple[Party, ...]
    toll: Toll

    @property
    def is_remote(self) -> bool:
        """Whether it is talk over a wire, which happens at no one place."""
        words = self.mention.passage.keys[max(0, self.mention.first - 1) : self.mention.last]
        return self.sub_type is SubType.MEETING and not _WIRED.isdisjoint(words)

    @property
    def is_definite(self) -> bool:
        """Whether it speaks of something told of before: "the strike", "these clashes"."""
        before = self.mention.passage.keys[max(0, self.mention.first - 3) : self.mention.first]
        return self.mention.is_nominal and bool({"the", "this", "that", "these", "those"} & set(before))

    @property
    def is_another(self) -> bool:
        """Whether it says that it is none of those told of before: "another demonstration"."""
        before = self.mention.passage.keys[max(0, self.mention.first - 2) : self.mention.first]
        return self.mention.is_nominal and "another" in before


_WIRED = frozenset("video videoconference phone telephone call conference virtual online".split())
_VIOLENT = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS})
_CROWD = (
    SubType.PEACEFUL_PROTEST,
    SubType.PROTEST_WITH_INTERVENTION,
    SubType.VIOLENT_DEMONSTRATION,
    SubType.EXCESSIVE_FORCE,
)
_BLASTS = (
    SubType.ATTACK,
    SubType.SHELLING,
    SubType.AIR_STRIKE,
    SubType.REMOTE_EXPLOSIVE,
    SubType.GRENADE,
    SubType.CHEMICAL_WEAPON,
    SubType.SUICIDE_BOMB,
)
# "Of 70 missiles fired at Kyiv 60 were shot down": one attack.
_IN_THE_AIR = frozenset({SubType.SHELLING, SubType.AIR_STRIKE, SubType.DISRUPTED_WEAPONS})
_TERRITORY = frozenset(
    {SubType.GOVERNMENT_REGAINS, SubType.NON_STATE_OVERTAKES, SubType.NON_VIOLENT_TRANSFER}
)
# How many of the latest events a mention is held against; keeps the work linear in the text.
_OPEN = 24
_ENDS = 4


def grouped(drafts: Iterable[Sequence[Draft]]) -> list[list[Draft]]:
    """Return the mentions of each event, from the mentions of each sentence in order."""
    groups: list[list[Draft]] = []
    for sentence in drafts:
        ranked = sorted(sentence, key=lambda d: (d.mention.is_effect, d.mention.is_generic, d.mention.first))
        for draft in ranked:
            home = _home(groups[-_OPEN:], draft)
            if home is None:
                groups.append([draft])
            else:
                home.append(draft)
    for group in groups:
        group.sort(key=lambda d: d.mention.passage.tokens.starts[d.mention.first])
    return sorted(groups, key=lambda g: g[0].mention.passage.tokens.starts[g[0].mention.first])


def told_apart(groups: Sequence[Sequence[Draft]]) -> list[list[Draft]]:
    """Return the events with each figure of a sentence left to the event that it stands nearest to."""
    told: dict[Span, list[Draft]] = {}
    home: dict[int, int] = {}
    for number, group in enumerate(groups):
        for draft in group:
            told.setdefault(draft.mention.passage.span, []).append(draft)
            home[id(draft)] = number
    owners: dict[tuple[Span, int], int] = {}
    for span, drafts in told.items():
        places = {figure.at for d in drafts for figure in d.toll.figures}
        for at in places:
            nearest = min(drafts, key=lambda d: (abs(d.mention.first - at), d.mention.first))
            owners[span, at] = home[id(nearest)]
    return [[_with_its_own(draft, number, owners) for draft in group] for number, group in enumerate(groups)]


def _with_its_own(draft: Draft, number: int, owners: Mapping[tuple[Span, int], int]) -> Draft:
    span = draft.mention.passage.span
    toll = draft.toll.only(lambda figure: owners[span, figure.at] == number)
    return draft if toll == draft.toll else replace(draft, toll=toll)


def under_heading(groups: Sequence[Sequence[Draft]], end: int) -> list[list[Draft]]:
    """Return the events with what a heading (up to `end`) says put behind what the text tells.

    A heading repeats: what it alone tells of a country joins the first event of the text that fits.
    """
    out: list[list[Draft]] = []
    repeated: list[list[Draft]] = []
    for group in groups:
        told = [d for d in group if d.mention.passage.span.start >= end]
        heading = [d for d in group if d.mention.passage.span.start < end]
        (out if told else repeated).append([*told, *heading])
    for group in repeated:
        home = next((other for other in out if _repeats(group, other)), None)
        if home is None:
            out.append(group)
        else:
            home.extend(group)
    return sorted(out, key=lambda g: g[0].mention.passage.tokens.starts[g[0].mention.first])


def _repeats(heading: list[Draft], told: list[Draft]) -> bool:
    """Whether a heading tells in short of the event: of violence, of no other place or doer."""
    if any(d.located is not None and not d.located.name.is_country for d in heading):
        return False
    if not {d.sub_type.event_type for d in (*heading, *told)} <= _VIOLENT:
        return False
    if {d.status for d in heading} != {d.status for d in told}:
        return False
    return all(_places_agree(told, d) and _dates_agree(told, d) and _actors_agree(told, d) for d in heading)


def _home(groups: Sequence[list[Draft]], draft: Draft) -> list[Draft] | None:
    """Return the latest event that the mention fits: one of its own sort before any other."""
    fallback: list[Draft] | None = None
    beside: list[tuple[int, list[Draft]]] = []
    for home in reversed(groups):
        # A long story is held against by its ends: the work per mention stays bounded.
        group = home if len(home) <= 2 * _ENDS else [*home[:_ENDS], *home[-_ENDS:]]
        here = any(d.mention.passage is draft.mention.passage for d in group)
        fits = _is_same_sort(group, draft, same_sentence=here) and _agree(group, draft, same_sentence=here)
        if fits and here and draft.mention.is_effect:
            far = _BESIDE_A_DEED if sub_type_of(group) in _CROWD else 0
            beside.append((_words_between(group, draft) + far, home))
        elif fits and (here or sub_type_of(group) is draft.sub_type):
            return min(beside, key=itemgetter(0))[1] if beside else home
        elif fits and fallback is None:
            fallback = home
    return min(beside, key=itemgetter(0))[1] if beside else fallback


# "A grenade exploded at a rally, killing two": the rally killed nobody.
_BESIDE_A_DEED = 1000


def _words_between(group: list[Draft], draft: Draft) -> int:
    """Return how far an effect stands from the nearest mention of an event in its sentence."""
    same = [d.mention.first for d in group if d.mention.passage is draft.mention.passage]
    here = draft.mention.first
    # "Militias clashed, killing two; gunmen abducted a judge": a participle looks back.
    ahead = _LOOKS_BACK if draft.mention.form is Form.GERUND else 0
    return min(abs(first - here) + (ahead if first > here else 0) for first in same)


_LOOKS_BACK = 100


def _is_same_sort(group: list[Draft], draft: Draft, *, same_sentence: bool) -> bool:
    sort = sub_type_of(group)
    if sort is draft.sub_type or (sort in _CROWD and draft.sub_type in _CROWD):
        return True
    if same_sentence and (
        {sort, draft.sub_type} <= _IN_THE_AIR or _is_foiled(sort, draft) or _is_raid(sort, draft)
    ):
        return True
    if sort in _TERRITORY and draft.sub_type in _TERRITORY:
        return same_sentence or draft.is_definite
    if sort.event_type in _VIOLENT and draft.sub_type.event_type in _VIOLENT:
        return _may_be_one_attack(group, draft, sort, same_sentence=same_sentence)
    return same_sentence and sort in _CROWD and draft.mention.is_effect


def _is_foiled(sort: SubType, draft: Draft) -> bool:
    """Whether it is what did not come to be: "foiled a plot to blow up the bridge", "cleared 30 mines"."""
    is_planned = draft.status is EventStatus.PLANNED and draft.sub_type.event_type in _VIOLENT
    is_weapon = draft.mention.is_nominal and draft.mention.sense.trigger.split()[-1] in _PLANTED
    return (is_planned or is_weapon) and sort is SubType.DISRUPTED_WEAPONS


_PLANTED = frozenset("mine landmine bomb device ied explosive".split())


def _is_raid(sort: SubType, draft: Draft) -> bool:
    """Whether it is how people were arrested: "detained 42 people in raids"."""
    return sort is SubType.ARRESTS and draft.mention.is_nominal and draft.mention.sense.trigger in _SEARCHES


_SEARCHES = frozenset("raid operation sweep".split())


def _may_be_one_attack(group: list[Draft], draft: Draft, sort: SubType, *, same_sentence: bool) -> bool:
    """Whether two sorts of violence can be one attack told twice: in plain words, or by its toll."""
    mention = draft.mention
    if SubType.ABDUCTION in {sort, draft.sub_type} and mention.is_generic and not mention.is_nominal:
        # "Stormed the village, killing 23 and kidnapping dozens": two deeds.
        return False
    if same_sentence and (mention.is_effect or mention.is_generic or _blend(sort, draft.sub_type)):
        return True
    if mention.is_effect and draft.located is None:
        return _follows(group, draft)
    if mention.is_generic and (draft.is_definite or not mention.is_nominal):
        return True
    plain = [d.mention.is_generic or d.mention.is_effect for d in group]
    return all(plain) and any(d.mention.is_generic for d in group)


# A toll told within about three sentences of an attack is the toll of that attack.
_NEAR_CHARACTERS = 400


def _follows(group: list[Draft], draft: Draft) -> bool:
    end = group[-1].mention.passage.span.end
    return 0 <= draft.mention.passage.span.start - end <= _NEAR_CHARACTERS


def _blend(one: SubType, other: SubType) -> bool:
    """Whether two sorts of blast in one sentence are one attack told twice."""
    return (
        one in _BLASTS
        and other in _BLASTS
        and bool({one, other} & {SubType.ATTACK, SubType.REMOTE_EXPLOSIVE, SubType.CHEMICAL_WEAPON})
    )


def _agree(group: list[Draft], draft: Draft, *, same_sentence: bool) -> bool:
    status = {d.status for d in group}
    if EventStatus.BACKGROUND in {draft.status, *status} and {draft.status} != status and not same_sentence:
        return False
    if _is_intent(draft) != all(_is_intent(d) for d in group) and not same_sentence:
        return False
    is_to_come = draft.status is EventStatus.PLANNED and draft.timed is not None and status == _DONE
    if not same_sentence and (draft.is_another or is_to_come):
        return False
    if draft.is_remote != group[0].is_remote or (same_sentence and {draft.status, *status} == _DISPUTED):
        return False
    is_told_apart = EventStatus.DENIED in {draft.status, *status} or _opens_elsewhere(draft)
    if same_sentence and draft.mention.is_effect and not is_told_apart:
        return _actors_agree(group, draft)
    return _places_agree(group, draft) and _dates_agree(group, draft) and _actors_agree(group, draft)


def _opens_elsewhere(draft: Draft) -> bool:
    """Whether "where" says of which of several places it is told: "struck X and Y, where 45 were killed"."""
    passage = draft.mention.passage
    return passage.keys[passage.clauses.index(draft.mention.clause)] == "where"


_DONE = {EventStatus.FACTUAL}
# What one side denies of itself and charges the other with is told apart by who would have done it.
_DISPUTED = {EventStatus.DENIED, EventStatus.CLAIMED}


def _is_intent(draft: Draft) -> bool:
    """Whether a verb tells of something yet to be done; "the planned strike" may have been flown."""
    return draft.status is EventStatus.PLANNED and not draft.mention.is_nominal


def _places_agree(group: list[Draft], draft: Draft) -> bool:
    mine = None if draft.is_remote else draft.located
    theirs = next((d.located for d in group if d.located is not None), None)
    if mine is None or theirs is None:
        return True
    one, other = mine.name.resolution, theirs.name.resolution
    if one.place is None or other.place is None:
        return one.toponym.text.lower() == other.toponym.text.lower()
    if one.place.id == other.place.id:
        return True
    if one.place.country != other.place.country:
        return False
    if mine.name.is_country or theirs.name.is_country:
        return True
    is_area = mine.name.is_area or theirs.name.is_area
    return is_area and one.place.admin1 is not None and one.place.admin1 == other.place.admin1


def _dates_agree(group: list[Draft], draft: Draft) -> bool:
    mine = draft.timed
    theirs = next((d.timed for d in group if d.timed is not None), None)
    if mine is None or theirs is None:
        return True
    if mine.is_open != theirs.is_open:
        return False
    return mine.date.start <= theirs.date.end and theirs.date.start <= mine.date.end


def _actors_agree(group: list[Draft], draft: Draft) -> bool:
    mine = {_identity(p) for p in draft.actors} - {None}
    theirs = {_identity(p) for d in group for p in d.actors} - {None}
    return not mine or not theirs or bool(mine & theirs)


def _identity(party: Party) -> str | None:
    """Return what two namings of one party share: the country of a state, the name of a group."""
    if party.kind in {"civilians", "protesters", "rioters", "infrastructure"}:
        return None
    if party.kind == "state forces":
        return party.country
    if party.entry is None or party.entry.is_generic:
        return None
    return party.entry.id


_FOUND = frozenset({SubType.DISRUPTED_WEAPONS, SubType.REMOTE_EXPLOSIVE})


def sub_type_of(group: Sequence[Draft]) -> SubType:
    """Return the sort of the event: that of its most telling mention."""
    kinds = [d.sub_type for d in group if not (d.mention.is_generic or d.mention.is_effect)] or [
        d.sub_type for d in group
    ]
    if kinds[0] in _CROWD:
        crowd = [d.sub_type for d in group if d.sub_type in _CROWD]
        return max(crowd, key=_CROWD.index)
    if SubType.DISRUPTED_WEAPONS in kinds and set(kinds) <= _FOUND:
        return SubType.DISRUPTED_WEAPONS
    blasts = [kind for kind in kinds if kind in _BLASTS]
    if kinds[0] in _BLASTS and blasts:
        return max(blasts, key=_BLASTS.index)
    return kinds[0]
