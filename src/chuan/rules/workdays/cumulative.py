"""Sums per day that answer in constant time: how much lies before a day, and on which day a sum is reached."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate


class Cumulative:
    """Whole amounts per day: `days` from ordinal `first` on, and the pattern `week` (Monday first) outside of them.

    Days are proleptic ordinals (`date.toordinal`). The sum before `first` is 0; before that, sums are negative.
    """

    def __init__(self, first: int, days: Sequence[int], week: Sequence[int]) -> None:
        self.first = first
        self.last = first + len(days)
        self.sums = list(accumulate(days, initial=0))
        self._week_total = sum(week)
        self._from_first = self._one_week(week, first)
        self._from_last = self._one_week(week, self.last)

    @staticmethod
    def _one_week(week: Sequence[int], ordinal: int) -> list[int]:
        return list(accumulate((week[(ordinal - 1 + day) % 7] for day in range(7)), initial=0))

    def before(self, ordinal: int) -> int:
        """Return the sum over all days before `ordinal`."""
        if self.first <= ordinal <= self.last:
            return self.sums[ordinal - self.first]
        if ordinal < self.first:
            weeks, rest = divmod(ordinal - self.first, 7)
            return weeks * self._week_total + self._from_first[rest]
        weeks, rest = divmod(ordinal - self.last, 7)
        return self.sums[-1] + weeks * self._week_total + self._from_last[rest]

    def day_reaching(self, total: int) -> int:
        """Return the day on which the sum first reaches `total`: before(day) < total <= before(day + 1)."""
        if 0 < total <= self.sums[-1]:
            return self.first + bisect_left(self.sums, total) - 1
        anchor, base, week = (
            (self.first, 0, self._from_first) if total <= 0 else (self.last, self.sums[-1], self._from_last)
        )
        weeks, rest = divmod(total - base - 1, self._week_total)
        return anchor + 7 * weeks + bisect_left(week, rest + 1) - 1
