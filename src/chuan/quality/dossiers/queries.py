"""Reads on living dossiers: the work queue by urgency, what an agency has open, one dossier with its history."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, Count, DateTimeField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Coalesce
from django.utils import timezone

from chuan.kernel.actor import Actor
from chuan.kernel.scoping import find
from chuan.norms.holidays.queries import calendar_of
from chuan.organisations.models import Agency
from chuan.quality.dossiers.models import (
    CITIZEN_HAS_IT,
    OPEN_STATES,
    Book,
    Dossier,
    DossierAct,
    DossierPart,
    OneStop,
    PartRole,
    RoleHolder,
)
from chuan.rules.authority import Permission
from chuan.rules.deadlines import Counting, due_at
from chuan.rules.handling.acts import ActKind, DossierState
from chuan.rules.handling.urgency import CLOSE, Urgency
from chuan.rules.workdays import next_workday
from chuan.text.vietnamese import fold, fold_words

_OF_THE_QUEUE = "dossiers handled by agencies that were checked"
_NEVER = Value(datetime(9000, 1, 1, tzinfo=UTC), DateTimeField())


def dossier_by_key(actor: Actor, key: str) -> Dossier:
    """Return one dossier with what its page shows, or raise NotYours."""
    rows = Dossier.objects.visible_to(actor).select_related(
        "agency__province", "reception", "service", "procedure", "version__procedure", "holder", "book"
    )
    return find(rows, key=key)


def key_of_code(actor: Actor, code: str) -> str:
    """Return the key of the dossier with this code; "" when the actor may see none."""
    return Dossier.objects.visible_to(actor).filter(code=code).values_list("key", flat=True).first() or ""


def handled_by(agencies: Iterable[int]) -> QuerySet[Dossier]:
    """Return the dossiers that these agencies (by number, checked) handle."""
    return Dossier.objects.everywhere(reason=_OF_THE_QUEUE).filter(agency__in=list(agencies))


def own_dossiers(actor: Actor) -> QuerySet[Dossier]:
    """Return the dossiers that the agencies of the actor handle."""
    return handled_by(actor.agencies_where(Permission.SEE_AGENCY))


def open_ones(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Return those that still want something: work, the citizen's answer, the collection of the result."""
    return rows.filter(state__in=OPEN_STATES)


def at_hand(rows: QuerySet[Dossier], actor: Actor) -> QuerySet[Dossier]:
    """Return those that lie with a position of the actor, or with nobody in particular."""
    return rows.filter(lies_with(actor))


def lies_with(actor: Actor) -> Q:
    """Return the condition of `at_hand`: what lies with nobody is for all who handle dossiers in its agency."""
    own = [duty.position_id for duty in actor.duties]
    handles = list(actor.agencies_where(Permission.HANDLE_DOSSIER))
    return Q(holder__in=own) | Q(holder__isnull=True, state=DossierState.HANDLING.value, agency__in=handles)


def matching(rows: QuerySet[Dossier], words: str) -> QuerySet[Dossier]:
    """Return those whose code, matter or service code holds all `words`, typed with or without diacritics."""
    for word in fold(words).split():
        rows = rows.filter(search_text__contains=word)
    return rows


def soon_for(agency: Agency, now: datetime) -> datetime:
    """Return the moment before which a limit that ends is called close: one working day on (R11)."""
    local = timezone.localtime(now)
    return due_at(local, CLOSE, calendar_of(agency, local.date()), counting=Counting.ROLLING)


def soon_in(agencies: Sequence[Agency], now: datetime) -> BaseExpression | datetime:
    """Return the same for dossiers of several agencies, each by its own calendar: for `with_urgency`."""
    moments = {one.pk: soon_for(one, now) for one in agencies}
    if len(set(moments.values())) <= 1:
        return next(iter(moments.values()), now)
    whens = [When(agency=pk, then=Value(moment, DateTimeField())) for pk, moment in moments.items()]
    return Case(*whens, output_field=DateTimeField())


def to_apologise(agencies: Iterable[Agency], now: datetime) -> QuerySet[Dossier]:
    """Return what `agencies` (checked) handle and must apologise for: due by the end of the next working day of its
    agency or before, still handled, no letter yet (R11).
    """
    apologies = DossierAct.objects.everywhere(reason="the acts of dossiers that were scoped").filter(
        dossier=OuterRef("pk"), kind=ActKind.APOLOGISED.value, takes_back=0
    )
    undone = DossierAct.objects.everywhere(reason="of the same dossier").filter(
        dossier=OuterRef("dossier"), takes_back=OuterRef("number")
    )
    letters = apologies.filter(~Exists(undone))
    until = Q(pk__in=())
    for one in agencies:
        until |= Q(agency=one.pk, due_at__lt=_risk_until(one, now))
    rows = Dossier.objects.everywhere(reason=_OF_THE_QUEUE).filter(until, state=DossierState.HANDLING.value)
    return rows.filter(~Exists(letters))


def _risk_until(agency: Agency, now: datetime) -> datetime:
    """Return the end of the next working day: R11 warns on the working day before the due day."""
    today = timezone.localdate(now)
    following = next_workday(calendar_of(agency, today), today)
    return span_of(following)[1]


def span_of(day: date) -> tuple[datetime, datetime]:
    """Return the beginning of `day` and of the next one, by the clock of Vietnam."""
    zone = timezone.get_current_timezone()
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)


def to_hand_out(actor: Actor) -> QuerySet[Dossier]:
    """Return those whose result waits for its citizen, where the actor's agencies handled or received them."""
    own = list(actor.agencies_where(Permission.SEE_AGENCY))
    rows = Dossier.objects.everywhere(reason=_OF_THE_QUEUE).filter(state=DossierState.READY.value)
    return rows.filter(Q(agency__in=own) | Q(reception__in=own))


def with_urgency(rows: QuerySet[Dossier], now: datetime, soon: BaseExpression | datetime) -> QuerySet[Any, Any]:
    """Return `rows` with `urgency` (the group of `rules.handling.urgency`, as a number) and `ends` (the first limit to
    end; those without one last). Order them by ("urgency", "ends", "pk").
    """
    clock = Coalesce(F("waiting_since"), Value(now, DateTimeField()))
    running = Q(ready_at__isnull=True)
    group = Case(
        When(running & Q(legal_due_at__lt=clock), then=Value(int(Urgency.LATE_BY_LAW))),
        When(running & Q(due_at__lt=clock), then=Value(int(Urgency.LATE))),
        When(state__in=CITIZEN_HAS_IT, then=Value(int(Urgency.WAITING))),
        When(state=DossierState.PAUSED.value, then=Value(int(Urgency.PAUSED))),
        When(running & Q(step_due_at__lt=now), then=Value(int(Urgency.STEP_LATE))),
        When(running & Q(next_due_at__lte=soon), then=Value(int(Urgency.CLOSE))),
        default=Value(int(Urgency.IN_TIME)),
        output_field=IntegerField(),
    )
    return rows.annotate(urgency=group, ends=Coalesce(F("next_due_at"), _NEVER))


def counts_by_urgency(rows: QuerySet[Any, Any]) -> dict[Urgency, int]:
    """Return how many of `rows` (with_urgency) are in each group. One query."""
    counted = rows.order_by().values_list("urgency").annotate(count=Count("pk"))
    return {Urgency(group): count for group, count in counted}


def asked_parts(actor: Actor, *, done: bool = False) -> QuerySet[DossierPart]:
    """Return what others asked of the actor's agencies (opinions, interlinked parts), the soonest due first."""
    roles = (PartRole.CONSULTED, PartRole.INTERLINKED)
    rows = DossierPart.objects.visible_to(actor).filter(role__in=roles, taken_back=False, done_at__isnull=not done)
    rows = rows if done else rows.filter(dossier__ended_at__isnull=True)
    return rows.select_related("dossier__agency", "dossier__service", "agency").order_by(
        F("due_at").asc(nulls_last=True), "pk"
    )


def with_ends(parts: QuerySet[DossierPart]) -> QuerySet[Any, Any]:
    """Return `parts` with `ends`, the limit; those without one last. Order them by ("ends", "pk")."""
    return parts.annotate(ends=Coalesce(F("due_at"), _NEVER))


def parts_of(dossier: Dossier) -> QuerySet[DossierPart]:
    """Return who takes part, in the order of asking."""
    return dossier.participations.select_related("agency").order_by("act", "pk")


def one_stop_of(agency: Agency) -> OneStop | None:
    """Return how the one-stop shop of `agency` works; None until it was set."""
    return OneStop.objects.within(agency).first()


def books_of(actor: Actor) -> QuerySet[Book]:
    """Return the books of the actor's agencies, newest first."""
    return Book.objects.visible_to(actor).select_related("agency").order_by("-year", "agency")


def received_in(book: Book) -> QuerySet[Dossier]:
    """Return the lines of a book whose agency was checked, in the order of their numbers."""
    rows = Dossier.objects.everywhere(reason="the lines of a book that was found for the actor")
    return rows.filter(book=book).select_related("service", "agency").order_by("number")


def role_holders(agency: Agency) -> dict[str, str]:
    """Return to which position `agency` gave what procedures give to a role: role -> title, both as folded words."""
    rows = RoleHolder.objects.within(agency).values_list("role", "position__title")
    return {role: fold_words(title) for role, title in rows}


def has_any(agency: Agency) -> bool:
    """Return whether `agency` ever ran a dossier here."""
    return handled_by([agency.pk]).exists()
