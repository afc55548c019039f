"""Which kind of place is a GeoNames feature?

The codes are those of https://www.geonames.org/export/codes.html; a code that is not listed goes by
its class.
"""

from __future__ import annotations

from geoevents.places import PlaceKind

__all__ = ["kind_of_feature"]

_CLASSES = {
    "A": PlaceKind.REGION,  # divisions below the second order, zones, leased areas
    "H": PlaceKind.WATER,
    "L": PlaceKind.REGION,
    "P": PlaceKind.SETTLEMENT,
    "R": PlaceKind.FACILITY,
    "S": PlaceKind.FACILITY,
    "T": PlaceKind.LAND,
    "U": PlaceKind.WATER,
    "V": PlaceKind.LAND,
}
_CODES = {
    **dict.fromkeys(["PCL", "PCLD", "PCLF", "PCLI", "PCLIX", "PCLS", "TERR"], PlaceKind.COUNTRY),
    "ADM1": PlaceKind.ADMIN1,
    "ADM2": PlaceKind.ADMIN2,
    "CONT": PlaceKind.CONTINENT,
    "PPLX": PlaceKind.QUARTER,
    **dict.fromkeys(["AIRP", "AIRF", "AIRH", "AIRQ", "AIRS"], PlaceKind.AIRPORT),
    **dict.fromkeys(["AIRB", "BRKS", "FT", "INSM", "MILB", "NVB", "MVA"], PlaceKind.MILITARY),
    **dict.fromkeys(["CMP", "CMPQ", "CMPRF"], PlaceKind.CAMP),
    **dict.fromkeys(["CSTM", "PSTB", "PSTC"], PlaceKind.CROSSING),
    "BTL": PlaceKind.FRONT,
    **dict.fromkeys(["GASF", "INDS", "MNA", "OILF", "PRT"], PlaceKind.FACILITY),
}


def kind_of_feature(feature_class: str, code: str) -> PlaceKind:
    """Return the kind of a feature class and code.

    >>> kind_of_feature("P", "PPLX"), kind_of_feature("S", "AIRB"), kind_of_feature("H", "STM")
    (<PlaceKind.QUARTER: 'quarter'>, <PlaceKind.MILITARY: 'military'>, <PlaceKind.WATER: 'water'>)
    """
    return _CODES.get(code) or _CLASSES.get(feature_class, PlaceKind.REGION)
