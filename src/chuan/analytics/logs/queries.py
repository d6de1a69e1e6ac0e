"""Reads on logs: sources with their uploads, one upload, a dossier in several sources."""

from django.db.models import Exists, F, OuterRef, QuerySet

from chuan.analytics.logs.models import LoggedDossier, LogSource, LogUpload, PushToken
from chuan.kernel.actor import Actor
from chuan.kernel.scoping import find


def sources(actor: Actor) -> QuerySet[LogSource]:
    """Return the sources that `actor` may see."""
    return LogSource.objects.visible_to(actor).select_related("agency")


def source(actor: Actor, key: str) -> LogSource:
    """Return one source, or raise NotYours."""
    return find(LogSource.objects.visible_to(actor).select_related("agency"), key=key)


def source_by_hand(actor: Actor, key: str) -> LogSource:
    """Return one source that people hand files in for, or raise NotYours."""
    return find(LogSource.objects.visible_to(actor).filter(living=False).select_related("agency"), key=key)


def can_close(source: LogSource) -> bool:
    """Return whether nothing of `source` counts or waits, and it is not closed already."""
    status = LogUpload.Status
    standing = LogUpload.objects.within(source.agency).filter(source=source)
    standing = standing.exclude(status__in=[status.WITHDRAWN, status.REFUSED])
    free = source.closed_at is None and not source.living
    return free and not source.dossier_count and not standing.exists()


def told_elsewhere(row: LoggedDossier) -> list[LoggedDossier]:
    """Return the same dossier of the same service as other sources of the agency tell it."""
    of_agency = LogSource.objects.within(row.agency).exclude(pk=row.source_id).values("pk")
    rows = LoggedDossier.objects.within(row.agency).filter(source__in=of_agency, code=row.code)
    return list(rows.filter(national_code=row.national_code).select_related("source").order_by("pk"))


def uploads(actor: Actor) -> QuerySet[LogUpload]:
    """Return the uploads that `actor` may see."""
    return LogUpload.objects.visible_to(actor).select_related("source__agency").defer("bad_rows")


def refused_uploads(actor: Actor) -> QuerySet[LogUpload]:
    """Return the uploads that `actor` may see and nothing came of: what another source of the agency read is done."""
    status = LogUpload.Status
    read = LogUpload.objects.visible_to(actor).filter(
        status=status.DONE, checksum=OuterRef("checksum"), source__agency=OuterRef("source__agency")
    )
    rows = LogUpload.objects.visible_to(actor).filter(status=status.REFUSED)
    return rows.exclude(Exists(read)).defer("bad_rows", "notes")


def upload(actor: Actor, key: str) -> LogUpload:
    """Return one upload, or raise NotYours."""
    return find(LogUpload.objects.visible_to(actor).select_related("source__agency", "file"), key=key)


def upload_of(source: LogSource, key: str) -> LogUpload | None:
    """Return the upload of `source` with this key, for the system that pushed it."""
    return LogUpload.objects.within(source.agency).filter(source=source, key=key).first()


def upload_by_key(key: str) -> LogUpload:
    """Return one upload for the job that takes it in."""
    rows = LogUpload.objects.everywhere(reason="a job; who handed it in was checked")
    return rows.select_related("source__agency", "file").get(key=key)


def pushed_sources() -> list[LogSource]:
    """Return the sources whose pushed dossiers changed since they were judged: for the recurring job."""
    rows = LogSource.objects.everywhere(reason="a recurring job over all agencies").exclude(to_judge=[])
    return list(rows.select_related("agency").order_by("pk"))


def watched_sources() -> list[LogSource]:
    """Return the sources that take files from their folders: for the recurring job."""
    rows = LogSource.objects.everywhere(reason="a recurring job over all agencies")
    return list(rows.filter(watches_folder=True, closed_at__isnull=True).select_related("agency").order_by("pk"))


def tokens(source: LogSource) -> QuerySet[PushToken]:
    """Return the tokens of `source`, those in force first."""
    rows = PushToken.objects.within(source.agency).filter(source=source)
    return rows.order_by(F("revoked_at").asc(nulls_first=True), "-created_at")


def token(actor: Actor, key: str) -> PushToken:
    """Return one token, or raise NotYours."""
    return find(PushToken.objects.visible_to(actor).select_related("source__agency"), key=key)
