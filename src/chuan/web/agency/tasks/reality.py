"""Work from logs: questions that nobody has answered, choices to carry out, files that could not be taken in."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.analytics.findings.models import Choice
from chuan.analytics.findings.queries import choices_open, newest_readings
from chuan.analytics.logs.queries import refused_uploads
from chuan.kernel.actor import Actor
from chuan.rules.authority import Permission
from chuan.web.agency.reality.words import question_words
from chuan.web.kit.tasks import Task, Urgency, in_short

MOST = 100


def questions_to_decide(actor: Actor) -> Iterable[Task]:
    """Return a task for each procedure that has questions nobody has chosen anything for, or one for all."""

    def as_one(count: int) -> Task:
        return Task(
            due_on=None,
            urgency=Urgency.LATER,
            title=_("%(count)d quy trình khác thực tế, cần quyết định") % {"count": count},
            why=_(
                "Với mỗi điều khác: sửa quy trình, sửa cách làm hoặc xem thêm. Quy trình khác nhiều nhất đứng trước."
            ),
            verb=_("Xem danh sách"),
            url=reverse("realities"),
            article=_("TCVN ISO 9001:2015, điều 9.1.3, 10.2"),
        )

    return in_short(_questions(actor), as_one)


def _questions(actor: Actor) -> Iterator[Task]:
    decides = actor.agencies_where(Permission.DECIDE_DEVIATION)
    if not decides:
        return
    chosen = Choice.objects.visible_to(actor).values_list("procedure_id", "deviation", "step")
    answered = set(chosen)
    for one in newest_readings(actor).filter(agency__in=decides)[:MOST]:
        procedure = one.version.procedure
        asked = one.content["questions"]
        open_ones = [q for q in asked if (procedure.pk, q["kind"], q["step"]) not in answered]
        if open_ones:
            yield Task(
                due_on=None,
                urgency=Urgency.LATER,
                title=_("Quy trình %(code)s khác thực tế: %(count)d điều cần quyết định")
                % {"code": procedure.code, "count": len(open_ones)},
                why=question_words(open_ones[0]),
                verb=_("Xem và chọn"),
                url=reverse("reality", args=[procedure.key]),
                article=_("TCVN ISO 9001:2015, điều 9.1.3, 10.2"),
            )


def open_choices(actor: Actor) -> Iterable[Task]:
    """Yield the choices whose work lies with a position of the actor, or with who decides where none is named."""
    positions = {duty.position_id for duty in actor.duties}
    decides = actor.agencies_where(Permission.DECIDE_DEVIATION)
    for choice in choices_open(actor):
        if choice.position_id in positions or (choice.position_id is None and choice.agency_id in decides):
            yield _work_of(choice, actor)


def _work_of(choice: Choice, actor: Actor) -> Task:
    late = choice.due_on is not None and choice.due_on < timezone.localdate(actor.at)
    opens = choice.kind == Choice.Kind.CHANGE_PAPER and choice.draft_id is None
    opens = opens and actor.may(Permission.WRITE_PROCEDURE, choice.agency)
    return Task(
        due_on=choice.due_on,
        urgency=Urgency.LATE if late else Urgency.SOON,
        title=f"{choice.get_kind_display()}: {choice.procedure.code}",
        why=choice.note or choice.question,
        verb=_("Mở bản dự thảo") if opens else _("Xem việc"),
        url=reverse("open_choice_draft", args=[choice.key])
        if opens
        else reverse("reality", args=[choice.procedure.key]),
        posts=opens,
    )


def uploads_refused(actor: Actor) -> Iterable[Task]:
    """Return the files of the last uploads that could not be taken in, or one task for all."""

    def as_one(count: int) -> Task:
        return Task(
            due_on=None,
            urgency=Urgency.SOON,
            title=_("%(count)d tệp hồ sơ không nhập được") % {"count": count},
            why=_("Mỗi tệp nói vì sao; sửa tệp rồi nộp lại vào nguồn của nó."),
            verb=_("Xem các nguồn"),
            url=reverse("log_sources"),
        )

    refused = (
        Task(
            due_on=None,
            urgency=Urgency.SOON,
            title=_("Không nhập được tệp %(name)s") % {"name": upload.name},
            why=upload.problem,
            verb=_("Xem và sửa"),
            url=reverse("log_upload", args=[upload.key]),
        )
        for upload in refused_uploads(actor).order_by("pk")[:MOST]
    )
    return in_short(refused, as_one)
