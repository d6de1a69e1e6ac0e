"""The histogram as a picture: its figures stay apart, and every bar still tells its count."""

import re
from itertools import pairwise
from typing import Any

from chuan.web.agency.reality.charts import LETTER, histogram_svg

PLACED = re.compile(r'<text class="middle" x="([\d.]+)" y="([\d.]+)">(\d+)</text>')


def picture(counts: list[int], *marks: float) -> dict[str, Any]:
    """Bars as narrow as the check draws them, with limits at `marks`."""
    slot = 640 / len(counts)
    bars = [
        {"label": str(n), "count": count, "x": n * slot + 2, "y": 60.0, "width": slot - 4, "height": 9.0, "late": ""}
        for n, count in enumerate(counts)
    ]
    limits = [{"amount": n, "x": x, "double": n > 0} for n, x in enumerate(marks)]
    return {"unit": "working_day", "bars": bars, "marks": limits, "width": 640, "height": 240, "foot": 200}


def test_the_figures_of_narrow_bars_do_not_run_into_each_other() -> None:
    drawn = str(histogram_svg(picture([250 + n for n in range(40)])))
    rows: dict[str, list[tuple[float, int]]] = {}
    for x, y, figure in PLACED.findall(drawn):
        rows.setdefault(y, []).append((float(x), LETTER * len(figure)))
    assert len(rows) == 2, "counts above, days below"
    for row in rows.values():
        ordered = sorted(row)
        assert len(ordered) > 10
        assert all(a + (wide + next_wide) / 2 <= b for (a, wide), (b, next_wide) in pairwise(ordered))
    assert "<title>7: 257</title>" in drawn
    assert drawn.count("<title>") == 40


def test_wide_bars_keep_all_their_figures() -> None:
    for bars in (4, 23, 27):
        assert len(PLACED.findall(str(histogram_svg(picture([9] * bars))))) == 2 * bars


def test_the_words_of_a_limit_give_way_to_the_next_limit() -> None:
    near, far = (str(histogram_svg(picture([1, 2, 3, 4], 300.0, x))) for x in (350.0, 520.0))
    assert re.findall(r'class="limit-word (\w+)"', near) == ["end", "start"]
    assert re.findall(r'class="limit-word (\w+)"', far) == ["start", "start"]
