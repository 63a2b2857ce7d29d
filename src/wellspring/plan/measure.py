"""A measure's value against where it began and where it shall be: pure reckoning."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a measure stands."""

    baseline: Decimal | None
    target: Decimal | None
    value: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """From the baseline to the value; None where either is not known."""
        if self.value is None or self.baseline is None:
            return None
        return self.value - self.baseline

    @property
    def told_change(self) -> str:
        """With its sign; empty where it is not known."""
        change = self.change
        if change is None:
            return ""
        text = f"{change.normalize():f}"
        return f"+{text}" if change > 0 else text.replace("-", "\N{MINUS SIGN}")

    @property
    def percent(self) -> int | None:
        """How much of the way from baseline to target is gone, in whole per cent; below 0: back, above 100: beyond.

        None where something is not known, or where the target is to hold the baseline. A target below the baseline is a
        way like any other. Without a baseline the way begins at nothing.
        """
        if self.value is None or self.target is None:
            return None
        begin = self.baseline or Decimal(0)
        if self.target == begin:
            return None
        share = (self.value - begin) / (self.target - begin) * 100
        return int(share.quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def is_reached(self) -> bool | None:
        """Whether the value is at the target or beyond it; None where that is not known."""
        if self.value is None or self.target is None:
            return None
        if self.baseline is not None and self.target < self.baseline:
            return self.value <= self.target
        return self.value >= self.target

    @property
    def shown(self) -> int:
        """The way gone as a bar shows it: 0 to 100."""
        return max(0, min(100, self.percent or 0))


def told_number(number: Decimal | None) -> str:
    """Without the zeros that the column adds; empty for none."""
    return "" if number is None else f"{number.normalize():f}"
