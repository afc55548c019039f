"""The page in Firefox, where one is installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import map_samples as samples
import pytest
from marionette import Firefox

from geoevents.maps import build_map

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    binary = shutil.which("firefox-esr") or shutil.which("firefox")
    if binary is None:
        pytest.skip("Firefox is not installed")
    running = Firefox(binary, tmp_path_factory.mktemp("profile"), width=1440, height=900)
    yield running
    running.close()


@pytest.mark.parametrize("name", ["at_tanf", "refuted", "many", "nowhere", "hostile"])
def test_the_page_opens_whole_and_without_a_complaint(name: str, firefox: Firefox, tmp_path: Path) -> None:
    page = build_map(getattr(samples, name)(), title=samples.HOSTILE_TEXT if name == "hostile" else None)
    (tmp_path / "map.html").write_bytes(page.get_root().render().encode())
    firefox.open((tmp_path / "map.html").as_uri())
    assert firefox.evaluate("return geoevents.readyAt") > 0
    assert firefox.evaluate("return window.pwned === undefined")
    for tab in ("text", "claims", "events"):
        firefox.evaluate(f"geoevents.openTab('{tab}'); geoevents.select('e0', 'map')")
    has_events = firefox.evaluate("return geoevents.layer('event').count") > 0
    assert firefox.evaluate("return document.getElementById('detail').hidden") is not has_events
    assert firefox.evaluate("return geoevents.picture().width") > 1000
    assert firefox.errors() == []
    resources = "return performance.getEntriesByType('resource').map((one) => one.name).filter((name) => !/^(data|blob):/.test(name))"
    assert firefox.evaluate(resources) == []


def test_marks_filters_and_days_work(firefox: Firefox, tmp_path: Path) -> None:
    (tmp_path / "map.html").write_bytes(build_map(samples.many()).get_root().render().encode())
    firefox.open((tmp_path / "map.html").as_uri())
    firefox.evaluate("document.querySelector(\"[data-filter='Battles']\").click()")
    battles = sum(f["properties"].get("type") == "Battles" for f in samples.many()["features"])
    assert firefox.evaluate("return geoevents.countShown('event')") == 60 - battles
    firefox.evaluate("geoevents.showDays([20089, 20140])")
    assert 0 < firefox.evaluate("return geoevents.countShown('event')") < 60 - battles
