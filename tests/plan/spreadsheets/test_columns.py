"""Numbers and names as an office writes them into the cells of a plan."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellspring.plan.services.items import MOST_VALUE
from wellspring.plan.spreadsheets.columns import names_of, number_of


@pytest.mark.parametrize(
    ("cell", "number"),
    [(None, None), ("", None), (12, 12), (0.1 + 0.2, Decimal("0.30")), ("1,200", 1200), ("１２．５", Decimal("12.5"))],
)
def test_numbers_are_read_as_they_are_written(cell: Any, number: Any) -> None:
    assert number_of(cell) == number


@pytest.mark.parametrize("cell", ["很多", "12人", "1e400", "NaN", "Infinity", 1e300, "--3"])
def test_what_is_no_number_is_told(cell: Any) -> None:
    with pytest.raises(ValueError, match="数字"):
        number_of(cell)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none()))
def test_no_cell_breaks_the_reading(cell: Any) -> None:
    try:
        number = number_of(cell)
    except ValueError:
        return
    assert number is None or abs(number) < 10 * MOST_VALUE**3


def test_names_are_parted_by_any_comma_and_stand_once() -> None:
    assert names_of("徐静、李芳，徐静; 周宁 /吴双") == ["徐静", "李芳", "周宁", "吴双"]
