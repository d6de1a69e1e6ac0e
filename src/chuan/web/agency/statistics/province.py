"""For the province: the indices of its agencies side by side; sums alone, no dossier is shown (facts D1)."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from chuan.analytics.figures.queries import Counted, counted_by_agency
from chuan.analytics.findings.models import AgencyReading
from chuan.analytics.findings.queries import agency_readings
from chuan.kernel.effects import actor_of, reads
from chuan.rules.authority import Permission
from chuan.rules.one_stop_indices import Index, evaluate
from chuan.rules.one_stop_indices import indices as all_indices
from chuan.web.agency.reality.procedure import spent_words
from chuan.web.agency.reality.province import BY_NAME
from chuan.web.agency.statistics.asking import asked, offered
from chuan.web.agency.statistics.words import score_words
from chuan.web.kit.paging import page_of
from chuan.web.kit.templatetags.chuan import rate

BACK = timedelta(days=365)
"""How far back quarters and years are offered."""
SHOWN = tuple(one for one in all_indices() if one.fed_by)


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency with its dossiers of the period and what each index that they feed came to, "–" where they do not."""

    read: AgencyReading
    dossiers: int
    not_judged: int
    said: tuple[tuple[str, str], ...]


@reads(Permission.SEE_PUBLISHED)
def indices_agencies(request: HttpRequest) -> HttpResponse:
    """Show the agencies of the province with the indices that their dossiers feed."""
    actor, period = actor_of(request), asked(request)
    today = timezone.localdate(actor.at)
    rows = agency_readings(actor, words=request.GET.get("q", ""))
    rows = rows.only("agency__key", "agency__name", "agency__search_text")
    page = page_of(rows, BY_NAME, request.GET.get("sau", ""))
    counts = counted_by_agency([one.agency_id for one in page.rows], period.period)
    context = {
        "asked": period,
        "periods": offered(request, (today - BACK, today)),
        "page": page,
        "heads": [(f"{_text_of(one)} · {one.code}", one.name.of(_language())) for one in SHOWN],
        "rows": [_row(one, counts.get(one.agency_id, Counted())) for one in page.rows],
    }
    return render(request, "agency/statistics/agencies.html", context)


def _row(read: AgencyReading, found: Counted) -> AgencyRow:
    tallies = found.tallies()
    said = []
    for index in SHOWN:
        value = evaluate(index, tallies[index.fed_by])
        if not value.is_fed:
            words = "–"
        elif index.kind == "share":
            words = rate(int(value.part), value.whole)
        else:
            words = spent_words(float(value.value or 0)) if index.kind == "mean" else score_words(value)
        said.append((index.name.of(_language()), words))
    return AgencyRow(read, found.dossiers, found.states["not_judged"], tuple(said))


def _text_of(index: Index) -> str:
    """Return the number of the text alone: "766/QĐ-TTg"."""
    return index.of.source.replace(",", " ").split()[0]


def _language() -> str:
    return get_language() or "vi"
