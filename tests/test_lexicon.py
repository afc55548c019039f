"""The trigger and actor tables: what they hold, how they are read, how words bend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geoevents.errors import GeoeventsError
from geoevents.lexicon.actors import actors, countries
from geoevents.lexicon.triggers import Condition, Form, Slot, WordClass, inflections, lemma, triggers
from geoevents.model import SubType
from geoevents.tables import read_rows, table_path
from geoevents.text import tokenize


def _keys(text: str) -> list[str]:
    return [token.key for token in tokenize(text)]


def _actor(text: str, *, shouting: bool = False) -> str | None:
    found = actors().at(tokenize(text), _keys(text), 0, shouting=shouting)
    return None if found is None else found[1].name


def test_the_shipped_tables_are_as_large_as_promised():
    assert triggers().size >= 400
    assert actors().size >= 600


def test_every_sub_type_has_a_trigger():
    rows = [row for _, row in read_rows(table_path("triggers.csv"))]
    assert {row["sub_type"] for row in rows} >= {sub_type.value for sub_type in SubType}


def _actor_rows() -> list[dict[str, str]]:
    return [row for _, row in read_rows(table_path("actors.csv"))]


def _generic_names() -> set[str]:
    return {row["name"] for row in _actor_rows() if not row["from_year"] and not row["country"]}


def test_actor_ids_are_unique_and_every_row_names_its_source():
    rows = _actor_rows()
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", row["id"]) for row in rows)
    assert all(row["source"] and row["aliases"] for row in rows)


def test_every_actor_but_the_kinds_is_dated_and_of_a_known_country():
    named = [row for row in _actor_rows() if row["name"] not in _generic_names()]
    assert len(named) >= 600
    assert {row["country"] for row in named} - {""} <= countries().names.keys()
    assert all(row["from_year"].isdecimal() for row in named)
    assert all(not row["to_year"] or int(row["from_year"]) <= int(row["to_year"]) for row in named)


def test_no_alias_names_two_actors():
    owners: dict[str, set[str]] = {}
    for row in _actor_rows():
        for alias in row["aliases"].split("|"):
            owners.setdefault(alias, set()).add(row["id"])
    assert {alias: ids for alias, ids in owners.items() if len(ids) > 1} == {}


def test_verbs_bend_regularly_and_irregularly():
    assert dict(inflections("kidnap"))["kidnapped"] in {Form.PAST, Form.PARTICIPLE}
    assert {form for form, _ in inflections("blow up")} == {
        "blow up",
        "blows up",
        "blew up",
        "blown up",
        "blowing up",
    }
    assert {form for form, _ in inflections("carry")} == {"carry", "carries", "carried", "carrying"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("captured", "capturing"), ("struck", "strikes"), ("kills", "killed"), ("patrolled", "patrol")],
)
def test_forms_of_a_verb_share_a_lemma(one, other):
    assert lemma(one) == lemma(other)


def test_the_longest_trigger_comes_first():
    found = triggers().at(_keys("suicide car bombing in the city"), 0)
    assert [count for count, _ in found] == sorted((count for count, _ in found), reverse=True)
    assert found[0][0] == 3


def test_a_figure_of_speech_hides_the_trigger_inside_it():
    _, entries = triggers().at(_keys("heart attack"), 0)[0]
    assert entries[0][1].sub_type is None


def test_conditions_look_where_they_say():
    keys = [frozenset({word}) for word in _keys("the workers went on strike over wages today")]
    start = 4
    assert Condition(Slot.WITH, frozenset({"wages"})).holds(keys, start, start + 1)
    assert Condition(Slot.WITHOUT, frozenset({"jets"})).holds(keys, start, start + 1)
    assert Condition(Slot.PREVIOUS, frozenset({"on"})).holds(keys, start, start + 1)
    assert not Condition(Slot.NOT_NEXT, frozenset({"over"})).holds(keys, start, start + 1)
    assert Condition(Slot.NEXT, frozenset(), ("wage",)).holds(keys, start, start + 1)


def test_weapons_are_no_events_by_themselves():
    entries = [sense for _, entries in triggers().at(_keys("sarin"), 0) for _, sense in entries]
    assert {sense.word_class for sense in entries} == {WordClass.WEAPON}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ISIL fighters", "Islamic State"),
        ("Daesh", "Islamic State"),
        ("Jabhat al-Nusra", "HTS: Hayat Tahrir al Sham"),
        ("Kremlin", "Government of Russia"),
        ("the Pentagon", "Military Forces of the United States"),
        ("Assad's forces", None),
        ("UNIFIL", "UNIFIL: United Nations Interim Force in Lebanon"),
        ("is", None),
        ("IS", "Islamic State"),
    ],
)
def test_aliases_meet_in_one_actor(text, name):
    if name is not None:
        assert _actor(text) == name
    else:
        assert _actor(text) in {None, "Military Forces of Syria"}


def test_in_capitals_a_short_acronym_is_no_actor():
    assert _actor("IS", shouting=True) is None
    assert _actor("FARC", shouting=True) is not None


def test_countries_are_known_by_name_and_adjective():
    assert countries().at(_keys("Russian jets"), 0) == (1, "RU", True)
    assert countries().at(_keys("Burkina Faso"), 0) == (2, "BF", False)
    assert countries().names["SY"] == "Syria"


def test_a_bad_row_is_reported_with_its_line(tmp_path: Path):
    path = tmp_path / "triggers.csv"
    path.write_text(
        "trigger,part_of_speech,sub_type,context,note\nshell,verb,Shellings,,\n", encoding="utf-8"
    )
    with pytest.raises(GeoeventsError, match=r"triggers\.csv:2: 'Shellings'"):
        triggers(path)
    path = tmp_path / "actors.csv"
    path.write_text(
        "id,name,kind,country,from_year,to_year,aliases,source\nx,X,wizards,,,,X,own\n", encoding="utf-8"
    )
    with pytest.raises(GeoeventsError, match=r"actors\.csv:2: 'wizards'"):
        actors(path)
