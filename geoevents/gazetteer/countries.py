"""Which countries are there, where do names carry the Arabic article, and where do spellings vary?

By ISO 3166-1 alpha-2 code, and XK for Kosovo; the two smaller sets are ours, from the languages
that GeoNames lists for each country.
"""

from __future__ import annotations

__all__ = ["ARABIC_COUNTRIES", "COUNTRY_CODES", "ROMANIZED_COUNTRIES"]

COUNTRY_CODES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
    """.split()
)
"""The codes in force (GeoNames also lists AN and CS, which were withdrawn)."""

ARABIC_COUNTRIES = frozenset(
    "AE BH DJ DZ EG EH ER IL IQ IR JO KW LB LY MA MR OM PS QA SA SD SO SS SY TN YE".split()
)
"""Where al- and its kin may stand before a name or fall away."""

ROMANIZED_COUNTRIES = ARABIC_COUNTRIES | frozenset(
    "AF AM AZ BA BD BG BY CY ET GE GR IN KG KZ LK MD ME MK MM MN NP PK RS RU TD TJ TM TR UA UZ XK".split()
)
"""Where one name is written in several romanizations, so that its sound is indexed too."""
