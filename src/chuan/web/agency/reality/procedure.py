"""Quy trình và thực tế: what the dossiers of a procedure say of it, and what to do where they differ."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chuan.analytics.findings.judging import catalogue_limits
from chuan.analytics.findings.models import Choice as Decision
from chuan.analytics.findings.models import ProcedureReading
from chuan.analytics.findings.queries import leading_readings, readings_of, stale
from chuan.analytics.findings.waiting import unjudged
from chuan.analytics.logs.models import LoggedDossier
from chuan.checking.report.figures import timing_words
from chuan.checking.subjects import total
from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.kernel.scoping import find
from chuan.norms.holidays.queries import calendar_named, calendar_of
from chuan.organisations.models import Agency
from chuan.quality.models import Procedure
from chuan.quality.procedures.content import structure
from chuan.quality.procedures.lifecycle import STATES
from chuan.rules.authority import Permission
from chuan.rules.procedure.diagram import Flow, FlowEdge, StepTiming
from chuan.rules.procedure.flow import lay_out_flow
from chuan.rules.procedure.structure import Procedure as Written
from chuan.web.agency.reality.charts import histogram_svg
from chuan.web.agency.reality.choosing import who_decides, who_has
from chuan.web.agency.reality.filters import LATE, LEGALLY_LATE, NO_LEGAL, NO_STEPS, OTHER_WAY, Wanted, chosen
from chuan.web.agency.reality.picking import picked
from chuan.web.agency.reality.words import (
    PRACTICE,
    SHAPES,
    in_words,
    innocent_words,
    mark_word,
    period_word,
    question_words,
    report_word,
    state_word,
)
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of
from chuan.writing.flow_svg import write_flow_svg

OF_A_CHOICE = ("agency", "position", "draft")
OF_A_STEP = ("over_limit", "skipped", "repeated", "out_of_order", "wrong_position")
SHOWN_DOSSIERS, SHOWN_WAYS, SHOWN_CHOICES = 10, 8, 12
_MINUTES_OF_HOUR = 60


@reads(Permission.SEE_AGENCY)
def realities(request: HttpRequest) -> HttpResponse:
    """Show the procedures with logged dossiers, those first that differ most."""
    actor = actor_of(request)
    found = leading_readings(actor, words=request.GET.get("q", ""))
    page = page_of(found, ("-trouble", "pk"), request.GET.get("sau", ""))
    waiting = not page.rows and unjudged(Procedure.objects.visible_to(actor))
    rows = [(one, one.dossiers - one.judged_steps, one.dossiers - one.judged_time) for one in page.rows]
    context = {"page": page, "rows": rows, "tabs": tabs(request, "realities"), "waiting": waiting}
    return render(request, "agency/reality/list.html", context)


@reads(Permission.SEE_AGENCY)
def reality(request: HttpRequest, key: str) -> HttpResponse:
    """Show one procedure against its dossiers."""
    actor = actor_of(request)
    procedure = find(Procedure.objects.visible_to(actor).select_related("agency"), key=key)
    known = list(readings_of(actor, procedure))
    one = picked(actor, procedure, request)
    if one is None:
        waiting = unjudged(Procedure.objects.within(procedure.agency).filter(pk=procedure.pk))
        return render(request, "agency/reality/nothing.html", {"procedure": procedure, "waiting": waiting})
    versions = [
        Choice(_("Lần %(number)02d") % {"number": n}, str(n)) for n in sorted({r.version.number for r in known})
    ]
    of_version = [other for other in known if other.version_id == one.version_id]
    periods = [Choice(period_word(other.period) or _("Tất cả"), other.period) for other in of_version]
    context = _shown(actor, procedure, one) | {
        "versions": choices(request, "lan", versions) if len(versions) > 1 else [],
        "periods": choices(request, "ky", periods),
        "query": request.GET.urlencode(),
        "stale": stale(ProcedureReading.objects.visible_to(actor).filter(pk=one.pk)).exists(),
        "may_decide": actor.may(Permission.DECIDE_DEVIATION, procedure.agency),
        "deciders": who_decides(procedure, timezone.localdate(actor.at)),
    }
    return render(request, "agency/reality/procedure.html", context)


def tabs(request: HttpRequest, here: str) -> list[tuple[str, str, bool]]:
    """Return the tabs over dossiers, procedures, figures and sources."""
    words = {"dossiers": _("Hồ sơ"), "realities": _("Quy trình và thực tế"), "indices": _("Số liệu")}
    words |= {"log_sources": _("Nguồn dữ liệu")}
    return [(word, reverse(name), name == here) for name, word in words.items()]


def _shown(actor: Actor, procedure: Procedure, one: ProcedureReading) -> dict[str, Any]:
    written, content = structure(one.version), one.content
    of_catalogue = dict.fromkeys(catalogue_limits(one.version, written).values())
    base = {"procedure": procedure.key, "version": str(one.version.number), "period": one.period}
    decided = Decision.objects.visible_to(actor).filter(procedure=procedure)
    answered = set(decided.values_list("deviation", "step"))
    asked = [
        _question(question, content, base)
        for question in content["questions"]
        if (question["kind"], question["step"]) not in answered
    ]
    return {
        "procedure": procedure,
        "reading": one,
        "period": period_word(one.period),
        "committed": in_words(total(written.variants[0], written.committed).limit)
        if len(written.variants) == 1
        else "",
        "legal": in_words(written.legal) or "; ".join(map(in_words, of_catalogue)),
        "legal_from_catalogue": bool(of_catalogue),
        "other_way": (Wanted(**base, state=OTHER_WAY).url(), one.judged_steps - one.followed),
        "late": (Wanted(**base, state=LATE).url(), one.judged_time - one.in_time),
        "legally_late": (
            Wanted(**base, state=LEGALLY_LATE).url(),
            content["legal"]["judged"] - content["legal"]["in_time"],
        ),
        "no_steps": (Wanted(**base, state=NO_STEPS).url(), one.dossiers - one.judged_steps),
        "no_time": (Wanted(**base, state="not_judged").url(), one.dossiers - one.judged_time),
        "no_legal": (Wanted(**base, state=NO_LEGAL).url(), one.dossiers - content["legal"]["judged"]),
        "states": [
            (SHAPES[s], state_word(s), n, Wanted(**base, state=s).url()) for s, n in content["states"].items() if n
        ],
        "flows": [_flow_svg(written, flow) for flow in content["flows"]],
        "questions": asked,
        "choices": _choices(list(decided.select_related(*OF_A_CHOICE)[:SHOWN_CHOICES]), actor, procedure),
        "ways": [_way(way, one, base) for way in content["ways"][:SHOWN_WAYS]],
        "histogram": histogram_svg(content["histogram"]) if content["histogram"] else "",
        "histogram_unit": report_word(f"unit_{content['histogram']['unit']}") if content["histogram"] else "",
        "steps": [_step(step, written, content, base) for step in of_used_variants(content["steps"])],
        "doubtful": [row for row in content["understood"] if row["how"] in ("similar", "none")],
        "left_out": [row for row in content["understood"] if row["how"] == "left_out"],
        "dossiers": list(
            chosen(actor, Wanted(**base, state=OTHER_WAY)).order_by("-received_at", "pk")[:SHOWN_DOSSIERS]
        ),
        "not_recorded": content["not_recorded"],
        "calendars": _calendars(one.calendar, procedure.agency),
        "list_url": Wanted(**base).url(),
    }


def _calendars(named: str, agency: Agency) -> list[str]:
    """Return the titles of the calendars "name version, name version", each once; one not kept is the agency's own."""
    pairs = [one.rpartition(" ") for one in named.split(", ")]
    kept = [calendar_named(name, version) or calendar_of(agency, date.max) for name, _space, version in pairs]
    return list(dict.fromkeys(calendar.title for calendar in kept))


def _choices(made: list[Decision], actor: Actor, procedure: Procedure) -> list[dict[str, Any]]:
    codes = [code for choice in made for code in choice.sample]
    drawn = LoggedDossier.objects.visible_to(actor).filter(procedure=procedure, code__in=codes)
    keys = dict(drawn.order_by("-pk").values_list("code", "key")) if codes else {}
    return [_choice(choice, actor, keys) for choice in made]


def _choice(choice: Decision, actor: Actor, keys: Mapping[str, str]) -> dict[str, Any]:
    """Return a choice with who has its work, what `actor` can do in it, and its dossiers by `keys`, code to key."""
    writes = actor.may(Permission.WRITE_PROCEDURE, choice.agency)
    on_paper = choice.kind == Decision.Kind.CHANGE_PAPER
    return {
        "choice": choice,
        "sample": [(code, keys.get(code, "")) for code in choice.sample],
        "who": who_has(choice),
        "may_open": writes and on_paper and choice.draft is None and choice.done_at is None,
        "draft": choice.draft if on_paper else None,
        "draft_state": STATES[choice.draft.state] if choice.draft else "",
    }


def _flow_svg(written: Written, stored: dict[str, Any]) -> tuple[str, SafeString]:
    variant = next(one for one in written.variants if one.name == stored["variant"])
    edges = {(start, end): FlowEdge(count, allowed) for start, end, count, allowed in stored["edges"]}
    language = get_language() or "vi"
    flow = Flow(edges, tuple(_timing(timing["median"], timing["limit"], language) for timing in stored["timings"]))
    svg = write_flow_svg(lay_out_flow(variant, flow), name=report_word("flow_title"), language=language)
    return _variant_name(written, stored["variant"]), mark_safe(svg)  # noqa: S308 - our own drawing, its words escaped by its writer


def _timing(middle: float | None, limit: float | None, language: str) -> StepTiming:
    return StepTiming() if limit is None else StepTiming(middle, limit, timing_words(middle, limit, language))


def _variant_name(written: Written, name: str) -> str:
    return name if len(written.variants) > 1 else ""


def _question(question: dict[str, Any], content: dict[str, Any], base: dict[str, str]) -> dict[str, Any]:
    kind, mark = question["kind"], f"{question['kind']}:{question['step']}"
    said = {"text": question_words(question), "innocent": innocent_words(kind), "practice": PRACTICE[kind]}
    return said | {"mark": mark, "dossiers": content["marks"].get(mark, 0), "url": Wanted(**base, mark=mark).url()}


def _way(way: dict[str, Any], one: ProcedureReading, base: dict[str, str]) -> dict[str, Any]:
    differences = {"moved": "reading_moved", "missing": "reading_missing", "extra": "reading_extra"}
    said = [report_word(word, steps=", ".join(way[name])) if way[name] else "" for name, word in differences.items()]
    return way | {"reading": "; ".join(filter(None, said)), "url": Wanted(**base, way=way["way"]).url()}


def _step(step: dict[str, Any], written: Written, content: dict[str, Any], base: dict[str, str]) -> dict[str, Any]:
    variant = next(one for one in written.variants if one.name == step["variant"])
    keys = [one.no or f"B{place}" for place, one in enumerate(variant.steps, start=1)]
    of_step = variant.steps[keys.index(step["step"])]
    found = {kind: content["marks"].get(f"{kind}:{step['step']}", 0) for kind in OF_A_STEP}
    return step | {
        "variant": _variant_name(written, step["variant"]),
        "limit": in_words(of_step.time) if of_step.counted else report_word("not_counted"),
        "median_words": _spent(step["median"]),
        "p90_words": _spent(step["p90"]),
        "marks": [
            (mark_word(f"{kind}:"), count, Wanted(**base, mark=f"{kind}:{step['step']}").url())
            for kind, count in found.items()
            if count
        ],
    }


def of_used_variants(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out variants that no dossier went through: marks are kept by step number, which variants share."""
    used = {step["variant"] for step in steps if step["visits"]}
    return [step for step in steps if step["variant"] in used]


def _spent(minutes: float | None) -> str:
    return "" if minutes is None else spent_words(minutes)


def spent_words(minutes: float) -> str:
    """Return working minutes as "3 giờ 20"."""
    hours, rest = divmod(round(minutes), _MINUTES_OF_HOUR)
    if not hours:
        return _("%(minutes)d phút") % {"minutes": rest}
    return _("%(hours)d giờ %(minutes)02d") % {"hours": hours, "minutes": rest}
