"""The factories give rows that the library shows."""

import pytest

from tests.library.factories import make_picture, make_snapshot, make_topic
from wellspring.library.queries.snapshots import visible_snapshots
from wellspring.people.viewer import GUEST

pytestmark = pytest.mark.django_db


def test_a_made_snapshot_is_visible() -> None:
    snapshot = make_snapshot(topics=[make_topic()])
    make_picture(snapshot)
    assert list(visible_snapshots(viewer=GUEST)) == [snapshot]
    assert snapshot.shows_full_text
