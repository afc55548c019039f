"""Which places are there, and which names does each have in every spelling?

>>> gazetteer = Gazetteer.load()
>>> gazetteer.lookup("Hmeimim")[0].place.country
'SY'
"""

from __future__ import annotations

from geoevents.gazetteer.curated import COLUMNS, validate
from geoevents.gazetteer.gazetteer import Gazetteer, NameHit, NameMatch
from geoevents.gazetteer.spelling import SpellingLevel

__all__ = ["COLUMNS", "Gazetteer", "NameHit", "NameMatch", "SpellingLevel", "validate"]
