"""Pictures made anew: turned the right way up, without place, camera and whatever else was hidden in the file."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from wellspring.core.attachments.errors import FileDamaged, FileTooLarge

MOST_PIXELS = 50_000_000
"""A telephone's 48 megapixels fit; 200 MB while it is worked on."""
LONGEST_SIDE = 2560
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True, slots=True)
class Picture:
    data: bytes
    content_type: str
    width: int
    height: int


def made_anew(data: bytes, *, square: int | None = None) -> Picture:
    """The picture decoded and written again: JPEG, or PNG where parts of it are transparent; of moving ones a still.

    At most 2560 pixels wide and high; with `square`, cut to a square of so many pixels, a face's height above the
    middle. Raises FileTooLarge before anything is decoded, FileDamaged.
    """
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise FileTooLarge(
                    _("This picture has too many pixels (%(width)s × %(height)s). Make it smaller and try again.")
                    % {"width": opened.width, "height": opened.height}
                )
            still = _upright(opened)
    except (Image.DecompressionBombError, MemoryError):
        raise FileTooLarge(_("This picture has too many pixels. Make it smaller and try again.")) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError):
        raise FileDamaged(_("This picture is damaged. Open it, save it again, and try once more.")) from None
    if square:
        still = ImageOps.fit(still, (square, square), Image.Resampling.LANCZOS, centering=(0.5, 0.35))
    else:
        still.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return _written(still)


def _upright(opened: Image.Image) -> Image.Image:
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    opened.load()
    still = ImageOps.exif_transpose(opened)
    transparent = "A" in still.getbands() or "transparency" in still.info
    return still.convert("RGBA" if transparent else "RGB")


def _written(still: Image.Image) -> Picture:
    clean = Image.new(still.mode, still.size)
    clean.paste(still)
    out = io.BytesIO()
    if clean.mode == "RGBA" and clean.getchannel("A").getextrema() != (255, 255):
        clean.save(out, "PNG", optimize=True)
        kind = "image/png"
    else:
        clean.convert("RGB").save(out, "JPEG", quality=88, optimize=True, progressive=True)
        kind = "image/jpeg"
    return Picture(out.getvalue(), kind, clean.width, clean.height)
