"""Who is told what of the improvement register."""

from datetime import datetime

from django.utils import timezone
from django.utils.text import Truncator

from chuan.kernel.actor import Actor
from chuan.organisations.people.notices import accounts_in, accounts_with, tell
from chuan.quality.improvement.models import Improvement
from chuan.rules.authority import Permission

LONGEST = 200
"""Letters of a finding in a notice."""


def tell_of_work(one: Improvement, *, by: Actor, at: datetime) -> None:
    """Tell who carries the responsible position that the entry is theirs, never who gave it to them."""
    if one.position_id is None:
        return
    day = timezone.localdate(at)
    accounts = accounts_in(one.position_id, one.agency, day=day).exclude(pk=by.account_id or 0)
    event = f"{one.key}:{one.position_id}:{at.isoformat()}"
    tell(accounts, "improvement.assigned", event=event, about=one.key, at=at, text=_said(one))


def tell_of_correction(one: Improvement, *, by: Actor, at: datetime) -> None:
    """Tell who closes entries of the agency that this one was corrected."""
    accounts = accounts_with(one.agency, Permission.CLOSE_IMPROVEMENT, day=timezone.localdate(at))
    others = accounts.exclude(pk=by.account_id or 0)
    tell(others, "improvement.corrected", event=f"{one.key}:{at.isoformat()}", about=one.key, at=at, text=_said(one))


def _said(one: Improvement) -> str:
    return f"{one.shown_number}: {Truncator(one.about).chars(LONGEST)}"
