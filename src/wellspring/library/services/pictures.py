"""Pictures of reports and the captures that hold them."""

from __future__ import annotations

from wellspring.engine.errors import EngineError
from wellspring.engine.fetch.pictures import picture_type
from wellspring.library.archive import kept_content, kept_response
from wellspring.library.models import Capture, Picture

NOT_A_PICTURE = "not_a_picture"


def fill_picture(picture_id: int, capture: Capture) -> None:
    """Let a picture that is still to be fetched have this capture; one in a format that is not shown is given up."""
    waiting = Picture.objects.filter(pk=picture_id, capture=None)
    try:
        shown = picture_type(kept_content(kept_response(capture)))
    except EngineError:
        shown = None
    if shown:
        waiting.update(capture=capture, error_code="")
    else:
        waiting.update(error_code=NOT_A_PICTURE)
