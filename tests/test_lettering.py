from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import map_samples as samples
import pytest

pytest.importorskip("matplotlib")

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib import font_manager

from geoevents.maps import lettering
from geoevents.maps.layout import Size
from geoevents.maps.lettering import FIRST, families_for, missing_words
from geoevents.maps.stills import still

HAN = "\u5854\u4f0a\u5179"
FAMILY = "Three Letters"


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system with the fonts of matplotlib alone."""
    ours = [font for font in font_manager.fontManager.ttflist if "mpl-data" in font.fname]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", ours)


@pytest.fixture
def three_letters(no_fonts: None, tmp_path: Path) -> Iterator[str]:  # noqa: ARG001 -- it comes first
    """A font of three Chinese letters, each a square."""
    pen = TTGlyphPen(None)
    (
        pen.moveTo((100, 0)),
        pen.lineTo((100, 700)),
        pen.lineTo((800, 700)),
        pen.lineTo((800, 0)),
        pen.closePath(),
    )
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({ord(letter): "square" for letter in HAN})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "square": square})
    builder.setupHorizontalMetrics({".notdef": (900, 0), "square": (900, 100)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular"})
    builder.setupOS2(), builder.setupPost()
    path = tmp_path / "three.ttf"
    builder.save(path)
    font_manager.fontManager.addfont(path)
    yield FAMILY
    lettering._known.cache_clear()


@pytest.mark.usefixtures("no_fonts")
def test_the_usual_font_alone_serves_most_scripts() -> None:
    words = ["Kyiv", "Київ", "حلب", "ירושלים", "Αθήνα", "Երևան", "თბილისი"]
    assert families_for(words) == [FIRST]
    assert missing_words(words, [FIRST]) == ""


@pytest.mark.usefixtures("no_fonts")
def test_a_letter_that_no_font_has_is_told_of_by_its_script() -> None:
    assert families_for([HAN]) == [FIRST]
    assert "(Chinese)" in missing_words([HAN], [FIRST])
    assert "(Ethiopic, Chinese)" in missing_words(["አዲስ", HAN[0]], [FIRST])


def test_a_font_of_the_system_takes_over_where_the_usual_one_ends(three_letters: str) -> None:
    families = families_for(["Taiz", HAN])
    assert families == [FIRST, three_letters]
    assert missing_words(["Taiz", HAN], families) == ""
    assert "(Chinese)" in missing_words(["\u5317"], families)


@pytest.mark.usefixtures("no_fonts")
def test_signs_that_steer_need_no_glyph() -> None:
    assert missing_words(["a\u200fb\u202e\n\ue000\ufffd"], [FIRST]) == ""


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What pictures say of missing letters."""
    found: list[str] = []
    said = lettering.missing_words

    def told(*given: Any) -> str:
        found.append(said(*given))
        return found[-1]

    monkeypatch.setattr("geoevents.maps.drawing.missing_words", told)
    return found


@pytest.mark.usefixtures("no_fonts")
@pytest.mark.parametrize("size", Size)
def test_a_picture_says_that_letters_are_missing(size: Size, notes: list[str]) -> None:
    still(samples.told_twice(), suffix=".png", title=HAN, size=size)
    assert len(notes) == 1
    assert "(Chinese)" in notes[0]


@pytest.mark.usefixtures("three_letters")
def test_a_picture_in_a_font_of_the_system_says_nothing(
    notes: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    still(samples.told_twice(), suffix=".png", title=HAN)
    assert notes == [""]
    assert caplog.text == ""
