"""How every form of the house is drawn: label, hint, error beside the field, then the field itself."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from chuan.kernel.errors import Refusal

_AS_A_DAY = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{4}-\d{1,2}-\d{1,2}")


class Renderer(TemplatesSetting):
    """The project's templates for forms and fields; widgets keep Django's."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"
    bound_field_class = None


class DayField(forms.DateField):
    """A day typed as dd/mm/yyyy: the browser's own date field follows the language of the computer, often English."""

    def __init__(self, **options: Any) -> None:
        shown = {"placeholder": _("ngày/tháng/năm"), "inputmode": "numeric", "class": "day", "autocomplete": "off"}
        widget = forms.DateInput(format="%d/%m/%Y", attrs=shown)
        super().__init__(input_formats=["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"], widget=widget, **options)
        self.error_messages["invalid"] = _("Ngày phải viết dạng 31/12/2026.")

    def to_python(self, value: Any) -> date | None:
        """Return the day; what is written as a day and is none in the calendar is told apart from what is not."""
        try:
            return super().to_python(value)
        except ValidationError:
            if _AS_A_DAY.fullmatch(str(value).strip()):
                raise ValidationError(_("Không có ngày %(day)s trong lịch."), params={"day": value}) from None
            raise


def offer(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Let the choice field `name` of `form` offer `choices`: pairs of value and words, or groups of them."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def done(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Call `act` with what was posted and return True. False when nothing or something wrong was posted, and when `act`
    refuses or finds a value impossible, which becomes an error of `form`.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    except ValidationError as problem:
        by_field = problem.message_dict if hasattr(problem, "error_dict") else {"": problem.messages}
        for name, sentences in by_field.items():
            for sentence in sentences:
                form.add_error(name if name in form.fields else None, sentence)
        return False
    return True
