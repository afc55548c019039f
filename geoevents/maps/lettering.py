"""Which fonts have the letters of a picture, and which letters has none?

DejaVu Sans comes with matplotlib, so that Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian and Georgian
look alike everywhere; Arabic and Hebrew are joined and turned by matplotlib. Chinese, Japanese, Korean,
Indic, Ethiopic and other letters are drawn in a font that the system has, where it has one. Where none
has a letter, a box stands for it, and the picture says so: nothing is ever fetched.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

__all__ = ["FIRST", "families_for", "missing_words"]

FIRST = "DejaVu Sans"
# Of fonts that have as many of the letters, the first of these comes first: they are made for reading.
_PREFERRED = ("Noto Sans", "Source Han Sans", "Droid Sans", "WenQuanYi", "Nanum", "IPA")
# The font of boxes that matplotlib draws where no other has a letter.
_BOXES = "Last Resort"
_STYLES_AT_MOST = 2000
_NAMED_AT_MOST = 3
# Scripts by the first word of a letter's Unicode name, where that is no name that readers know.
_SCRIPTS = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}


def families_for(texts: Iterable[str]) -> list[str]:
    """Return the families of fonts that draw the texts, the usual one first, fallbacks after it."""
    wanted = _letters(texts) - _known(_usual())
    families = [FIRST]
    while wanted:
        most, family = _best_for(frozenset(wanted))
        if not most:
            break
        wanted -= most
        families.append(family)
    return families


def missing_words(texts: Iterable[str], families: Iterable[str]) -> str:
    """Return what a picture says of letters that none of its fonts has; empty where there are none."""
    known = frozenset[str]().union(*(_known(path) for name in families for path in _files(name)))
    missing = sorted(_letters(texts) - known - _known(_usual()))
    if not missing:
        return ""
    scripts = Counter(_script(letter) for letter in missing)
    named = [name for name, _ in sorted(scripts.items(), key=lambda item: (-item[1], item[0]))]
    listed = ", ".join(named[:_NAMED_AT_MOST]) + (" and others" if len(named) > _NAMED_AT_MOST else "")
    return f"Boxes stand for letters that no font of this computer has ({listed}): install one, such as Noto Sans."


def _letters(texts: Iterable[str]) -> set[str]:
    found = set().union(*map(set, texts))
    # Signs that steer have no shape of their own, and a private one means nothing to anybody else.
    return {one for one in found if unicodedata.category(one)[0] not in "CZM"}


def _script(letter: str) -> str:
    first = unicodedata.name(letter, "unknown signs").split()[0]
    return _SCRIPTS.get(first, first.capitalize())


def _best_for(wanted: frozenset[str]) -> tuple[frozenset[str], str]:
    """Return the letters that the fittest font of the system has, and its family."""
    best: tuple[frozenset[str], str] = (frozenset(), "")
    for family in _families():
        has = frozenset().union(*(wanted & _known(path) for path in _files(family)))
        if len(has) > len(best[0]):
            best = (has, family)
    return best


@cache
def _usual() -> str:
    return str(font_manager.findfont(FIRST))


def _families() -> list[str]:
    """Return the families of the system, those made for reading first."""

    def rank(name: str) -> tuple[int, str]:
        first = next((i for i, one in enumerate(_PREFERRED) if name.startswith(one)), len(_PREFERRED))
        return first, name

    names = {font.name for font in font_manager.fontManager.ttflist[:_STYLES_AT_MOST]}
    return sorted((name for name in names if not name.startswith(_BOXES)), key=rank)


def _files(family: str) -> list[str]:
    """Return the upright files of a family of ordinary weight, all of them where none is."""
    fonts = [font for font in font_manager.fontManager.ttflist if font.name == family]
    plain = [f.fname for f in fonts if f.style == "normal" and f.weight in {400, "normal", "regular"}]
    return sorted(plain or [font.fname for font in fonts])


@cache
def _known(path: str) -> frozenset[str]:
    """Return the letters of a font; a file that is none, or has gone, has none."""
    if not Path(path).is_file():
        return frozenset()
    try:
        return frozenset(map(chr, FT2Font(path).get_charmap()))
    except (OSError, RuntimeError):
        return frozenset()
