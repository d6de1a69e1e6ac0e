"""Who is told what of procedures and of files handed in: one line for each move of a version."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from chuan.kernel.actor import Actor
from chuan.organisations.models import Account
from chuan.organisations.people.notices import accounts_with, tell
from chuan.quality.procedures.four_eyes import writers
from chuan.quality.procedures.models import ImportBatch, ImportedFile, Procedure, ProcedureVersion
from chuan.rules.authority import Permission

P = Permission
Status = ImportedFile.Status
_WHY = "who follows an original is told what became of it, in whichever agency"


def tell_of(version: ProcedureVersion, move: str, *, by: Actor, at: datetime, note: str = "") -> None:
    """Tell whom the `move` of `version` concerns, never who made it."""
    for kind, concerned in _CONCERNED.get(move, {}).items():
        others = concerned(version, timezone.localdate(at)).exclude(pk=by.account_id or 0)
        _tell(others, kind, version, move=move, at=at, note=note)
    followers = Procedure.objects.everywhere(reason=_WHY).filter(adopted_from=version.procedure)
    if move == "bring_into_force":
        _tell_keepers(followers.exclude(adopted_version=version), "procedures.source_changed", version, at=at)
    elif move == "withdraw":
        _tell_keepers(followers.filter(adopted_version=version), "procedures.source_ended", version, at=at, note=note)


def _tell(
    accounts: QuerySet[Account], kind: str, version: ProcedureVersion, *, move: str, at: datetime, note: str
) -> None:
    procedure = version.procedure
    said = f"{procedure.code} {procedure.name} ({version.number:02d})"
    tell(
        accounts,
        kind,
        event=f"{version.key}:{move}:{at.isoformat()}",
        about=procedure.key,
        query=f"?lan={version.number}",
        at=at,
        text=f"{said}: {note}" if note else said,
    )


def _tell_keepers(
    adopted: QuerySet[Procedure], kind: str, version: ProcedureVersion, *, at: datetime, note: str = ""
) -> None:
    """Tell who keeps these procedures, adopted from that of `version`, what became of it."""
    for own in adopted.select_related("agency"):
        keepers = accounts_with(own.agency, P.WRITE_PROCEDURE, P.ISSUE_PROCEDURE, day=timezone.localdate(at))
        said = f"{own.code} {own.name}"
        tell(
            keepers,
            kind,
            event=f"{own.key}:{version.key}",
            about=own.key,
            at=at,
            text=f"{said}: {note}" if note else said,
        )


def _writers(version: ProcedureVersion, _day: date) -> QuerySet[Account]:
    return Account.objects.filter(pk__in=writers(version)).select_related("person")


def _approvers(version: ProcedureVersion, day: date) -> QuerySet[Account]:
    found = accounts_with(version.procedure.agency, P.APPROVE_PROCEDURE, day=day)
    return found.exclude(pk__in=writers(version))


def _reviewers(version: ProcedureVersion, day: date) -> QuerySet[Account]:
    found = accounts_with(version.procedure.agency, P.REVIEW_PROCEDURE, day=day)
    approvers = accounts_with(version.procedure.agency, P.APPROVE_PROCEDURE, day=day)
    return found.exclude(pk__in=writers(version)).exclude(pk__in=approvers.values("pk"))


def _readers(version: ProcedureVersion, day: date) -> QuerySet[Account]:
    found = accounts_with(version.procedure.agency, P.ACKNOWLEDGE_PROCEDURE, day=day)
    return found.exclude(pk__in=writers(version))


_CONCERNED: Mapping[str, Mapping[str, Callable[[ProcedureVersion, date], QuerySet[Account]]]] = {
    "submit": {"procedures.approve": _approvers, "procedures.review": _reviewers},
    "send_back": {"procedures.returned": _writers},
    "reopen": {"procedures.returned": _writers},
    "approve": {"procedures.approved": _writers},
    "bring_into_force": {"procedures.in_force": _writers, "procedures.acknowledge": _readers},
    "withdraw": {"procedures.withdrawn": _writers},
}


def tell_of_reading(batch: ImportBatch, *, at: datetime) -> None:
    """Tell who handed `batch` in once its last file is read, when there is something to look at."""
    rows = ImportedFile.objects.within(batch.agency).filter(batch=batch)
    counts = rows.aggregate(
        waiting=Count("pk", filter=Q(status=Status.WAITING)),
        doubtful=Count("pk", filter=Q(status=Status.DOUBTFUL)),
        refused=Count("pk", filter=Q(status=Status.REFUSED)),
    )
    if counts["waiting"] or not (counts["doubtful"] or counts["refused"]):
        return
    parts = [
        ngettext("%(count)d tệp còn chỗ cần xem", "%(count)d tệp còn chỗ cần xem", counts["doubtful"]),
        ngettext("%(count)d tệp không đọc được", "%(count)d tệp không đọc được", counts["refused"]),
    ]
    numbers = (counts["doubtful"], counts["refused"])
    said = ", ".join(part % {"count": count} for part, count in zip(parts, numbers, strict=True) if count)
    accounts = Account.objects.filter(pk=batch.created_by_id or 0).select_related("person")
    tell(accounts, "imports.read", event=batch.key, about=batch.key, at=at, text=f"{batch.name}: {said}")
