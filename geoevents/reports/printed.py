"""How does a briefing look as a PDF that screen readers can read?"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from geoevents.errors import OptionError
from geoevents.reports.outline import Brief
from geoevents.reports.webpage import brief_page

__all__ = ["brief_pdf"]

_PANGO = (
    "a briefing as .pdf needs the system's Pango (on Debian: apt install libpangoft2-1.0-0), "
    "which weasyprint could not load"
)


def brief_pdf(brief: Brief) -> bytes:
    """Return the briefing as a tagged PDF. It fetches nothing: whatever is no `data:` is refused.

    Raises `OptionError`, saying what to install, where the system lacks what weasyprint draws with.
    """
    try:
        import weasyprint
        from weasyprint.urls import URLFetcher
    except OSError:
        raise OptionError(_PANGO) from None
    page = brief_page(brief, more_style=_fonts())
    nothing_else = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    document = weasyprint.HTML(string=page, url_fetcher=nothing_else)
    identifier = hashlib.sha256(page.encode("utf-8")).hexdigest()[:32].encode("ascii")
    data: bytes = document.write_pdf(pdf_identifier=identifier, pdf_variant="pdf/ua-1", custom_metadata=False)
    return data


def _fonts() -> str:
    """Return the letters of DejaVu, which come with matplotlib: the same on every machine."""
    rules = []
    for name, weight, style in (
        ("DejaVuSans.ttf", "normal", "normal"),
        ("DejaVuSans-Bold.ttf", "bold", "normal"),
        ("DejaVuSans-Oblique.ttf", "normal", "italic"),
    ):
        data = (files("matplotlib") / "mpl-data" / "fonts" / "ttf" / name).read_bytes()
        source = f"data:font/ttf;base64,{base64.b64encode(data).decode('ascii')}"
        rules.append(
            f'@font-face {{ font-family: "DejaVu Sans"; font-weight: {weight}; font-style: {style}; '
            f'src: url("{source}"); }}'
        )
    return "\n".join(rules)
