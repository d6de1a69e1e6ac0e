"""What must be known of a dossier now, and what was not kept: each with the rule it comes from, and what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chuan.quality.dossiers.models import Dossier
from chuan.rules.handling.verdicts import Rule, Violation
from chuan.web.agency.handling.axis import Clocked
from chuan.web.agency.handling.offered import Offer
from chuan.web.agency.handling.words import rule_words
from chuan.web.kit.words import worded

_ANSWERED_BY = {Rule.R11: "xin-loi", Rule.R12: "ghi-chu", Rule.R13: "ghi-chu"}
"""What answers an alert or a duty, by its rule."""


@dataclass(frozen=True, slots=True)
class Pressing:
    """A sentence with its source; `url` and `verb` lead to what answers it, "" where the actor cannot."""

    words: str
    source: str
    verb: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class NotKept:
    """A rule that was not kept, when, and its source."""

    at: datetime
    words: str
    source: str


def pressing(dossier: Dossier, one: Clocked, offers: Sequence[Offer]) -> list[Pressing]:
    """Return the open alerts and duties. A duty says more than the alert of the same rule and stands for it."""
    found = one.found
    duties = {duty.rule for duty in found.duties}
    said = [(duty.rule, worded(duty.reason)) for duty in found.duties]
    said += [(alert.rule, worded(alert.reason)) for alert in found.alerts if alert.rule not in duties]
    slugs = {offer.slug for offer in offers}
    shown = []
    for rule, words in said:
        slug = _ANSWERED_BY.get(rule, "")
        url = reverse("act_on_dossier", args=[dossier.key, slug]) if slug in slugs else ""
        verb = _("Xin lỗi, hẹn lại") if rule is Rule.R11 else _("Ghi là đã báo")
        shown.append(Pressing(words, rule_words(rule), verb if url else "", url))
    return shown


def violations(found: Iterable[Violation]) -> list[NotKept]:
    """Return what was not kept, in words."""
    return [NotKept(one.at, worded(one.reason), rule_words(one.rule)) for one in found]
