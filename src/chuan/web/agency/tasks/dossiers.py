"""Work from the dossiers that are run here: what is late or close at the actor's positions, what other agencies ask,
what must be apologised for.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.quality.dossiers import queries
from chuan.quality.dossiers.models import Dossier, DossierPart
from chuan.rules.authority import Permission
from chuan.rules.handling.setting import rule_sources
from chuan.rules.handling.urgency import Urgency as Group
from chuan.rules.handling.verdicts import Rule
from chuan.web.agency.queue.chosen import APOLOGISE, ASKED, Wanted
from chuan.web.agency.queue.words import GROUP_WORDS
from chuan.web.kit.tasks import Task, Urgency, in_short

P = Permission
MOST = 100
PRESSING = (Group.LATE_BY_LAW, Group.LATE, Group.STEP_LATE, Group.CLOSE)


def dossiers_to_handle(actor: Actor) -> Iterable[Task]:
    """Return the dossiers that lie with a position of the actor and are late or close: few one by one, many as one."""
    agencies = _agencies(actor, P.HANDLE_DOSSIER)
    if not agencies:
        return []
    own = queries.handled_by([one.pk for one in agencies]).filter(
        holder__in=[duty.position_id for duty in actor.duties]
    )
    rows = queries.with_urgency(queries.open_ones(own), actor.at, queries.soon_in(agencies, actor.at))
    pressing = list(_briefly(rows.filter(urgency__lte=int(Group.CLOSE)).order_by("urgency", "ends", "pk")))
    late = any(row.urgency != Group.CLOSE for row in pressing)

    def as_one(count: int) -> Task:
        return Task(
            due_on=timezone.localdate(actor.at),
            urgency=Urgency.LATE if late else Urgency.SOON,
            title=_("%(count)d hồ sơ ở chỗ bạn quá hạn hoặc sắp đến hạn") % {"count": count},
            why=_summed(pressing),
            verb=_("Mở hồ sơ của tôi"),
            url=Wanted().url(),
        )

    return in_short([_of_dossier(row) for row in pressing], as_one)


def _briefly(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows.only("key", "code", "step_title", "next_due_at", "due_at")[:MOST]


def _of_dossier(row: Any) -> Task:
    group = Group(row.urgency)
    step = _("bước %(step)s") % {"step": row.step_title} if row.step_title else ""
    return Task(
        due_on=timezone.localdate(row.next_due_at),
        urgency=Urgency.SOON if group is Group.CLOSE else Urgency.LATE,
        title=_("Xử lý hồ sơ %(code)s") % {"code": row.code},
        why=" · ".join(part for part in (str(GROUP_WORDS[group]), step) if part),
        verb=_("Mở hồ sơ"),
        url=_page(row),
    )


def _summed(rows: Sequence[Any]) -> str:
    counted = ((group, sum(1 for row in rows if row.urgency == group)) for group in PRESSING)
    return ", ".join(f"{GROUP_WORDS[group]}: {count}" for group, count in counted if count)


def parts_asked(actor: Actor) -> Iterable[Task]:
    """Return what other agencies ask of those in which the actor handles dossiers."""
    own = actor.agencies_where(P.HANDLE_DOSSIER)
    if not own:
        return []
    parts = list(queries.asked_parts(actor).filter(agency__in=own)[:MOST])
    today = timezone.localdate(actor.at)

    def one(part: DossierPart) -> Task:
        due_on = timezone.localdate(part.due_at) if part.due_at else None
        return Task(
            due_on=due_on,
            urgency=Urgency.LATE if part.due_at and part.due_at < actor.at else Urgency.SOON,
            title=_("Trả lời %(agency)s về hồ sơ %(code)s")
            % {"agency": part.dossier.agency.name, "code": part.dossier.code},
            why=part.content,
            verb=_("Mở để trả lời"),
            url=_page(part.dossier),
            article=_law(Rule.R13),
            since=timezone.localdate(part.got_at),
        )

    def as_one(count: int) -> Task:
        late = any(part.due_at and part.due_at < actor.at for part in parts)
        return Task(
            due_on=today if late else None,
            urgency=Urgency.LATE if late else Urgency.SOON,
            title=_("%(count)d việc cơ quan khác hỏi đang chờ trả lời") % {"count": count},
            why=_("Mỗi việc có hạn riêng; trả lời chậm làm hồ sơ của họ trễ hẹn."),
            verb=_("Xem các việc được hỏi"),
            url=Wanted(scope=ASKED).url(),
        )

    return in_short(map(one, parts), as_one)


def apologies_due(actor: Actor) -> Iterable[Task]:
    """Return the dossiers for which the head must apologise before they are late (R11)."""
    agencies = _agencies(actor, P.MANAGE_ONE_STOP, P.HANDLE_DOSSIER)
    if not agencies:
        return []
    rows = list(_briefly(queries.to_apologise(agencies, actor.at).order_by("due_at", "pk")))

    def as_one(count: int) -> Task:
        late = any(row.due_at < actor.at for row in rows)
        return Task(
            due_on=timezone.localdate(actor.at),
            urgency=Urgency.LATE if late else Urgency.SOON,
            title=_("%(count)d hồ sơ sẽ trễ hẹn nếu chưa xong: xin lỗi và hẹn lại") % {"count": count},
            why=_("Phải xin lỗi và hẹn lại chậm nhất một ngày làm việc trước hạn; chỉ được hẹn lại một lần."),
            verb=_("Xem các hồ sơ"),
            url=Wanted(scope=APOLOGISE).url(),
            article=_law(Rule.R11),
        )

    return in_short(_apologies(rows, actor), as_one)


def _apologies(rows: Iterable[Dossier], actor: Actor) -> Iterator[Task]:
    for row in rows:
        if row.due_at is None:
            continue
        yield Task(
            due_on=timezone.localdate(min(row.due_at, actor.at)),
            urgency=Urgency.LATE if row.due_at < actor.at else Urgency.SOON,
            title=_("Hồ sơ %(code)s sẽ trễ hẹn nếu chưa xong") % {"code": row.code},
            why=_("Phải xin lỗi và hẹn lại chậm nhất một ngày làm việc trước hạn; chỉ được hẹn lại một lần."),
            verb=_("Mở để xin lỗi, hẹn lại"),
            url=_page(row),
            article=_law(Rule.R11),
        )


def _law(rule: Rule) -> str:
    """Return where a rule was read first, and the text that is presumed to hold it now, not compared yet."""
    found = rule_sources()[rule]
    if found.checked or not found.successor:
        return found.sources[0]
    said = {"source": found.sources[0], "successor": found.successor}
    return _("%(source)s; nay %(successor)s, chưa đối chiếu") % said


def _page(row: Dossier) -> str:
    return reverse("living_dossier", args=[row.key])


def _agencies(actor: Actor, *permissions: Permission) -> list[Agency]:
    """Return the agencies in which the actor has all `permissions`."""
    own = frozenset.intersection(*(actor.agencies_where(one) for one in permissions))
    if not own:
        return []
    rows = Agency.objects.everywhere(reason="the agencies that the actor serves").filter(pk__in=own)
    return list(rows.only("pk", "code").order_by("pk"))
