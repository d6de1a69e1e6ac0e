"""The forms of the staff pages. They read what was typed; whether it may be is for the actions to say."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chuan.kernel.actor import Actor
from chuan.organisations.agencies.models import Agency, Unit
from chuan.organisations.people.access import may_give
from chuan.organisations.people.models import Person
from chuan.rules.authority import GRANTS, Reach, Role
from chuan.web.kit.forms import DayField, offer
from chuan.web.kit.words import role_name


class PersonForm(forms.Form):
    """A new person of an agency."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    staff_code = forms.CharField(label=_("Số hiệu"), max_length=30)
    email = forms.EmailField(label=_("Thư công vụ"), required=False)


class PositionForm(forms.Form):
    """A new position of an agency."""

    title = forms.CharField(label=_("Chức danh, vị trí"), max_length=200)
    code = forms.CharField(label=_("Mã vị trí"), max_length=30)
    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(label=_("Đơn vị"), queryset=None, required=False)

    def __init__(self, *args: Any, agency: Agency, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = Unit.objects.within(agency)  # type: ignore[attr-defined]  # a model choice


class HoldForm(forms.Form):
    """Who holds a position, from when, by which decision."""

    person = forms.ChoiceField(label=_("Người giữ"))
    from_on = DayField(label=_("Từ ngày"))
    decision = forms.CharField(
        label=_("Quyết định"), required=False, max_length=200, help_text=_("Số, ngày của quyết định.")
    )

    def __init__(self, *args: Any, agency: Agency, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "person", people_of(agency))


class LastDayForm(forms.Form):
    """The last day of something."""

    last_day = DayField(label=_("Ngày cuối cùng"))


class RoleForm(forms.Form):
    """A role for a position: offered are those that the actor may give, none chosen beforehand."""

    role = forms.ChoiceField(label=_("Vai trò"))
    from_on = DayField(label=_("Từ ngày"))

    def __init__(self, *args: Any, agency: Agency, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [role for role in Role if may_give(actor, role, agency)]
        groups = ((_("Chỉ trong cơ quan này"), Reach.AGENCY), (_("Trên mọi cơ quan của tỉnh"), Reach.PROVINCE))
        named = [(name, roles) for name, reach in groups if (roles := _named(offered, reach))]
        offer(self, "role", [("", "—"), *named])


class DelegateForm(forms.Form):
    """Who stands in, from when until when, and why."""

    to = forms.ChoiceField(label=_("Người làm thay"))
    from_on = DayField(label=_("Từ ngày"))
    until_on = DayField(label=_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do, văn bản ủy quyền"), max_length=300)

    def __init__(self, *args: Any, agency: Agency, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "to", people_of(agency))


class AccountForm(forms.Form):
    """The name with which a person will sign in."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        help_text=_("Chữ thường không dấu, chữ số, dấu chấm, gạch. Ví dụ: an.tran"),
    )


def _named(roles: Iterable[Role], reach: Reach) -> list[tuple[str, str]]:
    return [(role.value, role_name(role)) for role in roles if GRANTS[role].reach is reach]


def people_of(agency: Agency) -> list[tuple[str, str]]:
    """Return the people of `agency` to choose from, by given name as name lists are kept."""
    people = Person.objects.within(agency).order_by("sort_text", "pk")
    return [("", "—"), *((person.key, f"{person.full_name} ({person.staff_code})") for person in people)]
