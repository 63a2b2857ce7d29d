"""What a page asks for by itself is told apart from what somebody does."""

from __future__ import annotations

import re

from tests.architecture.test_shape import SRC

SIGN = """hx-headers='{"X-Unattended": "1"}'"""


def test_parts_of_a_page_that_ask_by_themselves_are_no_sign_of_life() -> None:
    asking = {
        f"{path.relative_to(SRC)}: {tag}": SIGN in tag
        for path in SRC.rglob("*.html")
        for tag in re.findall(r'<[^<>]*hx-trigger="(?:every|due|load)[^>]*>', path.read_text("utf-8"))
    }
    assert len(asking) >= 6
    assert all(asking.values()), [place for place, said in asking.items() if not said]
