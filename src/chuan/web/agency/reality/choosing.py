"""Where procedure and reality differ: change the paper, change the practice, look again, or write down why."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.analytics.findings import choosing
from chuan.analytics.findings.models import Choice, ProcedureReading
from chuan.checking.report.questions import Question
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import NotYours, Refusal
from chuan.kernel.scoping import find, require
from chuan.organisations.models import Position
from chuan.organisations.people.queries import holders_on
from chuan.quality.models import Procedure
from chuan.quality.procedures.four_eyes import holdings_with
from chuan.rules.authority import Permission
from chuan.web.agency.reality.picking import picked
from chuan.web.kit.acting import ask, say
from chuan.web.kit.forms import DayField, done


class ChoiceForm(forms.Form):
    """What is done about a deviation; a change of practice needs a position and a day, an explanation its reason."""

    NEEDED: ClassVar[Mapping[str, tuple[str, ...]]] = {
        Choice.Kind.CHANGE_PRACTICE: ("position", "due_on"),
        Choice.Kind.EXPLAINED: ("note",),
    }

    kind = forms.ChoiceField(label=gettext_lazy("Cách xử lý"), choices=Choice.Kind.choices, widget=forms.RadioSelect)
    position: "forms.ModelChoiceField[Position]" = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Vị trí thực hiện"),
        help_text=gettext_lazy("Chỉ cần khi sửa cách làm: ai làm."),
    )
    due_on = DayField(
        label=gettext_lazy("Hạn"), help_text=gettext_lazy("Chỉ cần khi sửa cách làm: xong trước ngày nào.")
    )
    note = forms.CharField(
        label=gettext_lazy("Lý do, yêu cầu"),
        help_text=gettext_lazy("Đã rõ thì phải ghi lý do."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *positional: Any, positions: "QuerySet[Position]", **named: Any) -> None:
        super().__init__(*positional, **named)
        cast("forms.ModelChoiceField[Position]", self.fields["position"]).queryset = positions
        if asked := self.initial.get("kind"):
            self._only(asked)
        kind = self.data.get("kind") if self.is_bound else asked
        for name in ("position", "due_on", "note"):
            if name in self.fields:
                self.fields[name].required = name in self.NEEDED.get(str(kind or ""), ())

    def _only(self, kind: str) -> None:
        """Ask only for what the way `kind` wants, which was chosen before: only a change of practice gives work."""
        self.fields["kind"].widget = forms.HiddenInput()
        self.fields["note"].help_text = ""
        if kind != Choice.Kind.CHANGE_PRACTICE:
            del self.fields["position"], self.fields["due_on"]


@writes(Permission.DECIDE_DEVIATION)
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """Choose what to do about one deviation of the procedure `key`; the address names it (`diem`)."""
    actor = actor_of(request)
    procedure = find(Procedure.objects.visible_to(actor).select_related("agency"), key=key)
    require(actor, Permission.DECIDE_DEVIATION, procedure.agency)
    one = picked(actor, procedure, request)
    kind, _colon, step = request.GET.get("diem", "").partition(":")
    asked = _asked(one, kind, step)
    positions = Position.objects.within(procedure.agency).filter(closed_on__isnull=True)
    asked_way = request.GET.get("cach", "")
    way = asked_way if asked_way in Choice.Kind.values else ""
    form = ChoiceForm(request.POST or None, initial={"kind": way}, positions=positions)
    made: list[Choice] = []

    def act() -> None:
        made.append(
            choosing.choose(
                procedure,
                deviation=kind,
                step=step,
                question=asked.text("vi"),
                count=asked.count,
                **form.cleaned_data,
                by=actor,
                at=actor.at,
            )
        )

    back = reverse("reality", args=[procedure.key])
    if done(form, act):
        say(request, _written(made[0]), undo=reverse("withdraw_choice", args=[made[0].key]))
        return redirect(back)
    language = get_language() or "vi"
    said = {"question": asked.text(language), "innocent": asked.innocent(language), "way": way}
    said["way_word"] = str(Choice.Kind(way).label) if way else ""
    said["every_way"] = f"?{urlencode({'diem': request.GET.get('diem', '')})}"
    return ask(request, form, "agency/reality/choose.html", procedure=procedure, back=back, **said)


def _asked(one: ProcedureReading | None, kind: str, step: str) -> Question:
    """Return what the reading asks about this point, or raise NotYours."""
    rows = [Question(**each) for each in (one.content["questions"] if one else [])]
    found = next((each for each in rows if (each.kind, each.step) == (kind, step)), None)
    if found is None:
        raise NotYours
    return found


def who_decides(procedure: Procedure, day: date) -> list[str]:
    """Return who chooses in the agency of `procedure` on `day`: "Chủ tịch UBND xã (Nguyễn Văn Vinh)"."""
    rows = holdings_with(procedure.agency, Permission.DECIDE_DEVIATION, day).order_by("position__code", "pk")
    return list(dict.fromkeys(f"{one.position.title} ({one.person.full_name})" for one in rows))


def _written(choice: Choice) -> str:
    """Return what was chosen, and who has the work."""
    said = _("Đã ghi: %(choice)s.") % {"choice": choice.get_kind_display().lower()}
    whose = _("Việc này của %(who)s.") % {"who": who_has(choice)} if choice.position else ""
    return f"{said} {whose}".strip()


def who_has(choice: Choice) -> str:
    """Return the position that has the work of a choice, with who holds it today: "Thư ký ISO (Lê Hương Giang)"."""
    if choice.position is None:
        return ""
    nobody = _("chưa có ai giữ")
    names = ", ".join(person.full_name for person in holders_on(choice.position, timezone.localdate()))
    return f"{choice.position.title} ({names or nobody})"


@writes(Permission.WRITE_PROCEDURE)
@require_POST
def open_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the draft that a choice asks for, and go on writing in it."""
    actor = actor_of(request)
    choice = find(Choice.objects.visible_to(actor).select_related("agency", "procedure__agency", "draft"), key=key)
    draft = choosing.open_draft(choice, by=actor, at=actor.at)
    say(
        request, _("Bản dự thảo lần %(number)02d: %(question)s") % {"number": draft.number, "question": choice.question}
    )
    return redirect("edit_draft", key=draft.key)


@writes(Permission.DECIDE_DEVIATION)
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take a choice back."""
    drafts = Choice.objects.visible_to(actor_of(request)).filter(key=key, draft__isnull=False)
    kept = _("Bản dự thảo vẫn còn ở trang quy trình.") if drafts.exists() else ""
    return _acted(request, key, choosing.withdraw, (_("Đã bỏ lựa chọn.") + f" {kept}").strip())


@writes(Permission.DECIDE_DEVIATION)
@require_POST
def settle(request: HttpRequest, key: str) -> HttpResponse:
    """Say that the work of a choice is done."""
    return _acted(request, key, choosing.settle, _("Đã xong việc này."), undo=reverse("reopen_choice", args=[key]))


@writes(Permission.DECIDE_DEVIATION)
@require_POST
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    """Take "done" back."""
    return _acted(request, key, choosing.reopen, _("Đã mở lại việc này."))


def _acted(request: HttpRequest, key: str, act: Callable[..., object], said: str, undo: str = "") -> HttpResponse:
    """Call `act` with the choice, say `said` or why it was refused, and go back to the page of the procedure."""
    actor = actor_of(request)
    choice = find(Choice.objects.visible_to(actor).select_related("agency", "procedure"), key=key)
    back = redirect("reality", key=choice.procedure.key)
    try:
        act(choice, by=actor, at=actor.at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        say(request, said, undo)
    return back
