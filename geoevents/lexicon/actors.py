"""Which names and common nouns mean a party to a conflict, and whose is it?

The names are rows of `data/actors.csv`: `id, name, kind, country, from_year, to_year, aliases,
source`. Names are coded in ACLED's manner ("Military Forces of Russia", "Houthi Movement"); a kind
without a country ("Military Forces", "Civilians") takes the one that its adjective or the place of
the event gives. An alias behind "~" describes ("~bandits") and names the group in its country only.
State forces of each country follow from the countries and demonyms of the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, replace
from functools import lru_cache
from pathlib import Path

from geoevents.errors import GeoeventsError
from geoevents.tables import read_rows, table_path
from geoevents.text import Tokens, name_key

__all__ = ["ActorEntry", "ActorLexicon", "CountryLexicon", "actors", "countries"]

KINDS = frozenset(
    {
        "state forces",
        "rebel group",
        "political militia",
        "identity militia",
        "rioters",
        "protesters",
        "civilians",
        "external/other forces",
        "infrastructure",
    }
)


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One row. `is_generic` says that it names a kind ("rebels") and no one group.

    `is_description` says that the words describe, so that elsewhere they mean somebody else: the
    "junta" of another country.
    """

    id: str
    name: str
    _: KW_ONLY
    kind: str
    country: str | None
    is_generic: bool
    is_description: bool = False
    years: tuple[int | None, int | None] = (None, None)


# A generic row has neither country nor years, and aliases in lower case.
_GENERIC = frozenset(
    {
        "Civilians",
        "Journalists",
        "Politicians",
        "Clergy",
        "Protesters",
        "Rioters",
        "Infrastructure",
        "Unidentified Armed Group",
        "Opposition Rebels",
        "Military Forces",
        "Police Forces",
        "Government",
    }
)


_DESCRIBES = "~"


@dataclass(frozen=True, slots=True)
class ActorLexicon:
    """The parties by the words of their aliases. `size` is the number of rows."""

    size: int
    _by_first: dict[str, tuple[tuple[tuple[str, ...], str, ActorEntry], ...]]

    @property
    def first_words(self) -> frozenset[str]:
        """The words that an alias begins with."""
        return frozenset(self._by_first)

    def at(
        self, tokens: Tokens, keys: Sequence[str], index: int, *, shouting: bool
    ) -> tuple[int, ActorEntry] | None:
        """Return how many words from `index` on name a party, and which; the longest alias wins.

        A proper name must be written with its capitals, unless all of the text is (`shouting`):
        "IS" is a party, "is" is none.
        """
        rows = self._by_first.get(keys[index], ())
        following = keys[index + 1] if index + 1 < len(keys) else None
        for words, alias, entry in rows:
            count = len(words)
            if (
                count == 1 or (words[1] == following and tuple(keys[index : index + count]) == words)
            ) and _is_written_so(alias, tokens.texts[index], shouting=shouting):
                return count, entry
        return None


def _is_written_so(alias: str, written: str, *, shouting: bool) -> bool:
    if shouting:
        # In capitals a short acronym cannot be told from a word.
        return len(alias) >= 4 or not alias.isupper()
    if alias.isupper() and len(alias) <= 5:
        return written.isupper()
    return written[:1].isupper() or not alias[:1].isupper()


def _year(text: str, path: Path, line: int) -> int | None:
    if text and not text.isdecimal():
        raise GeoeventsError(f"{text!r} is no year", path=path, line=line)
    return int(text) if text else None


@lru_cache(maxsize=4)
def actors(path: Path | None = None) -> ActorLexicon:
    """Return the lexicon of `data/actors.csv`, or of another table of its columns.

    Raises `GeoeventsError` with path and line for an unknown kind or a year that is none.
    """
    path = path or table_path("actors.csv")
    by_first: dict[str, list[tuple[tuple[str, ...], str, ActorEntry]]] = {}
    size = 0
    for line, row in read_rows(path):
        size += 1
        if row["kind"] not in KINDS:
            raise GeoeventsError(f"{row['kind']!r} is no kind of actor", path=path, line=line)
        entry = ActorEntry(
            row["id"],
            row["name"],
            kind=row["kind"],
            country=row["country"] or None,
            is_generic=row["name"] in _GENERIC,
            years=(_year(row["from_year"], path, line), _year(row["to_year"], path, line)),
        )
        for written in row["aliases"].split("|"):
            alias = written.removeprefix(_DESCRIBES)
            meant = entry if alias == written else replace(entry, is_description=True)
            # Texts are read without the possessive ending, so the aliases are too.
            words = tuple(name_key(alias.replace("'s ", " ")).split())
            if words:
                by_first.setdefault(words[0], []).append((words, alias, meant))
    return ActorLexicon(
        size,
        {first: tuple(sorted(rows, key=lambda r: (-len(r[0]), r[1]))) for first, rows in by_first.items()},
    )


@dataclass(frozen=True, slots=True)
class CountryLexicon:
    """The words that mean a country or its people, and the countries' English names by code."""

    names: dict[str, str]
    _by_first: dict[str, tuple[tuple[tuple[str, ...], str, bool], ...]]

    @property
    def first_words(self) -> frozenset[str]:
        """The words that a country's or a people's name begins with."""
        return frozenset(self._by_first)

    def at(self, keys: Sequence[str], index: int) -> tuple[int, str, bool] | None:
        """Return word count, country code and whether it is an adjective or a people's name."""
        for words, code, is_demonym in self._by_first.get(keys[index], ()):
            if tuple(keys[index : index + len(words)]) == words:
                return len(words), code, is_demonym
        return None


@lru_cache(maxsize=1)
def countries() -> CountryLexicon:
    """Return the countries of `data/gazetteer.csv` with the adjectives of `data/demonyms.csv`."""
    names: dict[str, str] = {}
    found: dict[tuple[str, ...], tuple[str, bool]] = {}
    for _, row in read_rows(table_path("demonyms.csv")):
        if row["country"]:  # "African" is said of no single country
            found[tuple(name_key(row["demonym"]).split())] = (row["country"], True)
    for _, row in read_rows(table_path("gazetteer.csv")):
        if row["kind"] != "country":
            continue
        names[row["country"]] = row["name"]
        for name in [row["name"], *row["aliases"].split("|")]:
            words = tuple(name_key(name).split())
            if words and len("".join(words)) > 2:
                found.setdefault(words, (row["country"], False))
    # "US" and "U.K." are too short for the rule above and too common to miss.
    for text, code in (("U.S.", "US"), ("U.K.", "GB"), ("UAE", "AE")):
        found.setdefault(tuple(name_key(text).split()), (code, True))
    by_first: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    for words, (code, is_demonym) in found.items():
        by_first.setdefault(words[0], []).append((words, code, is_demonym))
    return CountryLexicon(
        names,
        {first: tuple(sorted(rows, key=lambda r: (-len(r[0]), r[0]))) for first, rows in by_first.items()},
    )
