"""Background work: approved versions of procedures whose day has come take effect."""

import structlog
from django.utils import timezone

from chuan.kernel.actor import machine
from chuan.kernel.errors import Refusal
from chuan.quality.procedures.actions import bring_into_force
from chuan.quality.procedures.queries import due_to_take_effect

log = structlog.get_logger(__name__)


def take_effect(progress: object = None) -> None:
    """Bring into force what is due today. Runs every hour; also when nothing is due, and again without harm."""
    now = timezone.now()
    for version in due_to_take_effect(timezone.localdate(now)):
        try:
            bring_into_force(version, by=machine("take_effect", now), at=now)
        except Refusal as refusal:  # somebody moved it meanwhile; the others go on
            log.warning("not_taken_into_force", version=version.key, reason=str(refusal))
