from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from geoevents.gazetteer import Gazetteer, SpellingLevel
from geoevents.gazetteer.scripts import romanizations, writes_no_vowels
from geoevents.gazetteer.spelling import spelling_key


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("Краматорськ", "kramatorsk"),
        ("Щастя", "shchastya"),
        ("Жлобин", "zhlobin"),
        ("تل رفعت", "tl rft"),
        ("الحسكة", "al hska"),
        ("عين عيسى", "ayn aysa"),
        ("کندهار", "kndhar"),
        ("שדרות", "shdrwt"),
        ("חיפה", "hypa"),
    ],
)
def test_letters_are_read_after_the_systems_of_news(name, reading):
    assert reading in romanizations(spelling_key(name))


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [  # spellings that no gazetteer row has letter for letter
        ("الرقه", "SY", "Raqqa"),
        ("منبچ", "SY", "Manbij"),
        ("الفلوجه", "IQ", "Fallujah"),
        ("خان یونس", "PS", "Khan Younis"),
        ("Сєверодонецьк", "UA", "Sievierodonetsk"),
        ("Покровскъ", "UA", "Pokrovsk"),
    ],
)
def test_a_native_spelling_that_is_nowhere_is_found_by_its_sound(gazetteer, name, country, expected):
    hits = gazetteer.lookup(name, country=country)
    assert expected in [hit.place.name for hit in hits][:3]


def test_what_is_found_by_sound_says_so(gazetteer):
    hits = gazetteer.lookup("خان یونس", country="PS")
    assert {hit.level for hit in hits} == {SpellingLevel.PHONETIC}


def test_scripts_that_are_not_known_have_no_reading():
    assert romanizations("北京") == ()
    assert romanizations("ქუთაისი") == ()


def test_arabic_and_hebrew_leave_vowels_out_and_cyrillic_does_not():
    assert writes_no_vowels("حلب")
    assert writes_no_vowels("חיפה")
    assert not writes_no_vowels("київ")


@given(st.text(alphabet="ابتجحدرسعفقلمنهويةבגדהופكיִиїєщюя -’", max_size=60))
def test_readings_are_latin_and_few(name):
    key = spelling_key(name)
    readings = romanizations(key) if key else ()
    assert len(readings) <= 8
    assert all(reading.isascii() for reading in readings)
