"""Parts of addresses: what they match and what they become."""

from __future__ import annotations

from django.urls.converters import IntConverter


class RowId(IntConverter):
    """The id of a row. Longer numbers than a database can hold do not match, so they answer 404."""

    regex = "[0-9]{1,18}"
