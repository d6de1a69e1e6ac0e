"""Reads on the improvement register."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from chuan.kernel.actor import Actor
from chuan.kernel.scoping import find
from chuan.organisations.models import Agency
from chuan.quality.improvement.lifecycle import UNFINISHED
from chuan.quality.improvement.models import Improvement
from chuan.quality.procedures.models import Procedure
from chuan.rules.authority import Permission
from chuan.text.vietnamese import fold

OVERDUE, ANY = "overdue", "any"
"""What can be asked for beside the states: past its day and not closed; every state, also what was dropped."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries: of a state (or the words above), kind, source, year, procedure (key), with words. Empty: all."""

    state: str = ""
    kind: str = ""
    source: str = ""
    year: str = ""
    procedure: str = ""
    words: str = ""

    @property
    def of_any_state(self) -> "Asked":
        """The same, whatever the state: what the counts above the list are made of."""
        return replace(self, state=ANY)


@dataclass(frozen=True, slots=True)
class OfSource:
    """What came from one source: how many entries, how many of them closed, closed in time of those with a day, and
    the clauses named most."""

    source: str
    total: int
    closed: int
    with_day: int
    in_time: int
    clauses: tuple[str, ...]


def entries(actor: Actor, asked: Asked = Asked(), *, day: date) -> QuerySet[Improvement]:
    """Return the entries that `actor` may see and that were asked for; `day` decides what is overdue.

    What was dropped is only found by asking for it.
    """
    rows = Improvement.objects.visible_to(actor)
    equal = {"kind": asked.kind, "source": asked.source, "procedure__key": asked.procedure}
    rows = rows.filter(**{name: value for name, value in equal.items() if value})
    if asked.year:
        rows = rows.filter(year=int(asked.year) if asked.year.isdecimal() and len(asked.year) <= len("9999") else 0)
    for word in fold(asked.words).split():
        rows = rows.filter(search_text__contains=word)
    return rows.filter(_of_state(asked.state, day))


def _of_state(state: str, day: date) -> Q:
    if state == OVERDUE:
        return overdue(day)
    if state == ANY:
        return Q()
    return Q(state=state) if state else ~Q(state="dropped")


def overdue(day: date) -> Q:
    """Return the condition for what should have been closed before `day`."""
    return Q(state__in=UNFINISHED, due_on__lt=day)


def counts(rows: QuerySet[Improvement], day: date) -> Mapping[str, int]:
    """Return how many of `rows` there are by state, of all that were not dropped ("") and overdue."""
    named = {state: Count("pk", filter=Q(state=state)) for state in Improvement.lifecycle.states}
    whole = {"every": Count("pk", filter=~Q(state="dropped")), OVERDUE: Count("pk", filter=overdue(day))}
    found = rows.order_by().aggregate(**named, **whole)
    return found | {"": found["every"]}


def years(actor: Actor) -> list[int]:
    """Return the years in which something was entered, the newest first."""
    rows = Improvement.objects.visible_to(actor).order_by("-year").values_list("year", flat=True)
    return list(rows.distinct())


def procedures_named(actor: Actor) -> list[tuple[str, str]]:
    """Return the procedures that entries name, as (key, "QT.01 Cấp giấy phép")."""
    named = Improvement.objects.visible_to(actor).filter(procedure__isnull=False).order_by().values("procedure")
    rows = Procedure.objects.visible_to(actor).filter(pk__in=named).order_by("code", "pk")
    return [(key, f"{code} {name}") for key, code, name in rows.values_list("key", "code", "name")]


def by_source(rows: QuerySet[Improvement]) -> list[OfSource]:
    """Return the sums of `rows` by their sources, the one with most entries first; what was dropped is left out."""
    sums = (
        rows.exclude(state="dropped")
        .order_by()
        .values("source", "clause")
        .annotate(
            total=Count("pk"),
            closed=Count("pk", filter=Q(state="closed")),
            with_day=Count("pk", filter=Q(state="closed", due_on__isnull=False)),
            in_time=Count("pk", filter=Q(state="closed", closed_on__lte=F("due_on"))),
        )
    )
    parts: dict[str, list[Mapping[str, Any]]] = {}
    for one in sums:
        parts.setdefault(one["source"], []).append(one)
    found = [_sum(source, each) for source, each in parts.items()]
    return sorted(found, key=lambda one: (-one.total, one.source))


def _sum(source: str, parts: list[Mapping[str, Any]]) -> OfSource:
    named = sorted((one for one in parts if one["clause"]), key=lambda one: (-one["total"], one["clause"]))
    sums = {name: sum(one[name] for one in parts) for name in ("total", "closed", "with_day", "in_time")}
    return OfSource(source, **sums, clauses=tuple(str(one["clause"]) for one in named[:3]))


def entry(actor: Actor, key: str) -> Improvement:
    """Return the entry with this key, or raise NotYours."""
    rows = Improvement.objects.visible_to(actor).select_related("agency", "procedure", "position", "created_by__person")
    return find(rows, key=key)


def of_dossier(agency: Agency, code: str) -> QuerySet[Improvement]:
    """Return the entries of `agency` about the dossier with this code, without those dropped."""
    return Improvement.objects.within(agency).filter(dossier_code=code).exclude(state="dropped")


def to_do(actor: Actor) -> QuerySet[Improvement]:
    """Return what waits for `actor`: open ones of his positions, or of nobody where he closes; what he may close."""
    positions = [duty.position_id for duty in actor.duties]
    closes = actor.agencies_where(Permission.CLOSE_IMPROVEMENT)
    mine = Q(state="open", position__in=positions)
    nobodys = Q(state="open", position__isnull=True, agency__in=closes)
    rows = Improvement.objects.visible_to(actor)
    return rows.filter(mine | nobodys | Q(state="corrected", agency__in=closes)).order_by("due_on", "year", "number")


def corrected_by_actor(one: Improvement, actor: Actor) -> bool:
    """Return whether `actor` is who wrote down that the entry was corrected: better that another one closes it."""
    moved = one.moves.filter(target="corrected").order_by("-at", "-id").first()
    return moved is not None and moved.by_id is not None and moved.by_id == actor.account_id
