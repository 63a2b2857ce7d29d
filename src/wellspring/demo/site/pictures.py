"""The pictures of the sample reports: drawn when first asked for, always the same bytes for one name.

A name is `<scene>.<format>` or `<scene>-<variation>.<format>`; see `scenes.py`.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache

from .brush import Brush
from .scenes import SCENES

CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_NAME = re.compile(r"([a-z]+)(?:-(\d))?\.(jpg|png|webp)")


def is_picture(name: str) -> bool:
    """Whether there is a scene for this file name."""
    match = _NAME.fullmatch(name)
    return match is not None and match.group(1) in SCENES


@lru_cache(maxsize=64)
def draw_picture(name: str) -> bytes:
    """The encoded picture, 960 × 600. Raises KeyError for a scene that there is not."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise KeyError(name)
    scene, variation, form = match.groups()
    brush = Brush(seed=name.partition(".")[0], variation=int(variation or 1))
    SCENES[scene](brush)
    out = io.BytesIO()
    image = brush.finished()
    if form == "png":
        image.quantize(160).save(out, "PNG", optimize=True)
    elif form == "webp":
        image.save(out, "WEBP", quality=82, method=4)
    else:
        image.save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()
