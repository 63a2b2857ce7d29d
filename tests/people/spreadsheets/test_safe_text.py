"""Text that goes into spreadsheets: never a formula, never a sign that the file cannot hold."""

from __future__ import annotations

import pytest

from wellspring.people.spreadsheets.writing import safe


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-12", "-12"), ("楼道\x01管\uffff家\ufffe", "楼道管家")],
)
def test_text_in_a_spreadsheet_stays_text(typed: str, kept: str) -> None:
    assert safe(typed) == kept
