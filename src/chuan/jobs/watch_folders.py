"""Looking into the folders of the sources that watch one, every minute."""

import structlog
from django.utils import timezone

from chuan.analytics.logs.folder import look
from chuan.analytics.logs.queries import watched_sources
from chuan.jobs.take_in_log import ask_for
from chuan.kernel.actor import machine

log = structlog.get_logger(__name__)


def watch_folders() -> None:
    """Hand in what is complete and ask for it to be taken in; a folder that cannot be read does not stop the others."""
    for source in watched_sources():
        by = machine("watch_folders", timezone.now())
        try:
            found = look(source, by=by, at=by.at)
        except OSError as problem:
            log.warning("folder_not_read", source=source.key, reason=str(problem))
            continue
        for upload in found.waiting:
            ask_for(upload)
