"""What does the text say of each candidate of a name: where it lies, of what kind it is?"""

from __future__ import annotations

from collections.abc import Sequence

from geoevents.lexicon.places import KIND_WORDS
from geoevents.model import PlaceKind
from geoevents.resolution.meanings import Option, Region
from geoevents.resolution.mentions import Setting
from geoevents.resolution.names import Name

__all__ = ["SITES", "Said", "said_anywhere", "said_here"]

Said = dict[str, float]  # features of `weights.SETTING`

SITES = frozenset(
    {
        PlaceKind.MILITARY,
        PlaceKind.AIRPORT,
        PlaceKind.CROSSING,
        PlaceKind.CAMP,
        PlaceKind.FACILITY,
    }
)


def said_anywhere(name: Name) -> list[Said]:
    """Return for each option of a name what is said of it somewhere in the document."""
    out: list[Said] = []
    for i, option in enumerate(name.options):
        said: Said = {}
        if name.regions:
            _see_regions(said, option, name.regions, "elsewhere said to lie in it")
        if name.far and name.far[i]:
            said["far from where it is said to lie"] = name.far[i]
        out.append(said)
    return out


def said_here(name: Name, setting: Setting, region: Region | None) -> list[Said] | None:
    """Return for each option what is said of it where the name stands, `None` when nothing is of any.

    `region` is what the setting's qualifier means, where a place of the name lies there.
    """
    cue = setting.cue
    if cue is None and not (name.regions or name.far or name.kinds or name.meanings.has_noun):
        return None
    out = said_anywhere(name)
    for option, said in zip(name.options, out, strict=True):
        if region is not None:
            said.pop("elsewhere said to lie in it", None)
            said.pop("said to lie elsewhere", None)
            _see_regions(said, option, [region], "said to lie in it")
        noun = cue or option.noun
        if noun is not None:
            kinds = KIND_WORDS[noun]
            if PlaceKind.ADMIN1 in kinds:
                said["called an area" if option.place.kind in kinds else "another than the area"] = 1.0
            else:
                said["kind fits" if option.place.kind in kinds else "another kind"] = 1.0
        elif option.place.kind in name.kinds:
            said["elsewhere this kind"] = 1.0
    return out


def _see_regions(said: Said, option: Option, regions: Sequence[Region], feature: str) -> None:
    is_inside = any(region.holds(option) for region in regions)
    said[feature if is_inside else "said to lie elsewhere"] = 1.0
