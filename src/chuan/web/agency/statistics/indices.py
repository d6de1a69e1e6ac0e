"""Chỉ số: each index with its parts, its formula and source, and the lists of dossiers behind it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from chuan.analytics.figures.queries import Counted, counted, days_received
from chuan.analytics.logs.queries import sources
from chuan.formats.xlsx_writing import Cell
from chuan.kernel.effects import actor_of, reads
from chuan.rules.authority import Permission
from chuan.rules.one_stop_indices import IndexSet, Value, evaluate, sets, total
from chuan.rules.one_stop_indices import indices as all_indices
from chuan.text import numbers
from chuan.web.agency.reality.dossiers import workbook_of
from chuan.web.agency.reality.filters import FINISHED, IN_TIME, LATE
from chuan.web.agency.reality.procedure import spent_words
from chuan.web.agency.statistics.asking import Asked, asked, frame, offered, procedure_asked, procedures_to_choose
from chuan.web.agency.statistics.words import decimal, plain, score_words

LISTS: Mapping[str, Sequence[tuple[str, str, Promise]]] = {
    "in_time": (("", IN_TIME, gettext_lazy("Đạt")), ("", LATE, gettext_lazy("Quá hạn"))),
    "worked": (("", FINISHED, gettext_lazy("Có kết quả")),),
    "total_time": (
        ("shorter", "early", gettext_lazy("Trước hạn")),
        ("equal", "on_time", gettext_lazy("Đúng ngày hạn")),
        ("longer", "late", gettext_lazy("Quá hạn")),
    ),
    "step_time": (
        ("shorter", "buoc-ngan-hon", gettext_lazy("Mọi bước ngắn hơn")),
        ("equal", "buoc-vua-bang", gettext_lazy("Có bước vừa bằng")),
        ("longer", "buoc-dai-hon", gettext_lazy("Có bước dài hơn")),
    ),
    "supplements": (
        ("none", "khong-bo-sung", gettext_lazy("Không lần nào")),
        ("once", "bo-sung-mot-lan", gettext_lazy("Một lần")),
        ("more", "bo-sung-nhieu-lan", gettext_lazy("Nhiều lần")),
    ),
}
"""The lists behind an index, by what feeds it: (its level, the state in the address of the list, words)."""
CONFIDENCE = {
    "high": gettext_lazy("đã đọc văn bản đang có hiệu lực"),
    "medium": gettext_lazy("đọc ở văn bản đã được thay hoặc theo cách hệ thống đang tính"),
    "low": gettext_lazy("theo trí nhớ, cần đối chiếu"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """An index that is fed, as the page shows it. `part` of `whole` with their share, or `said` where it is none."""

    value: Value
    name: str
    said: str
    beside: str
    part: int | None
    score: str
    lists: tuple[tuple[str, int, str], ...]
    formula: str
    source: str
    ours: str

    @property
    def whole(self) -> int:
        """How many are counted."""
        return self.value.whole


@reads(Permission.SEE_AGENCY)
def indices(request: HttpRequest) -> HttpResponse:
    """Show the indices of a period, of one procedure or of all."""
    actor, period = actor_of(request), asked(request)
    procedure = procedure_asked(actor, request)
    spans = days_received(actor, procedure)
    found = counted(actor, period.period, procedure)
    values = _values(found)
    context = frame(request, "indices") | {
        "asked": period,
        "periods": offered(request, spans),
        "procedure": procedure,
        "procedures": procedures_to_choose(actor, procedure.key if procedure else ""),
        "ever": spans is not None,
        "found": found,
        "list_url": period.wanted(procedure=procedure.key if procedure else "").url(),
        "not_judged": (period.wanted(procedure=procedure.key if procedure else "", state="not_judged").url()),
        "until": sources(actor).aggregate(until=Max("recorded_until"))["until"],
        "sets": [_shown(of, values, found, period, procedure.key if procedure else "") for of in sets().values()],
    }
    return render(request, "agency/statistics/indices.html", context)


def _values(found: Counted) -> list[Value]:
    tallies = found.tallies()
    return [evaluate(index, tallies.get(index.fed_by)) for index in all_indices()]


def _shown(of: IndexSet, values: Sequence[Value], found: Counted, period: Asked, procedure: str) -> dict[str, Any]:
    mine, language, summed = [one for one in values if one.index.of == of], _language(), total(values, of)
    return {
        "name": of.name.of(language),
        "source": of.source,
        "note": of.note.of(language),
        "confidence": CONFIDENCE[of.confidence],
        "replaced": (of.replaced_by, of.replaced_on) if of.replaced_by else None,
        "rows": [_row(one, found, period, procedure) for one in mine if one.is_fed],
        "unfed": [
            (one.index.code, one.index.name.of(language), one.index.needs.of(language) or _no_dossier(one))
            for one in mine
            if not one.is_fed
        ],
        "total": (decimal(summed.score, of.places), plain(summed.most), summed.fed, summed.scored),
        "missing": summed.scored - summed.fed,
        "rank": summed.rank.name.of(language) if summed.rank else "",
    }


def _no_dossier(one: Value) -> str:
    """Return why an index that dossiers can feed is not fed here."""
    if one.index.fed_by == "supplements":
        return _("nguồn dữ liệu có ghi việc yêu cầu bổ sung")
    if one.index.fed_by == "step_time":
        return _("hồ sơ có kết quả, ghi từng bước có định mức")
    return _("hồ sơ xét được hạn") if one.index.fed_by == "in_time" else _("hồ sơ có kết quả")


def _row(one: Value, found: Counted, period: Asked, procedure: str) -> Row:
    index, language, tally = one.index, _language(), found.tallies()[one.index.fed_by]
    counts = getattr(tally, "counts", {})
    if not counts:
        counts = {IN_TIME: found.in_time, LATE: found.judged - found.in_time, FINISHED: found.finished}
    lists = (
        (str(word), counts.get(level or state, 0), period.wanted(procedure=procedure, state=state).url())
        for level, state, word in LISTS[index.fed_by]
    )
    return Row(
        value=one,
        name=index.name.of(language),
        said=_said(one),
        beside=_beside(one),
        part=int(one.part) if index.kind == "share" else None,
        score=score_words(one),
        lists=tuple(lists),
        formula=index.formula.of(language),
        source=f"{index.of.source} · {index.article}",
        ours=index.ours.of(language),
    )


def _said(one: Value) -> str:
    """Return the result in words where it is no share: a mean time, or points."""
    if one.index.kind == "mean":
        return spent_words(float(one.value or 0))
    return _("%(points)s điểm") % {"points": numbers.number(int(one.part), language=_language())}


def _beside(one: Value) -> str:
    """Return the parts of such a result."""
    whole = numbers.number(one.whole, language=_language())
    if one.index.kind == "mean":
        hours = numbers.number(round(float(one.part) / 60, 1), language=_language())
        return _("%(hours)s giờ / %(whole)s hồ sơ") % {"hours": hours, "whole": whole}
    return _("của %(whole)s hồ sơ") % {"whole": whole}


def _language() -> str:
    return get_language() or "vi"


@reads(Permission.SEE_AGENCY)
def indices_export(request: HttpRequest) -> HttpResponse:
    """Download the indices as Excel, those without data too."""
    actor, period = actor_of(request), asked(request)
    values = _values(counted(actor, period.period, procedure_asked(actor, request)))
    heading = [_("Bộ chỉ số"), _("Mã"), _("Chỉ số"), _("Tử số"), _("Mẫu số"), _("Tỷ lệ hoặc trung bình")]
    heading += [_("Điểm"), _("Điểm tối đa"), _("Kỳ tiếp nhận"), _("Công thức"), _("Nguồn"), _("Ghi chú")]
    return workbook_of(heading, _lines(values, period.words), "chi-so.xlsx")


def _lines(values: Sequence[Value], period: str) -> Iterator[Sequence[Cell]]:
    language = _language()
    for one in values:
        index, fed = one.index, one.is_fed
        missing = _("Chưa có dữ liệu: cần %(what)s") % {"what": index.needs.of(language) or _no_dossier(one)}
        yield (
            index.of.name.of(language),
            index.code,
            index.name.of(language),
            _cell(one.part) if fed else None,
            one.whole if fed else None,
            _cell(one.value),
            _cell(one.score),
            _cell(one.most),
            period,
            index.formula.of(language),
            f"{index.of.source} · {index.article}",
            index.ours.of(language) if fed else missing,
        )


def _cell(value: Fraction | None) -> int | float | None:
    return None if value is None else int(value) if value.denominator == 1 else float(value)
