# ruff: noqa: INP001, T201 -- a command that says what it did, not a package
"""How do the pictures of the README and the docs look now?

Maps the texts of `examples/` and takes them with headless Chromium, anew after each change of the
page, into `docs/pictures/`::

    python scripts/pictures.py

Needs the `dev` extra and Chromium. The pictures have 256 colors at most, which keeps them small.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

import geoevents as ge

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESKTOP = (1440, 900)
COLORS, FREQUENT = 256, 160
QUIET_MS = 600


def _opened(page: Page) -> None:
    """Leave the page as it opens."""


def _refuted(page: Page) -> None:
    """Show the first claim that the map contradicts on the map."""
    page.click("#tab-claims")
    page.click(".card >> text=Show on map")


def _events(page: Page) -> None:
    """Choose an event of the table."""
    page.click("#tab-events")
    page.click("#view-events tbody tr:nth-child(2) button.link")


_Shot = tuple[str, str, tuple[int, int], bool, Callable[[Page], None]]
SHOTS: tuple[_Shot, ...] = (
    ("map.png", "at-tanf.txt", DESKTOP, False, _opened),
    ("refuted.png", "distances.txt", DESKTOP, False, _refuted),
    ("events-dark.png", "sahel-and-horn.txt", DESKTOP, True, _events),
)


def main() -> None:
    """Write all pictures."""
    target = ROOT / "docs" / "pictures"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, example, size, is_dark, act in SHOTS:
            map_page = ge.write_map(
                [ge.analyze(text) for text in ge.read_documents(ROOT / "examples" / example)],
                Path(folder) / "map.html",
            )
            small = _small(_taken(browser, map_page, size, is_dark=is_dark, act=act))
            (target / name).write_bytes(small)
            print(f"{name}: {len(small) / 1000:.0f} kB")
        browser.close()
    still = target / "still.png"
    document = next(iter(ge.read_documents(ROOT / "examples" / "at-tanf.txt")))
    ge.write_map([ge.analyze(document)], still, size="page")
    still.write_bytes(_small(still.read_bytes()))
    print(f"still.png: {still.stat().st_size / 1000:.0f} kB")


def _taken(
    browser: Browser, page_file: Path, size: tuple[int, int], *, is_dark: bool, act: Callable[[Page], None]
) -> bytes:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if is_dark else "light",
        reduced_motion="reduce",
        offline=True,
    )
    page = context.new_page()
    page.goto(page_file.as_uri(), wait_until="load")
    act(page)
    page.mouse.move(width - 2, height - 2)
    page.wait_for_timeout(QUIET_MS)
    picture = page.screenshot()
    context.close()
    return picture


def _small(png: bytes) -> bytes:
    """Return the picture in its most frequent colors, and those farthest from them: small signs keep theirs."""
    with Image.open(io.BytesIO(png)) as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(np.int32)
    colors, where, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    kept = colors[np.argsort(-counts, kind="stable")[:FREQUENT]]
    while len(kept) < COLORS:
        off = np.min([((colors - one) ** 2).sum(axis=1) for one in kept], axis=0)
        kept = np.vstack([kept, colors[np.argmax(off * np.sqrt(counts))]])
    nearest = np.array([((kept - color) ** 2).sum(axis=1).argmin() for color in colors], dtype=np.uint8)
    reduced = Image.fromarray(nearest[where].reshape(pixels.shape[:2]), mode="P")
    reduced.putpalette(kept.astype(np.uint8).tobytes())
    out = io.BytesIO()
    reduced.save(out, format="PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
