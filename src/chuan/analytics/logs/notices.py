"""Who is told what of logs: who handed a file in, whether it could be taken in."""

from datetime import datetime

from chuan.analytics.logs.models import LogUpload
from chuan.organisations.models import Account
from chuan.organisations.people.notices import tell

_KINDS = {LogUpload.Status.DONE: "logs.imported", LogUpload.Status.REFUSED: "logs.failed"}


def tell_of_upload(upload: LogUpload, handed_in_by: str, *, at: datetime) -> None:
    """Tell who handed `upload` in ("account:an") that it was taken in or refused."""
    kind = _KINDS[LogUpload.Status(upload.status)]
    accounts = Account.objects.filter(username=handed_in_by.removeprefix("account:")).select_related("person")
    said = f"{upload.name}: {upload.problem}" if upload.problem else upload.name
    tell(accounts, kind, event=f"{upload.key}:{at.isoformat()}", about=upload.key, at=at, text=said)
