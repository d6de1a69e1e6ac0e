"""Four eyes: who wrote a version neither reviews nor approves it (TCVN ISO 9001:2015, 7.5.2; facts D3).

On for every agency. An agency whose only officer does both allows it by a dated row with its reason (`SelfApproval`).
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.errors import NotAllowed, Refusal
from chuan.kernel.scoping import require
from chuan.organisations.models import Agency, Delegation, Holding
from chuan.organisations.people.queries import on_day
from chuan.quality.procedures.models import DraftSaved, ProcedureVersion, SelfApproval, VersionMove
from chuan.rules.authority import Permission, Reach, Role, permissions
from chuan.text.vietnamese import clean
from chuan.trail.actions import record

SUBMITTED = {"source": "draft", "target": "review"}
REVIEWED = {"source": "review", "target": "review"}
_OF_THE_ROW = "a subquery of rows that are already scoped"


class WroteIt(Refusal):
    """The actor wrote the version; `others` are those who may decide on it instead ("Phạm Thu Hà (Chủ tịch)")."""

    def __init__(self, others: Iterable[str]) -> None:
        self.others = tuple(others)
        super().__init__(*self.others)

    def __str__(self) -> str:
        who = _("Bạn đã soạn hoặc trình bản này, nên việc xem xét, phê duyệt là của người khác.")
        if self.others:
            may = _("Người có thể làm: %(names)s.") % {"names": "; ".join(self.others)}
            return f"{who} {may}"
        return f"{who} " + _(
            "Cơ quan chưa có ai khác được giao việc này: cử thêm người, "
            "hoặc người đứng đầu cho người soạn tự phê duyệt có thời hạn ở trang Tách soạn và duyệt."
        )


def written_by(actor: Actor) -> Q:
    """Return the condition for the versions that `actor` began, saved or handed over."""
    mine = actor.account_id or 0
    saved = DraftSaved.objects.everywhere(reason=_OF_THE_ROW).filter(version=OuterRef("pk"), created_by=mine)
    moves = VersionMove.objects.everywhere(reason=_OF_THE_ROW).filter(of=OuterRef("pk"), by=mine)
    return Q(created_by=mine) | Q(Exists(saved)) | Q(Exists(moves.filter(**SUBMITTED)))


def writers(version: ProcedureVersion) -> set[int]:
    """Return the accounts that began, saved or handed over `version`."""
    wrote = {version.created_by_id, *version.saves.values_list("created_by", flat=True)}
    wrote |= set(version.moves.filter(**SUBMITTED).values_list("by", flat=True))
    return {one for one in wrote if one is not None}


def decided_by_others(rows: QuerySet[ProcedureVersion], actor: Actor) -> QuerySet[ProcedureVersion]:
    """Return those of `rows` on which four eyes keep `actor` from deciding."""
    allowed = SelfApproval.objects.everywhere(reason=_OF_THE_ROW).filter(allowed_on(timezone.localdate(actor.at)))
    return rows.filter(written_by(actor)).exclude(procedure__agency__in=allowed.values("agency"))


def refuse_own(version: ProcedureVersion, permission: Permission, *, by: Actor, at: datetime) -> None:
    """Raise WroteIt when `by` wrote the version and the agency does not let one person do both on that day."""
    rows = ProcedureVersion.objects.within(version.procedure.agency).filter(pk=version.pk)
    if by.account_id is not None and decided_by_others(rows, by.later(at)).exists():
        raise WroteIt(others_who_may(version, permission, timezone.localdate(at)))


def others_who_may(version: ProcedureVersion, permission: Permission, day: date) -> list[str]:
    """Return who carries `permission` in the agency on `day` and did not write the version, with their positions."""
    rows = holdings_with(version.procedure.agency, permission, day).exclude(person__account__in=writers(version))
    return [f"{one.person.full_name} ({one.position.title})" for one in rows.order_by("position__code", "pk")]


def holdings_with(agency: Agency, permission: Permission, day: date) -> QuerySet[Holding]:
    """Return the holdings in `agency` whose position gives `permission` on `day`."""
    giving = [role.value for role in Role if permission in permissions([role], Reach.AGENCY)]
    carried = Q(position__roles__role__in=giving) & on_day(day, "position__roles__")
    rows = Holding.objects.within(agency).filter(on_day(day)).filter(carried)
    return rows.select_related("person", "position").distinct()


def position_at(move: VersionMove, agency: Agency, permission: Permission) -> str:
    """Return the position in which a move was made, as it stands in a signature; TUQ.: in the place of another."""
    day = timezone.localdate(move.at)
    held = holdings_with(agency, permission, day)
    own = held.filter(person__account=move.by_id).first()
    if own is not None:
        return own.position.title
    stood_in = Delegation.objects.within(agency).filter(on_day(day), holding__in=held, to__account=move.by_id)
    instead = stood_in.annotate(title=F("holding__position__title")).values_list("title", flat=True).first()
    return f"TUQ. {instead}" if instead else ""


def position_of(name: str, agency: Agency, day: date) -> str:
    """Return the position in which the person with this full name signs decisions of `agency` on `day`, "" if none."""
    signers = holdings_with(agency, Permission.APPROVE_PROCEDURE, day).filter(person__full_name__iexact=clean(name))
    return signers.values_list("position__title", flat=True).first() or ""


def self_approvals(agency: Agency) -> QuerySet[SelfApproval]:
    """Return when `agency` lets one person write and approve, the newest first."""
    return SelfApproval.objects.within(agency).select_related("created_by__person").order_by("-from_on", "-pk")


def allowed_on(day: date) -> Q:
    """Return the condition that one person may write and approve on `day`."""
    return Q(from_on__lte=day, until_on__gte=day, ended_at__isnull=True)


def may_lift(actor: Actor, agency: Agency) -> bool:
    """Return whether `actor` may let one person do both: who approves there, or who keeps the accounts."""
    return actor.may(Permission.APPROVE_PROCEDURE, agency) or actor.may(Permission.MANAGE_ACCOUNTS, agency)


def allow_self_approval(
    agency: Agency, *, from_on: date, until_on: date, reason: str, by: Actor, at: datetime
) -> SelfApproval:
    """Let one person write and approve in `agency`, from–to. Raises NotAllowed, ValidationError: no reason."""
    if not may_lift(by, agency):
        raise NotAllowed
    row = SelfApproval(agency=agency, from_on=from_on, until_on=until_on, reason=clean(reason))
    with transaction.atomic():
        row.put(by=by, at=at)
        facts = {"from": from_on.isoformat(), "until": until_on.isoformat(), "reason": row.reason}
        record("self_approval.allow", by=by, at=at, subject=agency, facts=facts)
    return row


def end_self_approval(row: SelfApproval, *, by: Actor, at: datetime) -> None:
    """Ask for four eyes again from this moment."""
    if not may_lift(by, row.agency):
        require(by, Permission.MANAGE_QUALITY_SYSTEM, row.agency)
    with transaction.atomic():
        row.change(ended_at=at)
        record("self_approval.end", by=by, at=at, subject=row.agency, facts={"at": at.isoformat()})
