"""Work from procedures: versions to decide on, drafts that came back, what must be read, originals that moved on."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chuan.kernel.actor import Actor
from chuan.quality.models import ProcedureVersion, VersionMove
from chuan.quality.procedures.four_eyes import REVIEWED, SUBMITTED, decided_by_others
from chuan.quality.procedures.queries import behind_their_original, being_written_by, sent_back_to, unread_by
from chuan.rules.authority import Permission
from chuan.web.kit.tasks import Task, Urgency, in_short

SHOWN = 3


def versions_waiting(actor: Actor) -> Iterable[Task]:
    """Return the versions under review: to approve for whoever may, otherwise to review; many of them as one task."""

    def as_one(count: int) -> Task:
        return Task(
            due_on=None,
            urgency=Urgency.SOON,
            title=_("%(count)d bản quy trình đã trình, đang chờ xem xét") % {"count": count},
            why=_("Bản chờ chưa có hiệu lực; người soạn chưa làm tiếp được."),
            verb=_("Xem danh sách"),
            url=reverse("procedures") + "?xem=review",
            article=_("TCVN ISO 9001:2015, điều 7.5.2"),
        )

    return in_short(_waiting(actor), as_one)


def _waiting(actor: Actor) -> Iterator[Task]:
    approves = actor.agencies_where(Permission.APPROVE_PROCEDURE)
    reviews = actor.agencies_where(Permission.REVIEW_PROCEDURE)
    rows = ProcedureVersion.objects.visible_to(actor).filter(state="review", procedure__agency__in=approves | reviews)
    rows = rows.exclude(pk__in=decided_by_others(rows, actor).values("pk"))
    moves = VersionMove.objects.everywhere(reason="moves of rows that are scoped").filter(
        of=OuterRef("pk"), **SUBMITTED
    )
    rows = rows.annotate(handed_over_at=Subquery(moves.order_by("-at", "-pk").values("at")[:1]))
    reviewed = VersionMove.objects.everywhere(reason="moves of rows that are scoped").filter(
        of=OuterRef("pk"), at__gte=OuterRef("handed_over_at"), **REVIEWED
    )
    rows = rows.annotate(reviewed_by=Subquery(reviewed.order_by("-at", "-pk").values("by_name")[:1]))
    rows = rows.exclude(~Q(procedure__agency__in=approves), Exists(reviewed.filter(by=actor.account_id or 0)))
    for one in rows.select_related("procedure").defer("content").order_by("handed_over_at", "pk"):
        may_approve = one.procedure.agency_id in approves
        words = _("Phê duyệt %(code)s %(name)s") if may_approve else _("Xem xét %(code)s %(name)s")
        yield Task(
            due_on=None,
            urgency=Urgency.SOON,
            title=words % {"code": one.procedure.code, "name": one.procedure.name},
            why=_why_waiting(one.number, one.reviewed_by),
            verb=_("Mở xem"),
            url=_page(one),
            article=_("TCVN ISO 9001:2015, điều 7.5.2"),
            since=timezone.localdate(one.handed_over_at),
        )


def _why_waiting(number: int, reviewer: str | None) -> str:
    if not reviewer:
        return _("Lần ban hành %(number)02d đã trình, đang chờ.") % {"number": number}
    said = _("Lần ban hành %(number)02d đã trình; %(name)s đã xem xét, còn chờ phê duyệt.")
    return said % {"number": number, "name": reviewer}


def versions_sent_back(actor: Actor) -> Iterable[Task]:
    """Return the drafts that came back with a reason to who wrote them; many of them as one task."""

    def as_one(count: int) -> Task:
        return Task(
            due_on=None,
            urgency=Urgency.SOON,
            title=_("%(count)d dự thảo bị trả lại") % {"count": count},
            why=_("Mỗi bản nói vì sao; sửa rồi trình lại."),
            verb=_("Xem danh sách"),
            url=reverse("procedures") + "?xem=tra-lai",
        )

    drafts = sent_back_to(actor).defer("content").order_by("pk")
    tasks = (
        Task(
            due_on=None,
            urgency=Urgency.SOON,
            title=_("Sửa dự thảo bị trả lại: %(name)s") % {"name": one.procedure.name},
            why=one.said,
            verb=_("Mở sửa"),
            url=_page(one),
            since=timezone.localdate(one.came_at),
        )
        for one in drafts
    )
    return in_short(tasks, as_one)


def drafts_being_written(actor: Actor) -> Iterable[Task]:
    """Return the drafts that the person began or went on with and nobody has handed over; many of them as one task."""

    def as_one(count: int) -> Task:
        return Task(
            due_on=None,
            urgency=Urgency.LATER,
            title=ngettext("%(count)d dự thảo đang soạn", "%(count)d dự thảo đang soạn", count) % {"count": count},
            why=_("Chưa trình, nên chưa ai xem xét."),
            verb=_("Xem danh sách"),
            url=reverse("procedures") + "?xem=draft",
        )

    tasks = (
        Task(
            due_on=None,
            urgency=Urgency.LATER,
            title=_("Soạn tiếp %(code)s %(name)s") % {"code": one.procedure.code, "name": one.procedure.name},
            why=_("Dự thảo lần %(number)02d chưa trình, nên chưa ai xem xét.") % {"number": one.number},
            verb=_("Soạn tiếp"),
            url=reverse("edit_draft", args=[one.key]),
            since=timezone.localdate(one.came_at),
        )
        for one in being_written_by(actor).defer("content")
    )
    return in_short(tasks, as_one)


def unread_procedures(actor: Actor) -> Iterable[Task]:
    """Yield versions in force that the person has not confirmed having read; many of them as one task."""
    if actor.account_id is None:
        return
    rows = unread_by(actor).defer("content").order_by("-effective_on", "pk")
    shown = list(rows[: SHOWN + 1])
    if len(shown) > SHOWN:
        yield Task(
            due_on=None,
            urgency=Urgency.LATER,
            title=_("Đọc %(count)d quy trình đang hiệu lực") % {"count": rows.count()},
            why=_("Bạn chưa xác nhận đã đọc."),
            verb=_("Xem danh sách"),
            url=reverse("procedures") + "?xem=chua-doc",
            article=_("TCVN ISO 9001:2015, điều 7.3"),
        )
        return
    for one in shown:
        yield Task(
            due_on=None,
            urgency=Urgency.LATER,
            title=_("Đọc quy trình %(name)s") % {"name": one.procedure.name},
            why=_("Lần ban hành %(number)02d đang hiệu lực; bạn chưa xác nhận đã đọc.") % {"number": one.number},
            verb=_("Mở đọc"),
            url=_page(one),
            article=_("TCVN ISO 9001:2015, điều 7.3"),
            since=one.effective_on,
        )


def originals_moved_on(actor: Actor) -> Iterable[Task]:
    """Return the adopted procedures whose original has a newer version; many of them as one task."""

    def as_one(count: int) -> Task:
        return Task(
            due_on=None,
            urgency=Urgency.SOON,
            title=_("Tỉnh đã có bản mới của %(count)d quy trình") % {"count": count},
            why=_("Quy trình của cơ quan còn theo bản cũ. Xem khác gì rồi lấy vào dự thảo."),
            verb=_("Xem danh sách"),
            url=reverse("procedures") + "?xem=goc-moi",
        )

    own = actor.agencies_where(Permission.WRITE_PROCEDURE)
    tasks = (
        Task(
            due_on=None,
            urgency=Urgency.SOON,
            title=_("Tỉnh đã có bản mới của %(name)s") % {"name": one.name},
            why=_("Quy trình của cơ quan còn theo bản cũ. Xem khác gì rồi lấy vào dự thảo."),
            verb=_("Xem khác gì"),
            url=reverse("compare_original", args=[one.key]),
        )
        for one in behind_their_original(actor).filter(agency__in=own).order_by("code")
    )
    return in_short(tasks, as_one)


def _page(one: ProcedureVersion) -> str:
    return f"{reverse('procedure', args=[one.procedure.key])}?lan={one.number}"
