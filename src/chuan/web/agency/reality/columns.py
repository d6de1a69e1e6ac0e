"""Confirming what the columns of a source mean: proposed once, corrected by people, kept for later files."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from chuan.analytics.logs import queries
from chuan.analytics.logs.actions import set_mapping
from chuan.analytics.logs.models import LogUpload
from chuan.files.actions import place_of
from chuan.files.kinds import Kind
from chuan.jobs.take_in_log import ask_for_waiting
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import NotYours
from chuan.kernel.scoping import require
from chuan.reading.eventlogs import (
    LogMapping,
    Proposal,
    Table,
    mapping_from,
    on_page,
    propose_mapping,
    read_table,
    recognised_columns,
)
from chuan.reading.timestamps import looks_like_a_date
from chuan.rules.authority import Permission
from chuan.text.messages import BadInput
from chuan.text.names import looks_like_person
from chuan.text.vietnamese import fold_words
from chuan.web.agency.reality.terms import ABOUT_COLUMNS, TermsForm, chosen_terms, terms_of
from chuan.web.agency.reality.words import FACTS
from chuan.web.kit.words import worded

SAMPLE, LOOKED_AT, OFTEN = 3, 200, 3
_LONG_NUMBER = re.compile(r"\+?\d{9,}")
_SEPARATORS = re.compile(r"[ .\-()]")
TABLES = (Kind.XLSX, Kind.TEXT, Kind.PARQUET)


@writes(Permission.IMPORT_LOG)
def log_columns(request: HttpRequest, key: str) -> HttpResponse:
    """Show the proposal for the columns of an upload, and keep it as corrected; then the file is taken in."""
    actor = actor_of(request)
    upload = queries.upload(actor, key)
    require(actor, Permission.IMPORT_LOG, upload.source.agency)
    if upload.file is None:
        raise NotYours
    source, said = upload.source, _said(request) if request.method == "POST" else None
    form = TermsForm(request.POST or None, initial=terms_of(source))
    given, missing = (said, ()) if said is not None else _given(upload)
    problem, table, proposal = _proposed(upload, given)
    problem = problem or _told_twice(request)
    if said is not None and not problem and form.is_valid():
        kept = {name: value for name, value in source.mapping.items() if name not in ABOUT_COLUMNS}
        mapping = kept | said | {"date_order": form.cleaned_data["date_order"]}
        set_mapping(source, mapping, by=actor, at=actor.at, **chosen_terms(form))
        ask_for_waiting(source)
        return redirect("log_upload", key=upload.key)
    context = {"upload": upload, "form": form, "problem": problem, "facts": FACTS.items(), "missing": missing}
    context |= _shown(table, proposal, _steps_offered(table, given)) if table and proposal else {}
    return render(request, "agency/reality/columns.html", context, status=422 if problem and request.POST else 200)


def _said(request: HttpRequest) -> dict[str, Any]:
    """Return what was posted as part of a mapping.

    `column` are headings and `fact` what each tells, in the same order; `offered` those that could be steps, `step`
    those that are.
    """
    pairs = _pairs(request)
    offered, steps = request.POST.getlist("offered"), request.POST.getlist("step")
    unused = [heading for heading, fact in pairs if fact not in FACTS]
    unused += [heading for heading in offered if heading not in steps]
    some = {"granularity": "steps"} if steps and len(steps) < len(offered) else {}
    return {"columns": {fact: heading for heading, fact in pairs if fact in FACTS}, "unused": unused} | some


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    return list(zip(request.POST.getlist("column"), request.POST.getlist("fact"), strict=False))


def _told_twice(request: HttpRequest) -> str:
    """Return what is wrong when two columns are to tell the same, "" otherwise."""
    for fact, count in Counter(fact for _heading, fact in _pairs(request) if fact in FACTS).items():
        if count > 1:
            return _("Hai cột cùng được chọn là “%(fact)s”. Giữ một cột, đặt cột kia là “Không dùng”.") % {
                "fact": FACTS[fact]
            }
    return ""


def _given(upload: LogUpload) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what the source's mapping says of this file, and the columns of it that the file has not.

    A file of another shape is recognised afresh: what was said of the columns of earlier files tells nothing of it.
    """
    mapping = upload.source.mapping
    if not mapping.get("columns"):
        return mapping, ()
    afresh = {name: value for name, value in mapping.items() if name not in ABOUT_COLUMNS}
    try:
        table = _table_of(upload, mapping_from(mapping))
    except BadInput:
        return afresh, ()  # what is wrong with the file is said where it is read again
    known = set(map(fold_words, table.headings)) if table else set()
    missing = tuple(one for one in mapping["columns"].values() if table and fold_words(one) not in known)
    return (afresh, missing) if missing else (mapping, ())


def _table_of(upload: LogUpload, given: LogMapping) -> Table | None:
    """Return the table of an upload; an XES file has no columns."""
    if upload.file is None or upload.file.kind not in TABLES:
        return None
    return read_table(place_of(upload.checksum), given, any_headings=True)


def _steps_offered(table: Table, said: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the headings that would be steps if none was left out."""
    columns = {"columns": said.get("columns", {})}
    try:
        return propose_mapping(table.headings, table.rows[:LOOKED_AT], mapping_from(columns)).steps
    except BadInput:
        return ()


def _proposed(upload: LogUpload, said: Mapping[str, Any]) -> tuple[str, Table | None, Proposal | None]:
    """Return what is wrong ("" for nothing), the table, and what its columns mean."""
    table = None
    try:
        given = mapping_from(said)
        table = _table_of(upload, given)
        return "", table, propose_mapping(table.headings, table.rows[:LOOKED_AT], given) if table else None
    except BadInput as problem:
        if table is None:
            return worded(on_page(problem.message)), None, None
        columns = given.columns if given.columns or given.unused else recognised_columns(table.headings)
        return worded(on_page(problem.message)), table, Proposal(columns, "")


def _shown(table: Table, proposal: Proposal, offered: Sequence[str]) -> dict[str, Any]:
    by_heading = {heading: fact for fact, heading in proposal.columns.items()}
    rows = [
        {
            "heading": heading,
            "fact": by_heading.get(heading, ""),
            "is_step": heading in proposal.steps,
            "can_be_step": heading in offered or heading in proposal.steps,
            "sample": _sample(table.rows, place, heading in by_heading or heading in proposal.steps),
        }
        for place, heading in enumerate(table.headings)
        if heading and heading not in proposal.hours.values()
    ]
    return {
        "columns": rows,
        "granularity": proposal.granularity,
        "unsure": [worded(on_page(one)) for one in proposal.unsure],
        "not_judged": list(_not_judged(proposal)),
    }


def _sample(rows: Sequence[Sequence[Any]], place: int, used: bool) -> str:
    """Return some cells of a column; of one that nobody uses yet, none where they may be about a person."""
    cells = [row[place] for row in rows[:LOOKED_AT] if place < len(row) and row[place] not in (None, "")]
    texts = [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in cells]
    different = list(dict.fromkeys(texts))
    if not different:
        return _("Cột trống")
    if not used and any(_may_be_personal(text, texts) for text in different):
        return _("Không hiện ví dụ: có thể là dữ liệu cá nhân")
    return " · ".join(different[:SAMPLE])


def _may_be_personal(text: str, all_texts: Sequence[str]) -> bool:
    """Tell whether a cell may be a name, a number or an address of a person; dates, codes, repeated words are not."""
    if looks_like_a_date(text):
        return False
    if looks_like_person(text) or "@" in text or _LONG_NUMBER.fullmatch(_SEPARATORS.sub("", text)):
        return True
    return " " in text.strip() and all_texts.count(text) < OFTEN


def _not_judged(proposal: Proposal) -> list[str]:
    """Return what a source with these columns cannot show."""
    found = []
    if proposal.granularity == "dossier":
        found.append(_("Không có các bước: chỉ xét được đúng hạn, chưa xét được có làm đúng quy trình không."))
    elif "position" not in proposal.columns:
        found.append(_("Không có cột vị trí thực hiện: chưa xét được đúng vị trí hay không."))
    if "service_code" not in proposal.columns:
        found.append(_("Không có mã thủ tục: mọi dòng được coi là của một thủ tục, hãy ghi mã thủ tục ở dưới."))
    return found
