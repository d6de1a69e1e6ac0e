"""Who is told what of living dossiers: an agency that is asked for its part, and those before whom a delay lies."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.organisations.people.notices import accounts_in, accounts_with, tell
from chuan.quality.dossiers.models import Dossier, DossierAct
from chuan.rules.authority import Permission
from chuan.rules.handling.acts import ActKind

_ASKED = "the agency that is asked learns of it"


def tell_of_acts(dossier: Dossier, rows: Sequence[DossierAct], *, by: Actor, at: datetime) -> None:
    """Tell whom the acts just written concern, never who wrote them."""
    day = timezone.localdate(at)
    for row in rows:
        if row.takes_back:
            continue
        event = f"{dossier.key}:{row.number}"
        if row.kind in (ActKind.CONSULTED, ActKind.FORWARDED) and row.details.get("agency"):
            asked = Agency.objects.everywhere(reason=_ASKED).get(key=row.details["agency"])
            accounts = accounts_with(asked, Permission.HANDLE_DOSSIER, day=day).exclude(pk=by.account_id or 0)
            tell(accounts, "dossiers.asked", event=event, about=dossier.key, at=at, text=dossier.code)
        elif row.kind == ActKind.HANDED and dossier.holder_id:
            accounts = accounts_in(dossier.holder_id, dossier.agency, day=day).exclude(pk=by.account_id or 0)
            text = f"{dossier.code}: {row.note}" if row.note else dossier.code
            tell(accounts, "dossiers.handed", event=event, about=dossier.key, at=at, text=text)


def tell_of_late_risk(dossier: Dossier, *, at: datetime) -> None:
    """Tell who has the dossier, and the head of the agency, that it will be late unless something is done (R11). Once
    for each appointment.
    """
    day = timezone.localdate(at)
    heads = accounts_with(dossier.agency, Permission.MANAGE_ONE_STOP, Permission.HANDLE_DOSSIER, day=day)
    own = accounts_in(dossier.holder_id, dossier.agency, day=day) if dossier.holder_id else heads.none()
    event = f"{dossier.key}:{dossier.due_at.isoformat() if dossier.due_at else ''}"
    accounts = {account.pk: account for account in (*heads, *own)}
    tell(accounts.values(), "dossiers.late_soon", event=event, about=dossier.key, at=at, text=dossier.code)
