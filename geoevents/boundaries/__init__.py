"""Countries and borders as geometry: which country is it, and how far is the border?"""

from geoevents.boundaries.boundaries import Boundaries, CountryAt

__all__ = ["Boundaries", "CountryAt"]
