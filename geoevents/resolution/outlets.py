"""What does the name of an outlet say of where it is at home?

Of "thelebanondailynews.com" that it bears the name Lebanon, of "civil.ge" that it writes from Georgia.
Both are hints among others: of papers that bear a name, some are in the famous place, most are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from geoevents.tables import read_rows, table_path

__all__ = ["Outlet", "outlet_of"]

# Endings of domains that are sold for what they look like, and those that are not ISO's code.
_SOLD = frozenset("ai am cc co eu fm gg im io la ly me ms nu sh st su tk to tv vc ws".split())
_OTHERWISE = {"uk": "GB"}
_DOMAIN = re.compile(
    r"(?:https?://)?((?:[a-z0-9-]{1,63}\.){1,5}([a-z]{2,20}))(?:[/:?].{0,2000})?", re.IGNORECASE
)
_LETTERS = re.compile(r"[^a-z0-9]")
_SHORTEST = 4  # letters of a name that may stand inside a domain by chance: "rome" does in "chrome"


@dataclass(frozen=True, slots=True)
class Outlet:
    """What an outlet is called in small letters without spaces, and its country where the domain says it."""

    letters: str
    country: str | None = None
    town: str | None = None
    division: str | None = None

    def bears(self, key: str) -> bool:
        """Say whether the outlet bears a name, given its key.

        >>> outlet_of("www.newyorktimes.com").bears("new york")
        True
        """
        squeezed = key.replace(" ", "")
        return len(squeezed) >= _SHORTEST and squeezed in self.letters


def outlet_of(source: str | None) -> Outlet:
    """Return what the name or domain of an outlet says.

    >>> outlet_of("civil.ge").country, outlet_of("The Lebanon Daily News").letters
    ('GE', 'thelebanondailynews')
    """
    if source is None:
        return Outlet("")
    domain = _DOMAIN.fullmatch(source.strip())
    if domain is None:
        return Outlet(_LETTERS.sub("", source.lower()))
    host, ending = domain.group(1).lower(), domain.group(2).lower()
    letters = _LETTERS.sub("", host.rpartition(".")[0])
    while host:
        if host in _homes():
            town, division, country = _homes()[host]
            return Outlet(letters, country, town, division)
        host = host.partition(".")[2]
    country_code = None
    if len(ending) == 2 and ending not in _SOLD:
        country_code = _OTHERWISE.get(ending, ending.upper())
    return Outlet(letters, country_code)


@cache
def _homes() -> dict[str, tuple[str, str | None, str]]:
    """Return town, division and country of each outlet of the table, by its domain."""
    rows = read_rows(table_path("outlets.csv"))
    return {row["domain"]: (row["town"], row["division"] or None, row["country"]) for _, row in rows}
