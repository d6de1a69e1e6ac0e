"""Buttons of a row without a script: add, copy, move and delete rows of what was sent."""

from dataclasses import replace

from chuan.quality.procedures.drafting import TypedStep
from chuan.web.agency.editor.typed import Typed


def acted(typed: Typed) -> Typed:
    """Return what was sent after the pressed button did its work on the rows."""
    act, _, words = typed.act.partition(":")
    if act not in _ACTS or not words.isdecimal() or int(words) >= len(typed.rows):
        return typed
    return replace(typed, rows=tuple(_ACTS[act](list(typed.rows), int(words))))


def _add(rows: list[TypedStep], at: int) -> list[TypedStep]:
    return [*rows[: at + 1], TypedStep(title="…", phase=rows[at].phase), *rows[at + 1 :]]


def _copy(rows: list[TypedStep], at: int) -> list[TypedStep]:
    return [*rows[: at + 1], rows[at], *rows[at + 1 :]]


def _up(rows: list[TypedStep], at: int) -> list[TypedStep]:
    if at:
        rows[at - 1], rows[at] = rows[at], rows[at - 1]
    return rows


def _down(rows: list[TypedStep], at: int) -> list[TypedStep]:
    return _up(rows, at + 1) if at + 1 < len(rows) else rows


def _delete(rows: list[TypedStep], at: int) -> list[TypedStep]:
    return [*rows[:at], *rows[at + 1 :]]


_ACTS = {"add": _add, "copy": _copy, "up": _up, "down": _down, "delete": _delete}
