"""Columns of a table with one row per dossier: which of its moments is the finish, and which columns tell nothing.

In a table of events "Thời gian hoàn thành" is the time of a step, and "Bắt đầu" its beginning. In a table of dossiers
they are the finish and the reception of the whole.
"""

from collections.abc import Sequence

from chuan.reading.eventlogs.facts import recognise, tells_of_dossier, tells_what_was
from chuan.reading.eventlogs.table import listed
from chuan.text.messages import Message, message


def settle_moments(
    columns: dict[str, str], headings: Sequence[str], dated: Sequence[str], unsure: list[Message]
) -> None:
    """Change `columns` so that the times of a step tell of the dossier, and the finish is found where only one column
    can be it. `dated` are the headings with dates that are no steps."""
    of_steps = [columns.pop(fact) for fact in ("at", "started_at") if fact in columns]
    for fact in ("received_at", "finished_at"):
        told = (one for one in headings if one in of_steps and one not in columns.values())
        heading = next((one for one in told if tells_of_dossier(one, fact)), "")
        if heading and fact not in columns:
            columns[fact] = heading
    if "finished_at" not in columns and tells_what_was(columns.get("returned_at", "")):
        columns["finished_at"] = columns.pop("returned_at")
        unsure.append(message("eventlogs.returned_as_finish", column=columns["finished_at"]))
    _guess_the_finish(columns, [one for one in dated if one not in columns.values()], unsure)
    left = [one for one in dated if one not in columns.values()]
    if left:
        unsure.append(message("eventlogs.columns_unread", columns=listed(left)))


def _guess_the_finish(columns: dict[str, str], left: Sequence[str], unsure: list[Message]) -> None:
    """Take the only moment beside reception and due date as the finish; columns known to be of no use are none."""
    known = {"finished_at", "returned_at"} & set(columns)
    if known or not {"received_at", "due_at"} <= set(columns):
        return
    open_ones = [one for one in left if (about := recognise(one)) is None or (about.fact == "at" and not about.weak)]
    if len(open_ones) == 1:
        columns["finished_at"] = open_ones[0]
        unsure.append(message("eventlogs.finish_guessed", column=open_ones[0]))
