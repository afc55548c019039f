"""Who did it, and to whom?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geoevents.events.mentions import Mention
from geoevents.events.passage import MACHINES, Party, Passage
from geoevents.lexicon.actors import ActorEntry, countries
from geoevents.lexicon.people import TITLES
from geoevents.lexicon.speech import FINITE_VERBS
from geoevents.lexicon.triggers import Form
from geoevents.model import Actor, EventType, SubType
from geoevents.text import Span, name_key

__all__ = ["AGAINST_CROWDS", "actor_of", "is_nobody", "parties_of"]

_VIOLENT = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS})
AGAINST_CROWDS = frozenset({SubType.EXCESSIVE_FORCE, SubType.PROTEST_WITH_INTERVENTION})
_SYMMETRIC = frozenset({SubType.AGREEMENT, SubType.MEETING})
_TAKING = frozenset({SubType.GOVERNMENT_REGAINS, SubType.NON_STATE_OVERTAKES})
_PLACED_BY = frozenset("in at near outside inside around across over from within throughout into".split())
_SPEAKS = frozenset(
    """said says say told reported reports announced claimed claims stated added warned confirmed denied
    rejected insisted argued noted alleged retorted""".split()
)
_HITS = frozenset("on against at of targeting targeted target hit struck killed destroyed killing".split())
_DOES = frozenset(
    """launched carried conducted staged held made committed signed reached started opened mounted began
    launch launches carries conducts stages holding staging conducting carrying launching waged resumed
    intensified stepped continued executed organized organised declared announced perpetrated has lifted agreed
    imposed laid ended broke broken""".split()
)
_HARMING = frozenset("killing wounding injuring".split())
_RELATIVE = frozenset("who which whose".split())
_TELLING = frozenset((word,) for word in _SPEAKS)
_PRONOUNS = frozenset("it they he she".split())


def parties_of(mention: Mention) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return who acts and who is acted on, each in order of the text."""
    if mention.sense.trigger.endswith("toll"):
        # Who counts the dead did not kill them.
        return (), ()
    found = [p for p in mention.passage.parties if not _is_source(mention, p)]
    acting = list(_nominal(mention, found) if mention.is_nominal else _verbal(mention, found))
    actors = tuple(p for p, acts in acting if acts and p.kind != "infrastructure")
    targets = tuple(p for p, acts in acting if not acts and not _is_fired(mention, p))
    if mention.sub_type.event_type in _VIOLENT:
        actors = tuple(p for p in actors if p.is_people or p.kind not in {"civilians", "protesters"})
    if mention.sub_type in AGAINST_CROWDS and any(p.kind != "protesters" for p in actors):
        inside = _inside(mention, found)
        crowd = tuple(p for p in (*actors, *targets, *inside) if p.kind == "protesters" or p.is_people)
        return tuple(p for p in actors if p not in crowd), tuple(dict.fromkeys((*targets, *crowd)))
    if mention.sub_type is SubType.MOB_VIOLENCE and not actors:
        actors = tuple(p for p in _inside(mention, found) if p.kind == "rioters")
    if mention.sub_type is SubType.BASE_ESTABLISHED:
        targets = tuple(p for p in targets if p.kind != "infrastructure")
    if mention.sub_type.event_type is EventType.PROTESTS:
        targets = tuple(p for p in targets if p.kind != "protesters")
    if mention.sub_type is SubType.VISIT:
        # The country visited is the place, not somebody acted upon.
        targets = tuple(p for p in targets if p.entry is not None)
    if mention.sub_type in _SYMMETRIC:
        sides = tuple(p for p in (*actors, *targets) if p.kind not in {"infrastructure", "civilians"})
        return tuple(sorted(set(sides), key=lambda p: p.first)), ()
    if mention.sub_type.event_type is EventType.PROTESTS and not actors:
        actors = tuple(p for p in found if p.kind == "protesters")[:1]
    return actors, targets


_FIRING = frozenset("fire launch send".split())


def _is_fired(mention: Mention, party: Party) -> bool:
    """Whether it is what was fired: the "drone" of "launched a drone and missile attack"."""
    is_machine = mention.passage.keys[party.last - 1] in MACHINES
    return is_machine and mention.sense.trigger.split()[0] in _FIRING and not mention.is_passive


def _inside(mention: Mention, found: Sequence[Party]) -> tuple[Party, ...]:
    """Return the parties that the trigger names: the "protesters" of "opened fire on protesters"."""
    return tuple(p for p in found if mention.first <= p.first and p.last <= mention.last)


def _is_source(mention: Mention, party: Party) -> bool:
    """Whether it only stands for a place, or tells of the event instead of taking part."""
    keys = mention.passage.keys
    before = keys[party.first - 1] if party.first else ""
    after = keys[party.last] if party.last < len(keys) else ""
    if party.entry is None and not party.is_people and (before in _PLACED_BY or _is_part_of(before)):
        return True
    if party.entry is None and not party.is_people and _is_part_of_address(mention, party):
        return True
    tells = after in _SPEAKS or _named_speaker(mention, party) in _SPEAKS
    speaks = tells and mention.sub_type is not SubType.STATEMENT and not _denies_doing(mention, party)
    return speaks or keys[max(0, party.first - 3) : party.first].count("according") > 0


def _denies_doing(mention: Mention, party: Party) -> bool:
    """Whether it denies what it would have done itself: "the RSF denied targeting the camp"."""
    keys = mention.passage.keys
    own = keys[party.last : mention.last][:3]
    return own[:1] == ("denied",) and own[1:2] != () and own[1].endswith("ing") and mention.first > party.last


def _is_part_of_address(mention: Mention, party: Party) -> bool:
    """Whether a bare country ends an address ("Nyala, Sudan") or owns a place ("Sudan's city")."""
    passage = mention.passage
    if passage.tokens.texts[party.last - 1][-2:] in {"'s", "’s"}:
        return party.first >= mention.last
    return any(n.last == party.first and n.can_locate for n in passage.names)


# A title and a name of so many words stand before the verb: "governor Oleh Kiper said".
_LONGEST_NAME = 4


def _named_speaker(mention: Mention, party: Party) -> str:
    """Return the word behind the name of whom the party is the title: "President Volodymyr Zelenskiy said"."""
    passage, end = mention.passage, party.last
    while end < len(passage.keys) and passage.keys[end] in TITLES and not passage.gap(end).strip():
        end += 1
    if end == len(passage.keys) or not passage.tokens.texts[end][:1].isupper() or passage.is_shouting:
        return ""
    first = end
    while end < len(passage.keys) and end - first < _LONGEST_NAME:
        if not passage.tokens.texts[end][:1].isupper() or passage.gap(end).strip(" ."):
            break
        end += 1
    return passage.keys[end] if first < end < len(passage.keys) else ""


def _is_part_of(before: str) -> bool:
    """Whether a compass word makes it a place: "southeastern Syria"."""
    return before.startswith(("north", "south", "east", "west", "central"))


def _before(mention: Mention, found: Sequence[Party]) -> Party | None:
    """Return the subject: the nearest party ahead that no preposition governs.

    An infinitive and the second of two verbs have the subject of the first one; a pronoun is the
    first party of the sentence.
    """
    passage, clause, head = mention.passage, mention.clause, _head(mention)
    begin = passage.clauses.index(clause)
    opener = passage.keys[begin]
    looks_back = opener in _RELATIVE or mention.form is Form.GERUND or begin == mention.first
    reach = {clause, clause - 1} if looks_back else {clause}
    free = [p for p in found if p.last <= head and _is_free(mention, p)]
    if mention.form is Form.GERUND:
        # "Jets bombed Tyre, killing a Hezbollah leader and wounding 195": who was killed wounded nobody.
        free = [p for p in free if _HARMING.isdisjoint(passage.keys[max(0, p.first - 4) : p.first])]
    opening, nearest = (
        passage.keys[begin : begin + 3],
        passage.keys[max(begin, mention.first - 2) : mention.first],
    )
    if not (_PRONOUNS.isdisjoint(opening[: mention.first - begin]) and _PRONOUNS.isdisjoint(nearest)):
        known = (p for p in passage.parties if _is_free(mention, p))
        return next((p for p in known if passage.clauses[p.first] < clause), None)
    near = [p for p in free if passage.clauses[p.first] in reach]
    if not near and passage.keys[max(0, mention.first - 1) : mention.first] == ("and",):
        # "The RSF denied it and accused the army": the subject of the first of two verbs.
        near = [p for p in free if passage.keys[p.last : p.last + 1] in _TELLING][-1:]
    own = [p for p in near if passage.clauses[p.first] == clause]
    pool = own or near
    if not pool:
        return None
    if not own and mention.form is Form.GERUND:
        return _subject_ahead(mention, pool)
    between = passage.keys[pool[-1].last : head]
    return pool[0] if "and" in between or between[-1:] == ("to",) else pool[-1]


def _subject_ahead(mention: Mention, pool: Sequence[Party]) -> Party | None:
    """Return who did what a participle goes on with: no object of a verb, and whom a pronoun means."""
    keys, clauses = mention.passage.keys, mention.passage.clauses
    subject = next((p for p in pool if not (p.first and _is_verb(keys[p.first - 1]))), None)
    if subject is not None:
        return subject
    begin = clauses.index(clauses[pool[0].first])
    if _PRONOUNS.isdisjoint(keys[begin : pool[0].first]):
        return pool[0]
    return next((p for p in mention.passage.parties if clauses[p.first] < clauses[begin]), None)


def _is_verb(key: str) -> bool:
    return key in FINITE_VERBS or (key.endswith("ed") and len(key) > _SHORTEST_VERB)


_SHORTEST_VERB = 4


def _head(mention: Mention) -> int:
    """Return where the verb stands: that of "ablaze" is the "set" before what burns."""
    keys, first = mention.passage.keys, mention.first
    if keys[first] != "ablaze":
        return first
    return next((i for i in range(first - 1, max(-1, first - 5), -1) if keys[i].startswith("set")), first)


def _is_free(mention: Mention, party: Party) -> bool:
    """Whether it can be a subject: no preposition before, no possessive, no mere adjective."""
    passage = mention.passage
    qualifies = party.is_adjective and passage.keys[party.last] not in _WEAPONS
    if qualifies or passage.tokens.texts[party.last - 1][-2:] in {"'s", "’s"}:
        return False
    if passage.keys[max(0, party.first - 2) : party.first] in _MANY_OF:
        return True
    return not party.first or passage.keys[party.first - 1] not in _GOVERNING


# "Thousands of people marched": a number governs nobody.
_MANY_OF = frozenset((many, "of") for many in ("thousands", "hundreds", "dozens", "scores", "tens", "crowds"))
# "Iranian missiles hit X": the adjective of a weapon names who fired it.
_WEAPONS = frozenset(
    """missile missiles rocket rockets shell shells bomb bombs mortar mortars shelling fire ballistic cruise
    glide guided kamikaze""".split()
)
_GOVERNING = _PLACED_BY | frozenset("of against by with to for on between among as".split())


def _verbal(mention: Mention, found: Sequence[Party]) -> Iterator[tuple[Party, bool]]:
    passage = mention.passage
    subject = _before(mention, found)
    passive = mention.is_passive
    if subject is not None:
        yield from ((party, not passive) for party in (*_joined(mention, subject, found), subject))
    for party in _after(mention, found):
        governing = passage.keys[party.first - 1]
        if governing in {"of", "off"} and party.entry is None and not party.is_people:
            # "Off the coast of Somalia" says where.
            continue
        if governing == "by" and passive:
            yield party, True
        elif governing == "by":
            break
        elif _is_lost_by(mention, party, governing) or (
            not passive and governing not in {"with", "for", "as"} | _PLACED_BY
        ):
            yield party, False
        elif not passive and governing == "with" and party.bears_arms:
            yield party, mention.sub_type in _SYMMETRIC


def _is_lost_by(mention: Mention, party: Party, governing: str) -> bool:
    """Whether a place was taken from them: "recaptured the town from Tuareg rebels"."""
    return governing == "from" and party.bears_arms and mention.sub_type in _TAKING


def _joined(mention: Mention, subject: Party, found: Sequence[Party]) -> Iterator[Party]:
    """Yield the party that shares the verb with the subject: "rebels and the government signed"."""
    for party in found:
        between = mention.passage.keys[party.last : subject.first]
        if party.last < subject.first and between[:1] == ("and",) and len(between) <= _LONGEST_JOINT:
            yield party


_LONGEST_JOINT = 2  # "and the rebels", "and Tigray rebels"


def _after(mention: Mention, found: Sequence[Party]) -> list[Party]:
    passage = mention.passage
    behind = [
        p
        for p in found
        if p.first >= mention.last
        and not p.is_adjective
        and passage.clauses[p.first] == mention.clause
        and p.first - mention.last < 14
        and not _describes_deed(passage, p)
        and not _does_next(passage, p)
    ]
    kept = behind[:1]
    for party in behind[1:3]:
        if any(_turns_away(key) for key in passage.keys[kept[-1].last : party.first]):
            break
        kept.append(party)
    return kept


_DEEDS = frozenset(
    "attack attacks assault assaults raid raids bombing bombings offensive strike strikes ambush".split()
)


def _describes_deed(passage: Passage, party: Party) -> bool:
    """Whether it only says whose deed the noun behind it is: "called the strike a terrorist attack"."""
    is_doer = passage.keys[max(0, party.first - 2) : party.first]
    return passage.keys[party.last : party.last + 1] in _OF_DEEDS and "by" not in is_doer


def _does_next(passage: Passage, party: Party) -> bool:
    """Whether another clause begins with it: "withdrew from X, and the RSF entered the city"."""
    ahead, behind = (
        passage.keys[max(0, party.first - 2) : party.first],
        passage.keys[party.last : party.last + 1],
    )
    is_pair = "between" in passage.keys[max(0, party.first - 5) : party.first]
    return (
        "and" in ahead
        and not is_pair
        and bool(behind)
        and (behind[0] in FINITE_VERBS or behind[0].endswith("ed"))
    )


_OF_DEEDS = frozenset((word,) for word in _DEEDS)


def _turns_away(key: str) -> bool:
    """Whether what follows is done by or said of the party before: "forces fighting X"."""
    return key.endswith("ing") or key in {
        "loyal",
        "allied",
        "opposed",
        "fight",
        "armed",
        "by",
        "to",
        "for",
        "from",
    }


def _nominal(mention: Mention, found: Sequence[Party]) -> Iterator[tuple[Party, bool]]:
    passage = mention.passage
    owner = next(
        (p for p in found if p.first <= mention.first - 1 < p.last + 2 and p.last <= mention.first), None
    )
    if owner is not None and _qualifies(mention, owner):
        yield owner, True
    else:
        subject = _before(mention, found)
        between = passage.keys[subject.last : mention.first] if subject is not None else ()
        if subject is not None and _DOES & set(between):
            yield from ((party, True) for party in (*_joined(mention, subject, found), subject))
    both = False
    for party in _after(mention, found):
        link = passage.keys[max(mention.last, party.first - 4) : party.first]
        if "by" in link[-2:]:
            yield party, True
        elif "between" in link or both:
            yield party, not both
            both = True
        elif party.entry is None and not party.is_people:
            # A bare country is a party only where it is struck itself.
            if {"on", "against"} & set(link[-1:]):
                yield party, False
        elif _HITS & set(link) or "with" in link[-2:]:
            yield party, False


def _qualifies(mention: Mention, owner: Party) -> bool:
    """Whether only adjectives stand between the party and the noun ("Russia's continued strikes")."""
    passage = mention.passage
    gaps = passage.keys[owner.last : mention.first]
    return len(gaps) <= 2 and not any(
        key in {"in", "on", "of", "at", "by", "with", "to", "the", "a", "and", "after", "from", "said"}
        for key in gaps
    )


_WITH_ARTICLE = frozenset(
    {
        "Philippines",
        "Netherlands",
        "Bahamas",
        "Gambia",
        "Comoros",
        "Maldives",
        "Central African Republic",
        "Palestinian Territories",
    }
)
_OF_STATE = frozenset({"Military Forces", "Police Forces", "Government"})


def actor_of(mention: Mention, party: Party, *, is_target: bool, country: str | None) -> Actor:
    """Return the party by the name that coders use; `country` is where the event happened."""
    span = mention.passage.span_of(party.first, party.last)
    text = span.of(mention.passage.text)
    entry = party.entry
    own = party.country
    if entry is not None and not entry.is_generic and _is_at_home(entry, own, country):
        return Actor(entry.name, span, text=text, kind=entry.kind, country=own)
    if entry is None:
        return _people_or_state(mention, party, is_target=is_target, span=span, text=text)
    is_met = is_target and mention.sub_type is not SubType.DISRUPTED_WEAPONS
    land = _land_of(party, text, is_target=is_met, country=country)
    kind, name = entry.kind, entry.name
    if mention.sub_type in _SYMMETRIC and name_key(text).split()[-1] == "government":
        name = "Government"
    if not entry.is_generic:
        name = _KINDS.get(kind, "Unidentified Armed Group")
    crowd = _CROWDS.get(mention.sub_type.event_type)
    is_mob = mention.sub_type is SubType.MOB_VIOLENCE and kind == "protesters"
    if crowd is not None and (kind == "civilians" or is_mob) and not is_target:
        kind, name = crowd, crowd.capitalize()
    if land is None or land not in countries().names:
        return Actor(name, span, text=text, kind=kind, country=land)
    shown = _land(land)
    full = f"{name} of {shown}" if name in _OF_STATE else f"{name} ({countries().names[land]})"
    return Actor(full, span, text=text, kind=kind, country=land)


_CROWDS = {EventType.PROTESTS: "protesters", EventType.RIOTS: "rioters"}
_KINDS = {"state forces": "Military Forces", "protesters": "Protesters"}
# Where the groups of one country act under the same description too ("settlers").
_NEXT_DOOR = {"IL": "PS"}


def _is_at_home(entry: ActorEntry, own: str | None, country: str | None) -> bool:
    """Whether words that only describe ("bandits") mean the group of this entry here.

    `own` is the country that an adjective gives them, `country` that of the event.
    """
    if not entry.is_description:
        return True
    return (own or country) == entry.country or (
        country is not None and country == _NEXT_DOOR.get(entry.country or "")
    )


def _land_of(party: Party, text: str, *, is_target: bool, country: str | None) -> str | None:
    """Return the country of a kind: its own, else that of the event, but for a mere machine."""
    if party.entry is not None and party.entry.is_description:
        return country
    is_machine = name_key(text).split()[-1] in MACHINES
    return party.country or (None if is_machine and not is_target else country)


def is_nobody(actor: Actor) -> bool:
    """Whether it is a machine that no country is named for: "a drone" is no actor."""
    return actor.name in _OF_STATE and actor.country is None and name_key(actor.text).split()[-1] in MACHINES


def _people_or_state(mention: Mention, party: Party, *, is_target: bool, span: Span, text: str) -> Actor:
    code = party.country or ""
    name = countries().names.get(code, code)
    event_type = mention.sub_type.event_type
    if event_type in {EventType.PROTESTS, EventType.RIOTS}:
        kind = "protesters" if event_type is EventType.PROTESTS else "rioters"
        return Actor(f"{kind.capitalize()} ({name})", span, text=text, kind=kind, country=code)
    is_weapon = mention.sub_type is SubType.DISRUPTED_WEAPONS
    if is_target and party.is_people and not is_weapon:
        return Actor(f"Civilians ({name})", span, text=text, kind="civilians", country=code)
    is_civil = event_type in {EventType.POLITICAL, EventType.STRATEGIC} and not is_weapon
    body = "Government" if is_civil else "Military Forces"
    return Actor(f"{body} of {_land(code)}", span, text=text, kind="state forces", country=code)


def _land(code: str) -> str:
    name = countries().names.get(code, code)
    article = name.startswith(("United ", "Democratic Republic")) or name in _WITH_ARTICLE
    return f"the {name}" if article else name
