"""What does each feature weigh, as learned by `training/recognition.py`?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geoevents.errors import GeoeventsError
from geoevents.tables import table_path

__all__ = ["Weights", "read_weights"]

_SCALE = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Log-odds for each feature.

    `own` weighs what is seen of a candidate alone, `context` what the rest of the document makes of
    it; the second score is `slope` times the first, plus `bias`, plus the context. `roles` tells the
    uses of names apart, by role.
    """

    own: Mapping[str, float]
    context: Mapping[str, float]
    slope: float
    bias: float
    roles: Mapping[str, Mapping[str, float]]


@cache
def read_weights(path: Path | None = None) -> Weights:
    """Read the weights that geoevents ships, or those of a file. Raises `GeoeventsError` for another file."""
    file = path or table_path("recognition.json")
    try:
        found: Any = json.loads(file.read_text(encoding="utf-8"))
        return Weights(
            own=_scaled(found["own"]),
            context=_scaled(found["context"]),
            slope=found["slope"] / _SCALE,
            bias=found["bias"] / _SCALE,
            roles={role: _scaled(weights) for role, weights in found["roles"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GeoeventsError(f"no weights of recognition: {error!r}", path=file) from None


def _scaled(weights: Mapping[str, int]) -> dict[str, float]:
    return {feature: weight / _SCALE for feature, weight in weights.items()}
