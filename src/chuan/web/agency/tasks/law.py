"""Work from changes of the law: procedures in force that still rest on an instrument without force."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.norms.law.queries import law_library
from chuan.quality.procedures.citing import resting_on_ended
from chuan.rules.authority import Permission
from chuan.rules.instruments import InstrumentState
from chuan.text import numbers
from chuan.web.kit.tasks import Task, Urgency

DAYS_AHEAD = 30


def law_not_carried_over(actor: Actor) -> Iterable[Task]:
    """Yield a task for each instrument that ended, or ends within a month, and that the procedures in force cite."""
    own = actor.agencies_where(Permission.WRITE_PROCEDURE)
    if not own:
        return
    library, today = law_library(actor.provinces), timezone.localdate(actor.at)
    soon = today + timedelta(days=DAYS_AHEAD)
    for one in resting_on_ended(actor, own, library, soon):
        number = one.number
        ended = library.state(number, today) is InstrumentState.EXPIRED
        successors = ", ".join(one.number for one in library.replaced_by(number, soon))
        expires_on = library.ended_on(number, soon)
        said = _("Văn bản đã hết hiệu lực.") if ended else _("Văn bản hết hiệu lực từ %(day)s.")
        why = said % {"day": numbers.day(expires_on) if expires_on else numbers.day(soon)}
        if successors:
            why += " " + _("Thay thế: %(numbers)s.") % {"numbers": successors}
        if one.carried_over:
            why += " " + _("%(count)d bản mới đã thay căn cứ, còn chờ có hiệu lực.") % {"count": one.carried_over}
        yield Task(
            due_on=expires_on,
            urgency=Urgency.LATE if ended else Urgency.SOON,
            title=_("%(count)d quy trình còn căn cứ %(number)s") % {"count": one.count, "number": number},
            why=why,
            verb=_("Xem quy trình phải sửa"),
            url=reverse("instrument", args=[number]),
            article=_("TCVN ISO 9001:2015, điều 7.5.3.2"),
        )
