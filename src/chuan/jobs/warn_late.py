"""Telling who has a dossier that it will be late unless something is done, on the last working day before it is."""

from django.db import transaction
from django.utils import timezone

from chuan.quality.dossiers.notices import tell_of_late_risk
from chuan.quality.dossiers.warning import at_risk


def warn() -> None:
    """Tell of each such dossier, once for its appointment; cut off anywhere the next round tells the others."""
    now = timezone.now()
    for dossier in at_risk(now):
        with transaction.atomic():
            tell_of_late_risk(dossier, at=now)
