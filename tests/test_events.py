"""The event coder: types, status, actors, place, time, tolls and the merging of mentions."""

from __future__ import annotations

import json
import math
import time
from collections import Counter
from datetime import date
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from geoevents.attribution import SpeechAttributor
from geoevents.events import ClauseEventCoder, locate, main_event
from geoevents.events.mentions import find_mentions
from geoevents.events.reading import read
from geoevents.lexicon.triggers import triggers
from geoevents.model import (
    Candidate,
    DateRange,
    Document,
    Event,
    EventStatus,
    EventType,
    Granularity,
    LatLon,
    Place,
    PlaceKind,
    Quote,
    Resolution,
    Span,
    Stance,
    SubType,
    TimeExpression,
    Timeline,
    Toponym,
    ToponymRole,
)
from geoevents.pipeline import analyze
from geoevents.units import Interval

GOLDEN = Path(__file__).parent / "golden" / "events.jsonl"
SLOTS = Path(__file__).parent / "golden" / "events_slots.jsonl"
CODER = ClauseEventCoder()
KINDS = {"country": PlaceKind.COUNTRY, "admin1": PlaceKind.ADMIN1, "base": PlaceKind.MILITARY}


def place(
    text: str, name: str, *, country: str = "SY", kind: str = "town", at: int = 0, role=ToponymRole.LITERAL
):
    start = -1
    for _ in range(at + 1):
        start = text.index(name, start + 1)
    entry = Place(
        f"{name}-{kind}",
        name,
        point=LatLon(lat=1, lon=1),
        kind=KINDS.get(kind, PlaceKind.SETTLEMENT),
        country=country,
    )
    toponym = Toponym(Span(start, start + len(name)), name, role=role)
    return Resolution(toponym, (Candidate(entry, 0.9),), is_settled=True, reason="by hand")


def day(
    text: str, words: str, when: date, *, relation: str = "on", until: date | None = None
) -> TimeExpression:
    start = text.index(words)
    value = DateRange(when, until or when, granularity=Granularity.RANGE if until else Granularity.DAY)
    return TimeExpression(Span(start, start + len(words)), value, relation=relation)


def code(
    text: str, *, places=(), times=(), quotes=(), published: date | None = date(2016, 6, 19)
) -> tuple[Event, ...]:
    return CODER(Document(text, "d"), tuple(places), Timeline(published, tuple(times)), tuple(quotes))


def one(text: str, **given_) -> Event:
    events = code(text, **given_)
    assert len(events) == 1, [(e.sub_type, e.trigger.of(text)) for e in events]
    return events[0]


def name_of(event: Event) -> str | None:
    return None if event.location is None else event.location.toponym.text


def test_golden_sentences_are_detected_with_an_f1_of_at_least_0_90():
    hits = wrong = missed = 0
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = Counter((e.sub_type.value, e.status.value) for e in code(row["text"], published=None))
        gold = Counter((e["sub_type"], e["status"]) for e in row["events"])
        hits += (found & gold).total()
        wrong += (found - gold).total()
        missed += (gold - found).total()
    assert 2 * hits / (2 * hits + wrong + missed) >= 0.90


def slots_of(event: Event) -> dict[str, object]:
    """Return the event as a row of the golden slots."""
    tolls = {harm: getattr(event, harm) for harm in ("fatalities", "injured", "captured", "displaced")}
    day = event.date
    return {
        "sub_type": event.sub_type.value,
        "status": event.status.value,
        "actors": [actor.name for actor in event.actors],
        "targets": [actor.name for actor in event.targets],
        "place": name_of(event),
        "date": None if day is None else [day.start.isoformat(), day.end.isoformat()],
        **{
            harm: [int(toll.low), None if math.isinf(toll.high) else int(toll.high)]
            for harm, toll in tolls.items()
            if toll is not None
        },
    }


def test_golden_sentences_of_all_sub_types_and_short_reports_get_their_slots():
    right, wrong = 0, []
    for line in SLOTS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = analyze(Document(row["text"], "d", published=date.fromisoformat(row["published"]))).events
        for gold, event in zip_longest(row["events"], found):
            told = {} if event is None else slots_of(event)
            for slot in sorted({*(gold or {}), *told}):
                is_right = gold is not None and told.get(slot) == gold.get(slot)
                right += is_right
                wrong += [] if is_right else [(row["text"], slot, told.get(slot))]
    assert right / (right + len(wrong)) >= 0.975, wrong


def test_active_passive_and_nominal_tell_the_same():
    for text in (
        "Russian jets bombed Darat Izza.",
        "Darat Izza was bombed by Russian jets.",
        "Russian air strikes on Darat Izza began.",
    ):
        event = one(text, places=[place(text, "Darat Izza")])
        assert event.sub_type is SubType.AIR_STRIKE
        assert [actor.name for actor in event.actors] == ["Military Forces of Russia"]
        assert name_of(event) == "Darat Izza"


def test_direction_is_kept_between_doer_and_hit():
    event = one("Taliban fighters attacked Afghan soldiers near the pass.")
    assert [a.name for a in event.actors] == ["Taliban"]
    assert [t.name for t in event.targets] == ["Military Forces of Afghanistan"]


def test_relative_clauses_add_the_target():
    text = (
        "Russian air strikes Thursday on the Rukban post, which targeted Syrian opposition forces, went on."
    )
    event = one(text, places=[place(text, "Rukban", kind="base")])
    assert event.sub_type is SubType.AIR_STRIKE
    assert [t.name for t in event.targets] == ["Opposition Rebels (Syria)"]


def test_backed_by_a_country_is_not_that_country():
    event = one("U.S.-backed rebels shelled a bridge.")
    assert [a.name for a in event.actors] == ["Opposition Rebels"]


def test_the_place_of_the_actor_is_not_the_place_of_the_event():
    text = "Fighters from Idlib attacked a checkpoint in Maskanah."
    event = one(text, places=[place(text, "Idlib"), place(text, "Maskanah")])
    assert name_of(event) == "Maskanah"


@pytest.mark.parametrize(
    "role", [ToponymRole.DATELINE, ToponymRole.INSTITUTION, ToponymRole.METONYM, ToponymRole.DEMONYM]
)
def test_only_literal_names_locate(role):
    text = "MOSCOW - Artillery shelled a village on Friday."
    event = one(text, places=[place(text, "MOSCOW", country="RU", role=role)])
    assert event.location is None
    assert event.geo_precision is None


@pytest.mark.parametrize(
    ("text", "kind", "precision"),
    [
        ("Clashes erupted in Sarmin.", "town", 1),
        ("Clashes erupted near Sarmin.", "town", 2),
        ("Clashes erupted on the outskirts of Sarmin.", "town", 2),
        ("Clashes erupted in Sarmin.", "admin1", 3),
    ],
)
def test_precision_follows_the_preposition_and_the_kind(text, kind, precision):
    event = one(text, places=[place(text, "Sarmin", kind=kind)])
    assert name_of(event) == "Sarmin"
    assert event.geo_precision == precision


def test_a_call_over_a_wire_has_no_place():
    text = "Officials held a video conference on the strikes at Rukban."
    meeting = next(e for e in code(text, places=[place(text, "Rukban")]) if e.sub_type is SubType.MEETING)
    assert meeting.location is None


def test_the_day_of_speech_is_not_the_day_of_the_event():
    text = "The army said Sunday that rebels had shelled the port on Friday."
    event = one(
        text,
        times=[day(text, "Sunday", date(2016, 6, 19)), day(text, "on Friday", date(2016, 6, 17))],
    )
    assert event.date is not None
    assert event.date.start == date(2016, 6, 17)
    assert event.time_precision == 1


def test_what_goes_on_has_no_day():
    text = "The truce began on Feb. 27, but fierce fighting has continued around Aleppo."
    events = code(text, places=[place(text, "Aleppo")], times=[day(text, "on Feb. 27", date(2016, 2, 27))])
    truce, fighting = events
    assert truce.sub_type is SubType.AGREEMENT
    assert truce.date is not None
    assert fighting.sub_type is SubType.ARMED_CLASH
    assert fighting.date is None
    assert (name_of(fighting), fighting.geo_precision) == ("Aleppo", 2)


def test_long_campaigns_are_background():
    text = "Russia has conducted an air campaign in Syria since last September."
    since = day(text, "since last September", date(2015, 9, 1), relation="since", until=date(2015, 9, 30))
    event = one(text, places=[place(text, "Syria", kind="country")], times=[since])
    assert event.status is EventStatus.BACKGROUND
    assert event.time_precision == 3


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("A car bomb killed at least 12 people in the square.", Interval(12, math.inf), None),
        ("Shelling killed dozens of civilians.", Interval(24, 99), None),
        ("The rocket attack caused no casualties.", Interval(0, 0), Interval(0, 0)),
        ("The air strike killed 12 and wounded 30.", Interval(12, 12), Interval(30, 30)),
        ("Seven people were wounded when a grenade exploded.", None, Interval(7, 7)),
        ("Up to 20 soldiers died in the ambush.", Interval(0, 20), None),
        ("A soldier was killed in the clashes.", Interval(1, 1), None),
        ("A Russian air strike killed three in the town.", Interval(3, 3), None),
        ("A Ukrainian drone killed two.", Interval(2, 2), None),
        ("A Houthi missile killed three.", Interval(3, 3), None),
        ("A gunman killed three people.", Interval(3, 3), None),
        ("A senior Hamas commander was killed in the clashes.", Interval(1, 1), None),
        ("Two soldiers killed at least five villagers.", Interval(5, math.inf), None),
        ("A Palestinian was shot and killed by soldiers.", Interval(1, 1), None),
    ],
)
def test_tolls_are_intervals(text, killed, injured):
    event = one(text)
    assert (event.fatalities, event.injured) == (killed, injured)


def test_one_event_told_four_times_is_coded_once():
    text = (
        "Russian air strikes Thursday targeted Syrian opposition forces. "
        "The strikes at Rukban killed 5 fighters. "
        "A colonel said the planned strike was lawful. "
        "Russia's continued strikes at Rukban created concern."
    )
    places = [place(text, "Rukban", kind="base"), place(text, "Rukban", kind="base", at=1)]
    event = one(text, places=places, times=[day(text, "Thursday", date(2016, 6, 16))])
    assert event.sub_type is SubType.AIR_STRIKE
    assert event.status is EventStatus.FACTUAL
    assert len(event.mentions) >= 4
    assert event.date is not None
    assert event.date.start == date(2016, 6, 16)
    assert name_of(event) == "Rukban"


def test_a_heading_repeats_the_event_of_the_text():
    text = "Fighting spreads in Sudan\n\nShelling hit El Fasher on Tuesday, killing 12 people."
    places = [place(text, "Sudan", country="SD", kind="country"), place(text, "El Fasher", country="SD")]
    event = one(text, places=places)
    assert (event.sub_type, name_of(event), len(event.mentions)) == (SubType.SHELLING, "El Fasher", 3)


def test_the_text_counts_before_its_heading_does():
    text = "Clashes kill dozens\n\nClashes in El Fasher killed at least 30 people."
    assert one(text, places=[place(text, "El Fasher")]).fatalities == Interval(30, math.inf)


def test_a_heading_of_another_country_stays_an_event():
    text = "Clashes in Mali\n\nShelling hit El Fasher on Tuesday."
    places = [place(text, "Mali", country="ML", kind="country"), place(text, "El Fasher", country="SD")]
    assert [name_of(e) for e in code(text, places=places)] == ["Mali", "El Fasher"]


def test_each_of_two_attacks_in_a_sentence_has_its_own_toll():
    text = "A drone strike killed two in Kherson and a rocket attack wounded five in Kharkiv."
    first, second = code(text, places=[place(text, "Kherson"), place(text, "Kharkiv")])
    assert (first.fatalities, first.injured) == (Interval(2, 2), None)
    assert (second.fatalities, second.injured) == (None, Interval(5, 5))


def test_drones_and_rockets_on_two_places_are_two_events():
    text = "Drones hit Kherson and rockets struck Kharkiv, killing two."
    first, second = code(text, places=[place(text, "Kherson"), place(text, "Kharkiv")])
    assert (first.sub_type, name_of(first), first.fatalities) == (SubType.AIR_STRIKE, "Kherson", None)
    assert (second.sub_type, name_of(second)) == (SubType.SHELLING, "Kharkiv")
    assert second.fatalities == Interval(2, 2)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Russia shelled Kherson and Kharkiv, killing four.", 2),
        ("Russia shelled the road between Kherson and Kharkiv.", 1),
        ("Russia shelled Kherson, and Kharkiv lost power.", 1),
    ],
)
def test_a_pair_of_towns_struck_at_once_is_two_events(text, count):
    towns = [place(text, "Kherson", country="UA"), place(text, "Kharkiv", country="UA")]
    events = code(text, places=towns)
    assert len(events) == count
    assert sum(e.fatalities is not None for e in events) == ("killing" in text)


def test_different_places_are_different_events():
    text = "Shelling hit Sarmin on Friday. Shelling hit Binnish on Friday."
    places = [place(text, "Sarmin"), place(text, "Binnish")]
    assert [name_of(e) for e in code(text, places=places)] == ["Sarmin", "Binnish"]


def test_the_garrison_is_preferred_to_its_country():
    text = "The minister visited Syria on Saturday. The minister visited the Rukban base on Saturday."
    places = [place(text, "Syria", kind="country"), place(text, "Rukban", kind="base")]
    event = one(text, places=places)
    assert event.sub_type is SubType.VISIT
    assert name_of(event) == "Rukban"


def test_claims_and_denials_stand_with_the_event():
    text = "Kyiv said jets bombed the school. Moscow denied that its jets had bombed the school."
    quotes = (
        Quote(Span(10, 32), "Kyiv", stance=Stance.CLAIMS, speaker_span=Span(0, 4), cue=Span(5, 9)),
        Quote(Span(47, 84), "Moscow", stance=Stance.DENIES, speaker_span=Span(34, 40), cue=Span(41, 47)),
    )
    event = one(text, quotes=quotes)
    assert event.status is EventStatus.FACTUAL
    assert [q.stance for q in event.attribution] == [Stance.CLAIMS, Stance.DENIES]


@pytest.mark.parametrize(
    ("answer", "stands"), [("it", True), ("the claim", True), ("that it was at war", False)]
)
def test_a_bare_denial_stands_with_what_was_told_before(answer, stands):
    text = f"Jets bombed the school on Monday, rebels said. Moscow denied {answer}."
    at = text.index("Moscow")
    said = Quote(Span(0, 32), "rebels", stance=Stance.CLAIMS, speaker_span=Span(34, 40), cue=Span(41, 45))
    denied = Quote(
        Span(at + 14, len(text) - 1),
        "Moscow",
        stance=Stance.DENIES,
        speaker_span=Span(at, at + 6),
        cue=Span(at + 7, at + 13),
    )
    event = one(text, quotes=(said, denied))
    assert (denied in event.attribution) == stands


def test_a_comma_parts_the_day_from_who_spoke():
    text = "Jets bombed the school on Monday, rebels said."
    event = one(text, times=[day(text, "on Monday", date(2016, 6, 13))])
    assert event.date is not None


def test_a_second_source_of_the_same_words_is_kept():
    text = "The agency said jets bombed the school, citing local doctors."
    said = Span(16, 38)
    quotes = tuple(
        Quote(said, speaker, stance=stance, speaker_span=Span(0, 10), cue=Span(11, 15))
        for speaker, stance in (("agency", Stance.CLAIMS), ("local doctors", Stance.REPORTS))
    )
    assert [q.speaker for q in one(text, quotes=quotes).attribution] == ["agency", "local doctors"]


def test_a_toll_two_sentences_on_is_that_of_the_attack():
    event = one(
        "Gunmen ambushed an army convoy on Saturday. At least 12 soldiers were killed, a source said."
    )
    assert event.sub_type is SubType.ARMED_CLASH
    assert event.fatalities == Interval(12, math.inf)


def test_a_comma_parts_the_country_from_the_gunmen():
    event = one("In Mali, gunmen ambushed an army convoy.")
    assert [a.name for a in event.actors] == ["Unidentified Armed Group"]


def test_jets_over_a_country_are_not_taken_for_its_own():
    text = "Jets struck a depot in eastern Syria."
    event = one(text, places=[place(text, "Syria", kind="country")])
    assert event.actors == ()
    assert all(t.kind == "infrastructure" for t in event.targets)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels fighting the army shelled the port.",
        "The army shelled the port, where rebels have been fighting the navy.",
    ],
)
def test_what_fighters_are_is_not_what_they_did(text):
    assert one(text).sub_type is SubType.SHELLING


def test_an_assault_that_could_come_is_planned():
    events = code("Analysts warned that an all-out assault on the city could displace many people.")
    assert {e.status for e in events} == {EventStatus.PLANNED}


def test_the_doer_of_the_main_clause_does_what_the_participle_says():
    event = one("Turkish artillery shelled YPG positions, killing three fighters, activists said.")
    assert [a.name for a in event.actors] == ["Military Forces of Turkey"]
    assert "YPG: People's Protection Units" in {t.name for t in event.targets}


def test_a_year_is_no_toll():
    assert one("KYIV, Jan. 14, 2025 (Wire) - Shelling killed three people.").fatalities == Interval(3, 3)


def test_police_turn_a_march_into_a_protest_with_intervention():
    event = one("Protesters marched in the capital on Sunday. Police fired tear gas; nobody was hurt.")
    assert event.sub_type is SubType.PROTEST_WITH_INTERVENTION
    assert "Police Forces" in {a.name for a in event.actors}


def test_the_weapon_shifts_the_type():
    assert one("Insurgents attacked the base with a suicide car bomb.").sub_type is SubType.SUICIDE_BOMB
    assert one("The troops were killed by a roadside bomb.").sub_type is SubType.REMOTE_EXPLOSIVE


def test_who_takes_the_town_decides_the_sub_type():
    assert one("Syrian troops captured the town of Binnish.").sub_type is SubType.GOVERNMENT_REGAINS
    assert one("Nusra Front fighters captured the town of Binnish.").sub_type is SubType.NON_STATE_OVERTAKES


@pytest.mark.parametrize(
    ("text", "sub_type"),
    [
        ("Russian troops captured Toretsk.", SubType.NON_STATE_OVERTAKES),
        ("Russia's defence ministry said its forces had captured Toretsk.", SubType.NON_STATE_OVERTAKES),
        ("Ukrainian troops recaptured Toretsk.", SubType.GOVERNMENT_REGAINS),
    ],
)
def test_a_foreign_state_overtakes_and_only_the_government_regains(text, sub_type):
    event = one(text, places=[place(text, "Toretsk", country="UA")])
    assert event.sub_type is sub_type


def test_the_forces_of_a_ministry_are_those_of_its_country():
    text = "Russia's defence ministry said its forces had captured Toretsk."
    event = one(text, places=[place(text, "Toretsk", country="UA")])
    assert [a.name for a in event.actors] == ["Military Forces of Russia"]


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("Bandits attacked a village near Gusau.", "NG", "Zamfara Communal Militia"),
        ("Bandits attacked a village near Gusau.", "BF", "Unidentified Armed Group (Burkina Faso)"),
        ("Gunmen on motorcycles attacked a village near Gusau.", "NG", "Unidentified Armed Group (Nigeria)"),
        ("The junta shelled Gusau.", "MM", "Military Forces of Myanmar"),
        ("The junta shelled Gusau.", "ML", "Military Forces of Mali"),
    ],
)
def test_words_that_describe_name_a_group_in_its_own_country_only(text, country, name):
    event = one(text, places=[place(text, "Gusau", country=country)])
    assert [a.name for a in event.actors] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("An Iranian missile hit Haifa.", "Military Forces of Iran"),
        ("Russian missiles struck Haifa.", "Military Forces of Russia"),
    ],
)
def test_the_adjective_of_a_weapon_names_who_fired_it(text, name):
    event = one(text, places=[place(text, "Haifa", country="IL")])
    assert [a.name for a in event.actors] == [name]


def test_a_machine_of_nobody_is_no_actor():
    for text in ("Artillery fire hit a bus in Gusau.", "A drone struck a minibus in Gusau."):
        assert one(text, places=[place(text, "Gusau")]).actors == ()


def test_who_is_quoted_is_not_hit():
    text = "A missile hit a warehouse in Odesa, governor Oleh Kiper said."
    event = one(text, places=[place(text, "Odesa", country="UA")])
    assert {t.kind for t in event.targets} == {"infrastructure"}


@pytest.mark.parametrize(
    ("text", "town", "land"),
    [
        ("Militiamen burned houses in Nyala, Sudan.", "Nyala", "Sudan"),
        ("A missile hit Nyala, Sudan's second city.", "Nyala", "Sudan"),
    ],
)
def test_the_country_of_an_address_is_not_hit(text, town, land):
    places = [place(text, town, country="SD"), place(text, land, country="SD", kind="country")]
    assert all(t.kind != "state forces" for t in one(text, places=places).targets)


def test_nobody_is_doer_and_hit_at_once():
    text = "Fighting broke out between the army and the RSF in El Fasher, killing 12 people."
    event = one(text, places=[place(text, "El Fasher", country="SD")])
    assert not {a.name for a in event.actors} & {t.name for t in event.targets}


def test_reasons_name_the_actors_of_the_event():
    event = one("The army shelled the port. The shelling by rebels killed 12.")
    reason = next(r for r in event.reasons if r.startswith("actors:"))
    assert all(actor.name in reason for actor in event.actors)


@pytest.mark.parametrize(
    ("text", "names", "where"),
    [
        (
            "Pokrovsk, some 45 km southwest of Toretsk, was shelled overnight.",
            ("Pokrovsk", "Toretsk"),
            "Pokrovsk",
        ),
        ("Some 45 km southwest of Toretsk, Pokrovsk was shelled.", ("Toretsk", "Pokrovsk"), "Pokrovsk"),
        ("Rebels attacked Sarmin, which lies 6 km east of Idlib.", ("Sarmin", "Idlib"), "Sarmin"),
        (
            "In Omdurman, across the Nile from Khartoum, artillery fire hit a bus, killing nine.",
            ("Omdurman", "Nile", "Khartoum"),
            "Omdurman",
        ),
        (
            "The anniversary of the Srebrenica massacre was marked in Sarajevo.",
            ("Srebrenica", "Sarajevo"),
            "Srebrenica",
        ),
    ],
)
def test_a_name_that_tells_where_another_lies_is_not_the_place(text, names, where):
    assert name_of(one(text, places=[place(text, name) for name in names])) == where


def test_an_unknown_town_leaves_its_state():
    text = "Gunmen kidnapped 280 pupils in Kuriga, Kaduna state."
    start = text.index("Kuriga")
    unknown = Resolution(Toponym(Span(start, start + 6), "Kuriga"), (), is_settled=False, reason="")
    event = one(text, places=[unknown, place(text, "Kaduna", country="NG", kind="admin1")])
    assert (name_of(event), event.geo_precision) == ("Kaduna", 3)


def test_a_kind_with_a_name_behind_it_is_that_group():
    event = one("Suspected jihadists of JNIM ambushed an army convoy.")
    assert [a.name for a in event.actors] == ["JNIM: Group for Support of Islam and Muslims"]


def test_who_holds_a_place_is_not_hit_there():
    text = "An air strike hit rebel-held Idlib."
    assert one(text, places=[place(text, "Idlib")]).targets == ()


def test_the_main_event_is_violent_before_political():
    text = "The president met the governor in Gao. A suicide bomber attacked the market."
    event = main_event(code(text))
    assert event is not None
    assert event.type is EventType.EXPLOSIONS
    assert main_event(()) is None


def test_ids_and_order_follow_the_text():
    text = "Rebels kidnapped a judge. Police arrested two men. The army shelled the port."
    events = code(text)
    assert [e.id for e in events] == ["d#e1", "d#e2", "d#e3"]
    assert [e.trigger for e in events] == sorted(e.trigger for e in events)


def test_every_slot_has_a_reason():
    event = one("Rebels shelled the port.")
    assert [reason.split(":")[0] for reason in event.reasons] == [
        *("rule", "type", "status", "place", "date"),
        *("actors", "targets", "fatalities", "injured"),
    ]


WORDS = st.sampled_from(
    """rebels shelled Aleppo, the town of . killed 12 civilians and Russian jets bombed "said that" not will
    in near protesters police on Friday ceasefire $ & \u2028 \u202e <b> grenade strike strikes by ISIS
    attack; (U.S.) which -- \n\n""".split(" ")
)


@given(st.lists(WORDS, max_size=60).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_whatever_the_text_spans_quote_it_and_slots_agree(text):
    for event in code(text, published=None):
        assert event.trigger in event.mentions
        assert event.trigger.of(text).strip()
        assert event.span.contains(event.trigger)
        assert (event.location is None) == (event.geo_precision is None)
        assert (event.date is None) == (event.time_precision is None)
        for actor in (*event.actors, *event.targets):
            assert actor.span.of(text) == actor.text


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_text_raises(text):
    code(text, published=None)


def test_coding_is_linear_in_the_length_of_the_text():
    line = "Rebels shelled the port and killed 12 people, police said, while protesters marched. "

    def seconds(copies: int) -> float:
        start = time.process_time()
        code(line * copies)
        return time.process_time() - start

    seconds(100)
    short = min(seconds(300) for _ in range(2))
    long = min(seconds(1200) for _ in range(2))
    assert long < 8 * short


@pytest.mark.parametrize(
    ("text", "killed", "captured", "missing", "displaced"),
    [
        ("Two soldiers and four rebels were killed in the clashes.", Interval(6, 6), None, None, None),
        (
            "At least 12 people, including four children, were killed by shelling.",
            Interval(12, math.inf),
            None,
            None,
            None,
        ),
        ("Gunmen abducted a family of six from the village.", None, Interval(6, 6), None, None),
        ("Shelling left nine missing in the port.", None, None, Interval(9, 9), None),
        ("Fewer than 10 soldiers died in the ambush.", Interval(0, 9), None, None, None),
    ],
)
def test_every_harm_is_counted_once(text, killed, captured, missing, displaced):
    event = one(text)
    found = (event.fatalities, event.captured, event.missing, event.displaced)
    assert found == (killed, captured, missing, displaced)


def test_the_dead_are_split_between_sides_and_civilians():
    event = one("The shelling killed three soldiers and two civilians.")
    assert (event.fatalities, event.deaths_civilians) == (Interval(5, 5), Interval(2, 2))


def test_accounts_that_disagree_stand_side_by_side():
    text = "Officials said 5 people died in the shelling of Donetsk. The army said the shelling of Donetsk killed 9."
    places = [place(text, "Donetsk"), place(text, "Donetsk", at=1)]
    event = one(text, places=places, quotes=SpeechAttributor()(Document(text)))
    assert event.fatalities == Interval(5, 5)
    assert [(c.interval.low, c.speaker) for c in event.counts] == [(5, "Officials"), (9, "army")]


def test_each_town_of_a_long_list_is_an_event():
    text = "Army jets bombed Aleppo, Homs, Hama and Idlib."
    towns = [place(text, name) for name in ("Aleppo", "Homs", "Hama", "Idlib")]
    assert [name_of(e) for e in code(text, places=towns)] == ["Aleppo", "Homs", "Hama", "Idlib"]


def test_a_name_that_no_gazetteer_has_can_be_seized():
    event = one("Rebels seized Golofa.")
    assert event.sub_type is SubType.NON_STATE_OVERTAKES
    assert event.location is not None
    assert (event.location.toponym.text, event.location.place) == ("Golofa", None)


def test_an_unknown_village_lies_where_the_text_puts_it():
    text = "Militants stormed the town of Zubak, near Maiduguri."
    event = one(text, places=[place(text, "Maiduguri", country="NG")])
    assert (name_of(event), event.geo_precision) == ("Maiduguri", 2)
    assert any("'Zubak' is in no gazetteer" in reason for reason in event.reasons)


def test_the_month_of_may_is_no_verb():
    text = "Shelling hit Toretsk on 3 May 2024."
    times = [day(text, "3 May 2024", date(2024, 5, 3))]
    published = date(2024, 5, 10)
    event = one(text, places=[place(text, "Toretsk")], times=times, published=published)
    assert event.status is EventStatus.FACTUAL


def test_a_sentence_without_a_place_is_set_where_the_one_before_is():
    text = "Fighting raged in the town of Gao. A soldier was killed. Gunmen kidnapped a judge."
    events = code(text, places=[place(text, "Gao", country="ML")])
    assert [(name_of(e), e.geo_precision) for e in events] == [("Gao", 1), ("Gao", 2), ("Gao", 2)]


def test_nearness_widens_the_circle():
    text = "Shelling hit a farm near Gao. Shelling hit the town of Kidal."
    near, at = code(text, places=[place(text, "Gao"), place(text, "Kidal")])
    assert near.radius_km is not None
    assert near.radius_km >= 15
    assert at.radius_km is None or at.radius_km < near.radius_km


@pytest.mark.parametrize(
    ("text", "verb", "names"),
    [
        ("Rebels who had fled Homs shelled the village of Golo.", "shelled", ["Golo"]),
        (
            "Soldiers patrolled the streets of Bari, Catania and Milan.",
            "patrolled",
            ["Bari", "Catania", "Milan"],
        ),
        ("The minister said that the bombing had been planned.", "bombing", []),
        ("Gunmen attacked the Tabaqa Dam on Sunday.", "attacked", ["Tabaqa Dam"]),
    ],
)
def test_locate_says_which_words_tell_where(text, verb, names):
    start = text.index(verb)
    found = locate(text, Span(start, start + len(verb)))
    assert [span.of(text) for span in found] == names


def test_both_subjects_of_a_verb_take_part_and_are_not_of_the_host_country():
    text = "Rebels and the government signed a ceasefire in Doha."
    event = one(text, places=[place(text, "Doha", country="QA")])
    assert [actor.name for actor in event.actors] == ["Opposition Rebels", "Government"]


def test_critics_fire_no_shots():
    assert code("The minister came under fire from critics.") == ()


def test_the_place_that_is_singled_out_of_several_is_where_it_happened():
    text = "A truce held in the south, but clashes have gone on in several districts, particularly around Saraqib."
    truce, clashes = analyze(text).events
    assert truce.location is None
    assert clashes.location.place.name == "Saraqib"
    assert clashes.geo_precision == 2


def test_reading_only_what_may_tell_of_an_event_misses_none():
    lexicon, texts = (
        triggers(),
        [row["text"] for row in map(json.loads, GOLDEN.read_text("utf-8").splitlines())],
    )
    document = Document("\n\n".join(texts))
    some = list(read(document, (), Timeline(None, ()), triggers=lexicon))
    every = list(read(document, (), Timeline(None, ())))
    assert len(some) < len(every)
    telling = [passage.span for passage in every if any(find_mentions(passage, lexicon))]
    assert telling == [passage.span for passage in some if any(find_mentions(passage, lexicon))]


def test_a_government_s_name_can_be_where_they_marched():
    text = "Protesters marched through downtown Zagreb on Monday."
    event = one(text, places=[place(text, "Zagreb", country="HR", role=ToponymRole.METONYM)])
    assert name_of(event) == "Zagreb"


def test_the_possessive_is_no_part_of_the_place():
    text = "Clashes erupted in Bishkek's central market."
    found = locate(text, Span(8, 15), [place(text, "Bishkek", country="KG")])
    assert [span.of(text) for span in found] == ["Bishkek"]


def dateline(text: str, name: str, *, country: str) -> Resolution:
    return place(text, name, country=country, role=ToponymRole.DATELINE)


def test_a_city_report_that_names_no_place_is_set_where_it_is_written():
    text = "BOGOTA (EFE) - Gunmen killed a judge as he left his office. Colombia is in mourning."
    names = [dateline(text, "BOGOTA", country="CO"), place(text, "Colombia", country="CO", kind="country")]
    event = code(text, places=names)[0]
    assert (name_of(event), event.geo_precision) == ("BOGOTA", 3)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        # Another country's news.
        ("BEIRUT (AP) - Gunmen killed a judge. Syria is in mourning.", {"Syria": "SY"}),
        # Battles are reported from afar.
        ("BEIRUT (AP) - Rebels shelled an army base. Lebanon is in mourning.", {"Lebanon": "LB"}),
        # Nothing says that the text is about the country.
        ("BEIRUT (AP) - Gunmen killed a judge.", {}),
    ],
)
def test_a_dateline_is_else_no_place_of_an_event(text, rest):
    names = [dateline(text, "BEIRUT", country="LB")]
    names += [place(text, name, country=land, kind="country") for name, land in rest.items()]
    assert [name_of(event) for event in code(text, places=names)] == [None]


def test_a_name_of_many_places_is_read_in_the_country_of_the_text():
    text = "SAN SALVADOR, 6 JUL 89 -- GUERRILLAS KILLED A FARMER IN LA LIBERTAD."
    homes = (("SV", 0.3), ("EC", 0.2))
    readings = tuple(
        Candidate(
            Place(land, "La Libertad", point=LatLon(lat=1, lon=1), kind=PlaceKind.SETTLEMENT, country=land),
            score,
        )
        for land, score in homes
    )
    start = text.index("LA LIBERTAD")
    open_name = Resolution(
        Toponym(Span(start, start + 11), "LA LIBERTAD"), readings, is_settled=False, reason="too weak"
    )
    [event] = code(text, places=[dateline(text, "SAN SALVADOR", country="SV"), open_name])
    assert event.location.place.country == "SV"
    assert event.geo_precision == 2


def test_a_town_that_the_text_calls_one_is_found_in_capitals():
    [event] = analyze("A BOMB EXPLODED IN THE PERUVIAN TOWN OF YUNGUYO, 10 KM FROM COPACABANA.").events
    assert event.location.place.name == "Yunguyo"


def test_a_participle_looks_back_and_earlier_days_count_from_there():
    text = "Militias clashed in Tripoli on Thursday, killing a soldier; two days earlier, gunmen abducted a judge."
    times = [
        day(text, "Thursday", date(2016, 6, 16)),
        day(text, "two days earlier", date(2016, 6, 14)),
    ]
    clash, abduction = code(text, places=[place(text, "Tripoli", country="LY")], times=times)
    assert (clash.fatalities, abduction.fatalities) == (Interval(1, 1), None)
    assert (clash.date.start, abduction.date.start) == (date(2016, 6, 16), date(2016, 6, 14))


def test_a_range_of_dead_is_an_interval():
    event = one("The army bombed a market, killing between 20 and 30 civilians.")
    assert event.fatalities == Interval(20, 30)


def test_those_who_demonstrated_are_those_who_were_shot_at():
    event = code("Soldiers shot dead three protesters during demonstrations against a bill.")[0]
    assert event.sub_type is SubType.EXCESSIVE_FORCE
    assert [actor.kind for actor in event.targets] == ["protesters"]
    assert "protesters" not in {actor.kind for actor in event.actors}


def test_those_from_whom_a_town_is_taken_are_hit():
    event = one("The army recaptured the town from Tuareg rebels.")
    assert event.targets


def test_an_unknown_town_is_not_where_the_next_clause_is():
    text = "Rebels seized Golo and withdrew from Nertiti after a day."
    seized = code(text, places=[place(text, "Nertiti", country="SD")])[0]
    assert name_of(seized) == "Golo"


def test_an_accused_government_is_no_place():
    text = "Washington accused Moscow of preparing an attack."
    names = [place(text, "Moscow", country="RU", role=ToponymRole.METONYM)]
    assert "Moscow" not in [name_of(event) for event in code(text, places=names)]


def test_arrests_are_set_where_the_crowd_marched():
    text = "Thousands marched through Gao on Sunday. Police arrested 63 people."
    march, arrests = code(text, places=[place(text, "Gao", country="ML")])
    assert [name_of(march), name_of(arrests)] == ["Gao", "Gao"]


def test_those_killed_beside_somebody_named_are_counted_and_the_dead_wound_nobody():
    [event] = analyze(
        "Israeli warplanes bombed Tyre, killing Hezbollah leader Hassan Nasrallah and at least 33 others, and wounding 195."
    ).events
    assert (event.fatalities, event.injured) == (Interval(33, math.inf), Interval(195, 195))
    assert [actor.name for actor in event.actors] == ["Military Forces of Israel"]


def test_what_is_denied_is_no_fact_and_who_was_not_hit_did_nothing():
    text = (
        "UNIFIL peacekeepers in Naqoura were not hit, a spokesman said, denying reports that a Spanish "
        "soldier had been wounded in Marjayoun."
    )
    unhurt, wounded = code(text, places=[place(text, "Naqoura"), place(text, "Marjayoun")])
    assert unhurt.status is wounded.status is EventStatus.DENIED
    assert (name_of(unhurt), name_of(wounded)) == ("Naqoura", "Marjayoun")
    assert not unhurt.actors
    assert [t.name for t in unhurt.targets] == ["UN: United Nations"]
    assert unhurt.injured is None
    assert wounded.injured == Interval(1, 1)


def test_what_somebody_is_accused_of_is_claimed_and_who_accuses_is_its_speaker():
    text = "The RSF denied targeting the camp and accused the army of staging the attack."
    denied, accused, staged = code(text)
    assert (denied.status, [a.name for a in denied.actors]) == (
        EventStatus.DENIED,
        ["RSF: Rapid Support Forces"],
    )
    assert (accused.sub_type, accused.actors[0].name) == (SubType.STATEMENT, "RSF: Rapid Support Forces")
    assert (staged.status, staged.actors[0].name) == (EventStatus.CLAIMED, "Military Forces")


@pytest.mark.parametrize(
    "text",
    [
        "Police denied any role in the killing of two students.",
        "The men were denied bail after the bombing of the market.",
        "The army denied the reports and shelled the town.",
        "The army did not deny that it had shelled the town.",
        "Rebels accused the police of failing to stop the bombing of the market.",
    ],
)
def test_a_share_denied_or_help_refused_leaves_the_event_a_fact(text):
    assert code(text)[-1].status is EventStatus.FACTUAL


def test_an_accusation_is_not_made_where_its_deed_was_done():
    text = "Rebels accused the army of a massacre in Sake."
    where = {e.sub_type: name_of(e) for e in code(text, places=[place(text, "Sake")])}
    assert where == {SubType.STATEMENT: None, SubType.ATTACK: "Sake"}


def test_a_speaker_with_his_title_is_not_hit():
    event = one("A Russian missile hit a cafe, killing 51 people, President Volodymyr Zelenskiy said.")
    assert [t.name for t in event.targets] == ["Civilians"]


def test_the_dead_of_a_village_in_no_gazetteer_are_not_its_neighbors():
    text = "Israel struck Baalbek and Ain Zed, a village 5 km east of Sidon, where 45 people were killed."
    struck, killed = code(text, places=[place(text, "Baalbek"), place(text, "Sidon")])
    assert (name_of(struck), struck.fatalities) == ("Baalbek", None)
    assert (name_of(killed), killed.geo_precision, killed.fatalities) == ("Sidon", 2, Interval(45, 45))


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("A Ukrainian drone was downed over Belgorod.", ["Military Forces of Ukraine"]),
        ("A drone was shot down over Belgorod.", []),
    ],
)
def test_what_is_stopped_in_the_air_is_a_weapon_disrupted_and_hits_nobody_there(text, target):
    event = one(text, places=[place(text, "Belgorod", country="RU")])
    assert event.sub_type is SubType.DISRUPTED_WEAPONS
    assert not event.actors
    assert [t.name for t in event.targets] == target


def test_missiles_shot_down_belong_to_the_attack_that_fired_them():
    assert one("Russia launched 70 missiles at Kyiv, and air defences shot down 60 of them.").sub_type is (
        SubType.SHELLING
    )


def test_a_state_that_struck_a_town_did_so_from_the_air_and_a_group_did_not():
    for text, sort in (
        ("Israel struck Baalbek on Sunday.", SubType.AIR_STRIKE),
        ("Hezbollah struck Baalbek on Sunday.", SubType.SHELLING),
    ):
        assert one(text, places=[place(text, "Baalbek", country="LB")]).sub_type is sort
    text = "An earthquake struck Baalbek on Sunday."
    assert not code(text, places=[place(text, "Baalbek", country="LB")])


def test_ground_gained_against_an_enemy_is_an_armed_clash():
    text = "Ukrainian troops advanced south of Bakhmut."
    event = one(text, places=[place(text, "Bakhmut", country="UA")])
    assert (event.sub_type, event.geo_precision) == (SubType.ARMED_CLASH, 2)


def test_a_toll_given_later_joins_its_attack_and_who_counts_did_nothing():
    event = one(
        "A suicide bomber struck a mosque on Friday, killing 12. Officials later raised the death toll to 20."
    )
    assert event.sub_type is SubType.SUICIDE_BOMB
    assert [count.interval for count in event.counts] == [Interval(12, 12), Interval(20, 20)]
    assert not {a.name for a in (*event.actors, *event.targets)} & {"Government"}
    assert not code("The death toll from the earthquake rose to 2,000.")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A missile hit a school. This was a deliberate strike on pupils, the governor said.", 1),
        ("Thousands rallied in the capital. Another demonstration is planned.", 2),
        ("Gunmen stormed a village, killing 23 people and kidnapping dozens of women.", 2),
    ],
)
def test_one_deed_is_told_from_another(text, count):
    assert len(code(text)) == count


def test_who_said_that_it_struck_did_so_and_whose_targets_they_were_did_not():
    event = one("The Israeli military said on Wednesday it had struck dozens of Hezbollah targets.")
    assert event.sub_type is SubType.AIR_STRIKE
    assert [a.name for a in event.actors] == ["Military Forces of Israel"]
    assert [t.name for t in event.targets] == ["Hezbollah"]


def test_who_was_ambushed_killed_nobody():
    event = one("Hezbollah said it had ambushed Israeli troops near the border, killing two soldiers.")
    assert [a.name for a in event.actors] == ["Hezbollah"]
    assert event.fatalities == Interval(2, 2)


def test_what_is_launched_is_not_hit():
    event = one("Russian forces launched a drone and missile attack on a city, killing two people.")
    assert [t.name for t in event.targets] == ["Civilians"]


def test_people_who_shelter_are_not_counted_with_the_killed():
    event = one("The raid hit a camp, where dozens of families were sheltering and 12 people were killed.")
    assert event.fatalities == Interval(12, 12)
