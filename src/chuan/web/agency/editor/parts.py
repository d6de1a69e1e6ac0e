"""The parts of a procedure besides its steps: which fields stand on which tab, and what was typed into them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chuan.kernel.errors import Refusal
from chuan.quality.procedures.drafting import limit_typed
from chuan.rules.procedure.amounts import written
from chuan.rules.procedure.structure import Component, Form, KeptRecord, Procedure
from chuan.text.vietnamese import clean

STEPS = "buoc"


class NotAWholeNumber(Refusal):
    """Words, a sign or a fraction where only a count can stand: `field` is the name of the field, `typed` the words."""

    def __init__(self, field: str, typed: str) -> None:
        self.field, self.typed = field, typed

    def __str__(self) -> str:
        return gettext("Chưa lưu: %(field)s «%(typed)s» không phải số đếm. Hãy chỉ ghi số, ví dụ 2, hoặc để trống.") % {
            "field": self.field,
            "typed": self.typed,
        }


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a tab. Kind: line, text (several lines), list (one entry per line), limit or whole number."""

    name: str
    label: Promise
    kind: str = "line"
    hint: Promise | str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a tab: the list part it holds, and its columns as fields of the entries."""

    name: str
    title: Promise
    columns: tuple[Field, ...]
    entry: Any


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the editor: its word in the address, its title, its fields and tables."""

    slug: str
    title: Promise
    fields: tuple[Field, ...] = ()
    grids: tuple[Grid, ...] = ()

    @property
    def parts(self) -> set[str]:
        """The parts of the procedure that are typed on this tab."""
        return {field.name for field in self.fields} | {grid.name for grid in self.grids}


_ONE_PER_LINE = _("Mỗi dòng một mục.")
TABS = (
    Tab(STEPS, _("Các bước")),
    Tab(
        "thong-tin",
        _("Thông tin chung"),
        (
            Field("name", _("Tên quy trình")),
            Field("procedure_code", _("Ký hiệu")),
            Field("service_code", _("Mã thủ tục hành chính"), hint=_("Ví dụ 1.013225")),
            Field("field", _("Lĩnh vực")),
            Field("committed", _("Thời hạn cam kết"), "limit", _("Ví dụ 12 ngày làm việc")),
            Field("legal", _("Thời hạn theo luật"), "limit"),
            Field("fee", _("Phí, lệ phí"), "text"),
            Field("online_level", _("Mức độ trực tuyến")),
            Field("processing_agency", _("Cơ quan giải quyết")),
            Field("deciding_authority", _("Người có thẩm quyền quyết định")),
            Field("subject", _("Đối tượng thực hiện"), "text"),
            Field("place", _("Nơi tiếp nhận và trả kết quả"), "text"),
            Field("purpose", _("Mục đích"), "text"),
            Field("scope", _("Phạm vi áp dụng"), "text"),
        ),
    ),
    Tab(
        "ho-so",
        _("Hồ sơ, biểu mẫu"),
        (Field("sets", _("Số bộ hồ sơ"), "whole"),),
        (
            Grid(
                "components",
                _("Thành phần hồ sơ"),
                (
                    Field("name", _("Tên giấy tờ")),
                    Field("copy_type", _("Bản chính, bản sao")),
                    Field("quantity", _("Số lượng"), "whole"),
                    Field("form", _("Mẫu")),
                ),
                Component,
            ),
            Grid("forms", _("Biểu mẫu"), (Field("code", _("Ký hiệu mẫu")), Field("name", _("Tên biểu mẫu"))), Form),
        ),
    ),
    Tab(
        "can-cu",
        _("Căn cứ, kết quả"),
        (
            Field("legal_basis", _("Căn cứ pháp lý"), "list", _ONE_PER_LINE),
            Field("results", _("Kết quả"), "list", _ONE_PER_LINE),
            Field("conditions", _("Yêu cầu, điều kiện"), "text"),
            Field("definitions", _("Giải thích từ ngữ"), "list", _ONE_PER_LINE),
        ),
    ),
    Tab(
        "luu",
        _("Hồ sơ lưu"),
        grids=(
            Grid(
                "records",
                _("Hồ sơ lưu"),
                (Field("name", _("Tên hồ sơ")), Field("place", _("Nơi lưu")), Field("duration", _("Thời gian lưu"))),
                KeptRecord,
            ),
        ),
    ),
)


def tab_named(slug: str) -> Tab:
    """Return the tab with this word, the steps when there is none."""
    return next((tab for tab in TABS if tab.slug == slug), TABS[0])


def field_rows(procedure: Procedure, tab: Tab) -> list[tuple[Field, str]]:
    """Return the fields of a tab with what stands in them."""
    return [(field, _shown(procedure, field)) for field in tab.fields]


def grid_rows(procedure: Procedure, tab: Tab) -> list[tuple[Grid, list[tuple[int, list[tuple[Field, str]]]]]]:
    """Return the tables of a tab with their rows, each with its index; an empty table gets one row to type into."""
    found = []
    for grid in tab.grids:
        rows = [
            (index, [(column, _shown(entry, column)) for column in grid.columns])
            for index, entry in enumerate(getattr(procedure, grid.name))
        ]
        found.append((grid, rows or [(-1, [(column, "") for column in grid.columns])]))
    return found


def _shown(holder: Any, field: Field) -> str:
    value = getattr(holder, field.name)
    if field.kind == "limit":
        text = getattr(holder, f"{field.name}_text")
        return text or (written(value) if value else "")
    if field.kind == "list":
        return "\n".join(value)
    return "" if value is None else str(value)


def with_parts(procedure: Procedure, tab: Tab, typed: QueryDict) -> Procedure:
    """Return the procedure with what was typed on a tab; fields that were not sent stay."""
    changes: dict[str, Any] = {}
    for field in tab.fields:
        if field.name in typed:
            changes |= _read(procedure, field, typed.get(field.name, ""))
    for grid in tab.grids:
        changes[grid.name] = _entries(procedure, grid, typed)
    return replace(procedure, **changes)


def _read(procedure: Procedure, field: Field, text: str) -> Mapping[str, Any]:
    if text.strip() == _shown(procedure, field):
        return {}
    if field.kind == "limit":
        return {
            field.name: limit_typed(text, getattr(procedure, field.name)),
            f"{field.name}_text": clean(text),
        }
    if field.kind == "list":
        return {field.name: tuple(words for line in text.splitlines() if (words := clean(line)))}
    return {field.name: _value(field, text)}


def _value(field: Field, text: str) -> str | int | None:
    words = clean(text)
    if field.kind != "whole":
        return words
    if words and not (words.isdecimal() and len(words) < 6):
        raise NotAWholeNumber(str(field.label), words)
    return int(words) if words else None


def _entries(procedure: Procedure, grid: Grid, typed: QueryDict) -> tuple[Any, ...]:
    """Return the rows of a table as entries; what the table does not show of an entry is kept."""
    before = getattr(procedure, grid.name)
    columns = [typed.getlist(f"{grid.name}-{column.name}") for column in grid.columns]
    found = []
    for was, *words in zip(typed.getlist(f"{grid.name}-was"), *columns, strict=False):
        values = {column.name: _value(column, text) for column, text in zip(grid.columns, words, strict=True)}
        known = was.isdecimal() and int(was) < len(before)
        if any(values.values()):
            found.append(replace(before[int(was)], **values) if known else grid.entry(**values))
    return tuple(found)
