"""Which characters are place names? Golden sentences of our own, and laws over any text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from geoevents.errors import GeoeventsError
from geoevents.gazetteer import Gazetteer
from geoevents.model import ALL_ROLES, LOCATING_ROLES, NAME_ROLES, Document, ToponymRole
from geoevents.recognition import GazetteerRecognizer, read_weights
from geoevents.recognition.candidates import Candidate
from geoevents.recognition.judging import best_without_overlap
from geoevents.recognition.names import name_of
from geoevents.tables import table_path


@pytest.fixture(scope="module")
def recognize():
    return GazetteerRecognizer(Gazetteer.load())


@pytest.fixture(scope="module")
def recognize_all():
    return GazetteerRecognizer(Gazetteer.load(), roles=ALL_ROLES)


@pytest.fixture(scope="module")
def recognizer_of_names():
    return GazetteerRecognizer(Gazetteer.load(), roles=NAME_ROLES)


def names(recognizer, text):
    return [toponym.text for toponym in recognizer(Document(text))]


def roles(recognizer, text):
    return {toponym.text: toponym.role for toponym in recognizer(Document(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paris Nyala, a teacher, met Chad Hunter in Kyiv.", ["Kyiv"]),
        ("Jordan said he would appeal. Michael Jordan left the court.", []),
        ("In May, Theresa May said that the march of March was over.", []),
        ("Turkey was served with gravy after the parade.", []),
        ("They ate turkey and later flew to Turkey.", ["Turkey"]),
        ("Fighters of Hamas left Hama for Gaza.", ["Hama", "Gaza"]),
        ("Rebels shelled Azaz, north of Aleppo.", ["Azaz", "Aleppo"]),
        ("President Bashar Assad spoke. Assad left Damascus.", ["Damascus"]),
        ("Maj. Gen. Jackson Springfield, 45, died in Kabul.", ["Kabul"]),
        ("Police in Idlib on Sunday moderated a nice dispute.", ["Idlib"]),
        ("Police Chief Lincoln Hall lives at 12 Denver Street in Houston.", ["Houston"]),
        ("The Washington Post said that they were in London.", ["London"]),
    ],
)
def test_names_of_people_papers_months_and_meals_are_no_places(recognize, text, expected):
    assert names(recognize, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TANKS SHELLED RAFAH, 40 MILES SOUTH OF GAZA CITY, ON MONDAY.", ["RAFAH", "GAZA CITY"]),
        ("Shells hit Tawila, which is far. Tawila is 60-70 km west of El Fasher.", ["Tawila", "El Fasher"]),
        ("Homs, 27, was seen in Kyiv. Karim Homs, 27.5, is no age.", ["Kyiv"]),
    ],
)
def test_a_length_behind_a_name_makes_it_a_place_and_an_age_a_person(recognize, text, expected):
    assert list(dict.fromkeys(names(recognize, text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The EU and the U.S. met.", ["EU", "U.S."]),
        ("The EU said it would pay.", ["EU"]),
        ("Leaders of the European Union flew to Brussels.", ["European Union", "Brussels"]),
        ("the eu met us in aleppo and i saw it", ["aleppo"]),
    ],
)
def test_unions_of_states_are_places_by_their_letters_too(recognize, text, expected):
    assert names(recognize, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PEACEKEEPERS CAME UNDER FIRE IN NAQOURA ON MONDAY, OFFICIALS SAID.", ["NAQOURA"]),
        ("In North Darfur the fighting spread.", ["North Darfur"]),
        ("In Nabatieh two men were killed.", ["Nabatieh"]),
        ("Gunmen attacked In Salah in Algeria.", ["In Salah", "Algeria"]),
        ("A convoy left An Nabk for Damascus.", ["An Nabk", "Damascus"]),
    ],
)
def test_a_preposition_is_no_article(recognize, text, expected):
    assert names(recognize, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army was moving on to Golu and Tarniya.", ["Golu", "Tarniya"]),
        ("Families fled to Xorobad on Monday.", ["Xorobad"]),
        ("Shells fell in Nyala and Xorobad.", ["Nyala", "Xorobad"]),
        ("Fans wept in Barcelona and Messino followed.", ["Barcelona"]),
        ("Talks in Geneva and Hamas said so. He moved to Peter.", ["Geneva"]),
        ("Storms hit Clarke and Oconee counties near Atlanta.", ["Clarke", "Oconee", "Atlanta"]),
        ("It rained over Clarke, Wayne or Oconee counties.", ["Clarke", "Wayne", "Oconee"]),
        ("Poor and Northern counties voted.", []),
    ],
)
def test_what_is_listed_with_places_or_moved_to_is_a_place_that_no_gazetteer_has(recognize, text, expected):
    assert names(recognize, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Syria’s army retook Palmyra's airport.", ["Syria", "Palmyra"]),
        ("They left the Netherlands.", ["Netherlands"]),
        ("The U.S. denied it.", ["U.S."]),
        ("Jets flew from Hemeimeem air base in Syria.", ["Hemeimeem air base", "Syria"]),
        ("Fire broke out in Lebanon, Pa., at dawn.", ["Lebanon", "Pa."]),
        ("Fire broke out in Huntington, W.Va., at dawn.", ["Huntington", "W.Va."]),
        ("The army of the DR Congo fought near Goma.", ["DR Congo", "Goma"]),
    ],
)
def test_spans_leave_out_articles_and_possessives_and_take_in_abbreviations(recognize, text, expected):
    assert names(recognize, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The jet crashed at 33.506, 38.618 near Aleppo.", ["33.506, 38.618", "Aleppo"]),
        ("Guns were seen at grid 37S DT 64520 07449.", ["37S DT 64520 07449"]),
        ("Contact at grid 38SMB4488 lasted an hour.", ["38SMB4488"]),
        ("A drone fell at N 35.95 E 39.01.", ["N 35.95 E 39.01"]),
        ("The camp lies at 36° 12' N, 37° 9' E.", ["36° 12' N, 37° 9' E"]),
        ("He polled 48.5, she 37.9 percent in 2016, 2017.", []),
    ],
)
def test_points_in_figures_are_places(recognize, text, expected):
    assert names(recognize, text) == expected


def test_a_wire_in_capitals_is_read(recognize):
    text = "MOSCOW (AP) - RUSSIAN JETS STRUCK TARGETS NEAR ALEPPO IN SYRIA ON SUNDAY IN MARCH."
    assert names(recognize, text) == ["MOSCOW", "ALEPPO", "SYRIA"]


def test_a_text_in_lower_case_is_read(recognize):
    found = names(recognize, "russian jets struck aleppo in syria on sunday, police said in may.")
    assert found == ["aleppo", "syria"]


def test_a_headline_in_title_case_is_read(recognize):
    found = names(
        recognize, "Israeli Air Strikes Hit Damascus, Kill Three in Syria\n\nThe raid came at dawn."
    )
    assert found == ["Damascus", "Syria"]


def test_the_lines_around_a_story_hold_no_places(recognize):
    lines = "Sign up for the London newsletter\n© 2024 Paris Media LLC. All rights reserved.\n"
    assert names(recognize, lines) == []


@pytest.mark.parametrize(
    "text",
    [
        "MOSCOW (Example Wire) — Jets flew over Aleppo.",
        "KYIV, Ukraine, Jan. 14, 2025 (Example Wire) - Shelling hit Toretsk.",
        "NAIROBI, Kenya — Gunmen attacked El Fasher.",
        "SAN SALVADOR, 3 JAN 90 (EXAMPLE) -- TROOPS ENTERED SAN MIGUEL.",
    ],
)
def test_a_dateline_says_where_it_was_written(recognize, text):
    found = recognize(Document(text))
    assert found[0].role is ToponymRole.DATELINE
    assert found[-1].role is ToponymRole.LITERAL


def test_governments_called_by_their_capitals_are_metonyms(recognize):
    found = recognize(Document("Moscow rejected the charge. The U.S. accused Moscow of lying in Kyiv."))
    assert [(t.text, t.role.value) for t in found] == [
        ("Moscow", "metonym"),
        ("U.S.", "metonym"),
        ("Moscow", "metonym"),
        ("Kyiv", "literal"),
    ]


def test_an_institution_is_no_literal_place(recognize):
    assert roles(recognize, "The Pentagon and the Kremlin were silent.") == {
        "Pentagon": ToponymRole.INSTITUTION,
        "Kremlin": ToponymRole.INSTITUTION,
    }


def test_demonyms_and_names_inside_organizations_come_on_request_only(recognize, recognize_all):
    text = "Syrian doctors of the Aleppo Media Center fled to Turkey."
    assert names(recognize, text) == ["Turkey"]
    assert roles(recognize_all, text) == {
        "Syrian": ToponymRole.DEMONYM,
        "Aleppo": ToponymRole.EMBEDDED,
        "Turkey": ToponymRole.LITERAL,
    }
    assert ToponymRole.DEMONYM not in LOCATING_ROLES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They ate Vienna sausages in Graz.", {"Graz": "literal"}),
        ("Marburg virus was found near Kampala.", {"Kampala": "literal"}),
        ("A doctor from Marburg flew to Kampala.", {"Marburg": "literal", "Kampala": "literal"}),
        ("Rebels in Homs fired a Sakhalin-type rocket.", {"Homs": "literal"}),
        ("In Bristol he ordered a Manhattan and left.", {"Bristol": "literal"}),
        ("Paris's father hid in Homs, and Paris slept.", {"Homs": "literal"}),
        ("Jordan, the team's captain, flew to Homs.", {"Homs": "literal"}),
        (
            "Turkey shut its border with Iran. Roast turkey was served.",
            {"Turkey": "metonym", "Iran": "metonym"},
        ),
        ("The Minsk agreements hold in Kyiv.", {"Minsk": "embedded", "Kyiv": "literal"}),
        ("The striker scored twice against Sevilla in Porto.", {"Sevilla": "embedded", "Porto": "literal"}),
        ("Floods and storms came to Sevilla.", {"Sevilla": "literal"}),
    ],
)
def test_what_is_called_for_a_place_is_told_from_it_by_the_words_beside_it(recognize_all, text, expected):
    assert roles(recognize_all, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells hit the Syrian capital.", {"Syrian capital": "Syrian"}),
        ("He flew to the U.S. capital.", {"U.S. capital": "U.S."}),
        ("Shells hit Syria's capital.", {"Syria's capital": "Syria"}),
        ("Shells hit the capital of Syria.", {"capital of Syria": "Syria"}),
        ("Shells fell in the city and in the capital city.", {"city": None, "capital": None}),
        ("Marches in the nation's capital went on.", {"nation's capital": None}),
        ("Syrian capital markets fell; the city council met in the city hall.", {}),
        ("In the Syrian capital, Damascus, and in Kabul, the Afghan capital, it was quiet.", {}),
        ("In the city of Homs and the capital Damascus it was quiet.", {}),
        ("The city said no.", {}),
    ],
)
def test_places_are_described_where_their_names_do_not_stand_beside(recognize_all, text, expected):
    found = {
        t.text: None if t.qualifier is None else t.qualifier.of(text)
        for t in recognize_all(Document(text))
        if t.role is ToponymRole.DESCRIPTION
    }
    assert found == expected


def test_without_descriptions_the_names_inside_them_are_read(recognizer_of_names):
    assert roles(recognizer_of_names, "Shells hit the Syrian capital.") == {"Syrian": "demonym"}


def test_a_name_without_an_entry_is_kept_where_the_text_calls_it_a_place(recognize):
    text = "They fled from the village of Qwerzam al-Jadida to Xyzzyvar province."
    assert names(recognize, text) == ["Qwerzam al-Jadida", "Xyzzyvar"]


@pytest.mark.parametrize(
    ("text", "name", "region"),
    [
        ("A fire in Paris, Texas, killed two.", "Paris", "Texas"),
        ("A fire in Springfield, Ill., killed two.", "Springfield", "Ill."),
        ("Shelling hit Jableh in Lattakia province.", "Jableh", "Lattakia"),
    ],
)
def test_the_region_named_right_after_is_the_qualifier(recognize, text, name, region):
    toponym = next(t for t in recognize(Document(text)) if t.text == name)
    assert toponym.qualifier is not None
    assert toponym.qualifier.of(text).startswith(region)


def test_the_shipped_weights_are_small_and_open_fast():
    path = table_path("recognition.json")
    assert path.stat().st_size < 2_000_000
    weights = read_weights()
    assert len(weights.own) > 1000
    assert weights.slope > 0
    assert weights.own["left: locative"] > 0 > weights.own["left: title^"]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"own": 1, "context": {}, "slope": 1, "bias": 0, "roles": {}}']
)
def test_a_file_that_holds_no_weights_is_turned_down(tmp_path, text):
    path = tmp_path / "weights.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GeoeventsError, match="no weights"):
        read_weights(path)


def scored(first, last, score):
    return Candidate(first, last, name_of("x", "x", ()), score)


def test_two_names_win_over_a_longer_one_only_when_they_are_surer_together():
    short, other, long = scored(0, 0, 2.0), scored(1, 1, 2.0), scored(0, 1, 3.0)
    assert best_without_overlap([long, short, other], min_score=0.0) == [short, other]
    long.score = 5.0
    assert best_without_overlap([long, short, other], min_score=0.0) == [long]


@given(
    spans=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.floats(-3, 3)), max_size=9),
    min_score=st.floats(-1, 1),
)
def test_no_other_choice_without_overlap_scores_higher(spans, min_score):
    candidates = [scored(first, first + more, score) for first, more, score in spans]
    kept = best_without_overlap(candidates, min_score=min_score)
    assert all(a.last < b.first for a, b in pairwise(kept))

    def best(number):
        if number == len(candidates):
            return {(): 0.0}
        out = dict(best(number + 1))
        for chosen, total in list(out.items()):
            mine = candidates[number]
            if all(c.last < mine.first or mine.last < c.first for c in chosen):
                out[(*chosen, mine)] = total + mine.score - min_score
        return out

    total = sum(c.score - min_score for c in kept)
    assert total == pytest.approx(max(best(0).values()), abs=1e-9)


HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "Syria", "Aleppo's", "U.S.", "MOSCOW (AP) —", "<script>", "{{7*7}}", "{% x %}", "${a}", "`",
                "\u202e", "\u2028", "\u200f", "\\u0041", "al-", "the", "of", "Mr.", ", 45,", "\n\n", "©",
                "Paris, Texas", "حلب", "Київ", "W.Va.", "''s", "’s",
            ]
        ),
        st.text(max_size=12),
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(pieces=HOSTILE, joint=st.sampled_from([" ", "", "\n", ", "]))
def test_toponyms_quote_the_text_in_order_without_overlap(recognize_all, pieces, joint):
    text = joint.join(pieces)
    found = recognize_all(Document(text))
    for toponym in found:
        assert toponym.span.of(text) == toponym.text
        assert toponym.text
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start


@pytest.mark.parametrize(
    ("story", "copies"),
    [
        ("Jets from Hemeimeem struck Azaz, near Aleppo in Syria, on Sunday, Mr. Hunter of Homs said. ", 150),
        ("Aleppo and ", 4000),  # no sentence ends, and "and" may join teams
    ],
)
def test_the_time_is_linear_in_the_length(recognize, story, copies):
    short, long = story * copies, story * 4 * copies
    recognize(Document(short))

    def seconds(text):
        start = time.process_time()
        recognize(Document(text))
        return time.process_time() - start

    assert min(seconds(long) for _ in range(3)) < 4 * 2.5 * min(seconds(short) for _ in range(3)) + 0.05


SPELLINGS = [
    ("Kiev", "Kyiv"), ("Kharkov", "Kharkiv"), ("Lvov", "Lviv"), ("Odessa", "Odesa"), ("Hims", "Homs"), ("Halab", "Aleppo"),
    ("Irbil", "Erbil"), ("Rakka", "Raqqa"), ("Lattakia", "Latakia"), ("Qandahar", "Kandahar"), ("Peking", "Beijing"),
    ("Calcutta", "Kolkata"), ("Rangoon", "Yangon"), ("Tiflis", "Tbilisi"), ("Kishinev", "Chisinau"), ("Idleb", "Idlib"),
    ("Al Mukalla", "Mukalla"), ("Hodeida", "Hodeidah"), ("Izyum", "Izium"), ("Misurata", "Misrata"),
]  # fmt: skip
PLACES_OF_NAMES = [
    "{} is 300 km from the border.",
    "{} was shelled on Monday.",
    "Yesterday {} was shelled.",
    "On Sunday, {} came under fire.",
    "The mayor of {} said power was out.",
    "Residents fled {} overnight.",
    "When {} fell, the army withdrew.",
]


@pytest.mark.parametrize("spellings", SPELLINGS, ids=lambda pair: pair[0])
def test_spellings_of_a_city_are_found_alike(recognize, spellings):
    for spelling in spellings:
        for name in (spelling, spelling.upper()):
            for text in PLACES_OF_NAMES:
                found = [toponym.text for toponym in recognize(Document(text.format(name)))]
                assert found == [name], text.format(name)


def test_the_hague_keeps_its_article_and_the_netherlands_do_not(recognize):
    found = recognize(Document("Envoys left The Hague for the Netherlands' coast; the Hague court sat on."))
    assert [toponym.text for toponym in found][:2] == ["The Hague", "Netherlands"]


def test_a_capital_speaks_where_its_country_is_named(recognize):
    told = recognize(Document("French troops left Mali. Paris said it would keep its base."))
    person = recognize(Document("Paris Jackson sued. Paris said she was tired."))
    assert [toponym.role for toponym in told if toponym.text == "Paris"] == [ToponymRole.METONYM]
    assert [toponym.text for toponym in person] == []


@pytest.mark.parametrize(
    "head",
    [
        "GOMA, Democratic Republic of Congo, 3 February 2025 - ",
        "Beirut, 28 September 2024 - ",
        "Beirut, September 28, 2024 -- ",
        "KYIV (Reuters) - ",
    ],
)
def test_a_place_before_a_date_and_a_dash_is_a_dateline(recognize, head):
    found = recognize(Document(f"{head}Shells hit a market."))
    assert found[0].role is ToponymRole.DATELINE
