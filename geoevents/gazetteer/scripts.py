"""How is a name in Arabic, Persian, Hebrew or Cyrillic letters written in Latin ones?

By letter, after the romanizations of BGN/PCGN (Arabic 1956, Persian 1958, Russian 1947, Ukrainian
2019), the letters of Kurdish, Pashto and Urdu included, and for Hebrew after the habits of news.
Arabic and Hebrew letters leave short vowels out, so what comes out is fit for comparing sounds, not
for showing.
"""

from __future__ import annotations

from itertools import product

__all__ = ["romanizations", "writes_no_vowels"]

_ARABIC = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءپچژگکیڤٱ",
        "a b t th j h kh d dh r z s sh s d t z . gh f q k l m n h w y a|at a . p ch zh g k y v a".split(),
        strict=True,
    )
)
_NEIGHBORS = dict(  # what Kurdish, Pashto and Urdu have besides
    zip(
        "ەۆڵڕێېټډړڼښږځڅہھےںڑٹڈ",
        "a o l r e e t d r n sh g z ts h h y n r t d".split(),
        strict=True,
    )
)
_HEBREW = dict(
    zip(
        "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
        ". b|v g d h w z h t y k|h h l m m n n s . p|f f ts ts k r sh t".split(),
        strict=True,
    )
)
_CYRILLIC = dict(
    zip(
        "абвгґдеєжзиійїклмнопрстуфхцчшщъыьэюяёўјљњћђџ",
        "a b v g g d e ye zh z i i y yi k l m n o p r s t u f kh ts ch sh shch . y . e yu ya yo w j lj nj c dj dz".split(),
        strict=True,
    )
)
_LETTERS = {**_ARABIC, **_NEIGHBORS, **_HEBREW, **_CYRILLIC}
_NO_VOWELS = frozenset(_ARABIC) | frozenset(_NEIGHBORS) | frozenset(_HEBREW)
# The letters that only carry a vowel, heard as one where a word begins.
_CARRIERS = frozenset("اعאע")
_SILENT = frozenset("هה")
_ARTICLE = "ال"
_MOST_READINGS = 8


def writes_no_vowels(key: str) -> bool:
    """Say whether a name is in a script that leaves short vowels out."""
    return any(letter in _NO_VOWELS for letter in key)


def romanizations(key: str) -> tuple[str, ...]:
    """Return the Latin readings of a folded key in another script; none for a script that is not known.

    >>> romanizations("краматорськ"), romanizations("الرقة")
    (('kramatorsk',), ('al rqa', 'al rqat'))
    """
    words = [part for word in key.split() for part in _parted(word)]
    if not all(letter in _LETTERS or letter.isascii() for word in words for letter in word):
        return ()
    choices = [_LETTERS.get(letter, letter).split("|") for word in words for letter in _marked(word)]
    readings: list[str] = []
    for reading in product(*choices):
        # Behind a y at the head of a word, as in Yunis, w can only be the vowel.
        readings.append("".join(reading).replace(".", "").replace(" yw", " yu").strip())
        if len(readings) == _MOST_READINGS:
            break
    return tuple(dict.fromkeys(readings))


def _parted(word: str) -> list[str]:
    """Split the Arabic article off, where a word of two letters and more remains."""
    if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 1:
        return ["al", word[len(_ARTICLE) :]]
    return [word]


def _marked(word: str) -> str:
    """Return a word behind a space, with vowels for a carrier at its head and a silent h at its end."""
    head = "a" if word[0] in _CARRIERS else word[0]
    rest = word[1:-1] + "a" if len(word) > 1 and word[-1] in _SILENT else word[1:]
    return f" {head}{rest}"
