"""The clauses of TCVN ISO 9001, edition by edition, with what answers to them in another one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chuan.kernel.effects import reads
from chuan.norms.standards.queries import clause_rows
from chuan.reading.standards import load_standards
from chuan.rules.authority import Permission
from chuan.text.vietnamese import clean
from chuan.web.kit.choices import Choice, choices


@reads(Permission.SEE_ORGANISATION)
def standards(request: HttpRequest) -> HttpResponse:
    """Show an edition (`ban`) beside another (`voi`), searched by number or words."""
    known, words = load_standards(), clean(request.GET.get("q", ""))[:100]
    current = known.current.edition
    edition = request.GET.get("ban", "") if request.GET.get("ban") in known.editions else current
    beside = [one for one in known.editions if one != edition]
    usual = beside[-1] if edition == current else current
    other = request.GET.get("voi", "") if request.GET.get("voi") in beside else usual
    context = {
        "edition": known.editions[edition],
        "other": known.editions[other],
        "editions": choices(request, "ban", [Choice(one, "" if one == current else one) for one in known.editions]),
        "rows": clause_rows(edition, other, words),
        "beside": beside,
        "words": words,
    }
    return render(request, "agency/law/standards.html", context)
