"""Which row a link means: step numbers are written in many ways, and written tables repeat them."""

import re
from collections.abc import Sequence

from chuan.rules.conformance.automaton import ModelError
from chuan.rules.procedure.structure import Link, Step
from chuan.text.vietnamese import fold


def plain_number(number: str) -> str:
    """Return what B1, Bước 1, 01 and "1." have in common ("1"); any other numbering stays as its folded words."""
    bare = re.sub(r"^(?:buoc|b)\s*(?=\d)", "", fold(number).strip(" .:)-"))
    return re.sub(r"^0+(?=\d)", "", bare)


def target(steps: Sequence[Step], row: int, link: Link) -> int:
    """Return the index of the row that `link`, written in `row`, leads to.

    Of several rows with the number the nearest is meant, of two equally near the earlier one; the number of a step that
    is written only as sub-steps (B3 as B3.1, B3.2) means the first of these. Raises ModelError when there is none.
    """
    wanted = plain_number(link.to or "")
    numbers = [plain_number(step.no) for step in steps]
    same = [index for index, number in enumerate(numbers) if number and number == wanted]
    if same:
        return min(same, key=lambda index: (abs(index - row), index))
    below = [index for index, number in enumerate(numbers) if wanted and number.startswith(wanted + ".")]
    if not below:
        here = steps[row]
        raise ModelError("conformance.link_to_nowhere", row=row + 1, step=here.no or here.title, to=link.to or "")
    return below[0]
