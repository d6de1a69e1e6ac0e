"""What must be known before an act: which limit it is held to, and when it would be recorded as not kept."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from chuan.rules.handling.acts import ActKind, in_effect
from chuan.rules.handling.appointments import late_risk, refusal
from chuan.rules.handling.supplements import sending_back
from chuan.rules.handling.verdicts import Duty, Rule
from chuan.text import numbers
from chuan.web.agency.handling import forms
from chuan.web.agency.handling.axis import Clocked
from chuan.web.agency.handling.words import rule_words
from chuan.web.kit.words import worded


@dataclass(frozen=True, slots=True)
class Caution:
    """A sentence with its source; `kind` is how its note is drawn ("", "soon", "wrong")."""

    kind: str
    words: str
    source: str


def cautions(form: forms.ActForm) -> list[Caution]:
    """Return what must be known before the act of `form`."""
    one, found = form.one, form.one.found
    if isinstance(form, forms.ApologyForm) and found.promised:
        risk = late_risk(found.promised.at, found.promised.run.begin, one.terms.calendar)
        return _again(one) or _by(risk.apologise, one)
    if isinstance(form, forms.RefuseForm) and found.promised:
        return _by(refusal(found.promised.at), one)
    if isinstance(form, forms.SupplementForm) and found.received_at:
        asked = [act for act in in_effect(one.acts) if act.kind is ActKind.SUPPLEMENT]
        if asked:
            words = _(
                "Hồ sơ đã được yêu cầu bổ sung lúc %(at)s. Lần này chỉ nhắc giấy tờ còn thiếu của lần đó; "
                "đòi thêm giấy tờ mới sẽ bị ghi là chưa đúng."
            )
            return [Caution("wrong", words % {"at": numbers.moment(asked[-1].at)}, rule_words(Rule.R2))]
        return _by(sending_back(found.received_at, one.terms.calendar), one)
    return []


def _by(duty: Duty, one: Clocked) -> list[Caution]:
    """Return until when the act must be done; after that it is recorded."""
    late = one.now > duty.until
    return [Caution("wrong" if late else "", worded(duty.missed if late else duty.reason), rule_words(duty.rule))]


def _again(one: Clocked) -> list[Caution]:
    """Return the warning that a dossier is re-appointed only once."""
    sent = [act for act in in_effect(one.acts) if act.kind is ActKind.APOLOGISED]
    if not sent:
        return []
    words = _("Hồ sơ đã hẹn lại lúc %(at)s. Mỗi hồ sơ chỉ được hẹn lại một lần, nên không hẹn thêm được.")
    return [Caution("wrong", words % {"at": numbers.moment(sent[-1].at)}, rule_words(Rule.R11))]
