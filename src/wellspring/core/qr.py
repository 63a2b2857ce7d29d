"""QR codes as inline SVG: no picture from elsewhere, no style attribute, sharp on paper."""

from __future__ import annotations

from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4
"""Empty modules around the code that readers need."""


def qr_svg(text: str, *, label: str) -> SafeString:
    """An `<svg>` that a telephone's camera reads as `text`; `label` is read out in its place.

    Dark on white whatever the page's colours: cameras do not read light on dark. Up to about 2,000 ASCII characters.
    """
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    size = len(rows) + 2 * QUIET
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path fill="#000" d="{2}"/></svg>',
        size,
        label,
        "".join(_runs(rows)),
    )


def _runs(rows: list[list[bool]]) -> list[str]:
    strokes = []
    for y, row in enumerate(rows):
        x = 0
        for dark, cells in groupby(row):
            width = len(list(cells))
            if dark:
                strokes.append(f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z")
            x += width
    return strokes
