"""A value against baseline and target, up or down, known or not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellspring.plan.measure import Standing

NUMBERS = st.decimals(min_value=-10_000, max_value=10_000, places=2)


def standing(baseline: str | None, target: str | None, value: str | None) -> Standing:
    return Standing(*(None if text is None else Decimal(text) for text in (baseline, target, value)))


@pytest.mark.parametrize(
    ("numbers", "percent", "change", "reached"),
    [
        (("40", "120", "80"), 50, "+40", False),
        (("63", "5", "5"), 100, "−58", True),
        (("63", "5", "70"), -12, "+7", False),
        (("40", "120", "140"), 125, "+100", True),
        ((None, "120", "60"), 50, "", False),
        (("40", None, "60"), None, "+20", None),
        (("40", "120", None), None, "", None),
        (("40", "40", "40"), None, "0", True),
    ],
)
def test_the_way_from_baseline_to_target(
    numbers: tuple[str | None, str | None, str | None], percent: int | None, change: str, reached: bool | None
) -> None:
    shown = standing(*numbers)
    assert (shown.percent, shown.told_change, shown.is_reached) == (percent, change, reached)


@given(NUMBERS, NUMBERS)
def test_whoever_stands_at_the_target_has_gone_the_whole_way(baseline: Decimal, target: Decimal) -> None:
    shown = Standing(baseline, target, target)
    assert shown.is_reached
    assert shown.percent == (None if baseline == target else 100)
    assert 0 <= shown.shown <= 100
