"""Work after an outage: the slips that are to be entered, and an outage of which nobody wrote down the end (R21)."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.quality.dossiers.outages.models import Outage
from chuan.quality.dossiers.outages.queries import unfinished, with_slips
from chuan.rules.authority import Permission
from chuan.rules.handling.verdicts import Rule
from chuan.text import numbers
from chuan.web.agency.handling.words import rule_words
from chuan.web.kit.tasks import Task, Urgency, in_short

MOST = 100


def outages_unfinished(actor: Actor) -> Iterable[Task]:
    """Return the outages that still last on record (slips count with them until they are ended), and those after which
    nobody said that all slips are entered: for those who receive dossiers.
    """
    own = actor.agencies_where(Permission.RECEIVE_DOSSIER)
    rows = list(with_slips(unfinished(own))[:MOST]) if own else []
    return [
        *(_to_end(one) for one in rows if one.ended_at is None),
        *in_short([_to_enter(one, one.slips) for one in rows if one.ended_at], _as_one),
    ]


def _to_end(one: Outage) -> Task:
    return Task(
        due_on=None,
        urgency=Urgency.SOON,
        title=_("Mạng đã có lại chưa? Ghi lúc có lại"),
        why=_("Đang ghi là mất mạng từ %(start)s.") % {"start": _moment(one)[0]},
        verb=_("Ghi lúc có lại"),
        url=reverse("end_outage", args=[one.key]),
        article=rule_words(Rule.R21),
        since=timezone.localdate(one.began_at),
    )


def _to_enter(one: Outage, entered: int) -> Task:
    start, end = _moment(one)
    return Task(
        due_on=None,
        urgency=Urgency.SOON,
        title=_("Nhập hồ sơ giấy nhận lúc mất mạng"),
        why=_("Mất mạng từ %(start)s đến %(end)s; đã nhập %(count)s hồ sơ. Ghi giờ nhận trên phiếu.")
        % {"start": start, "end": end, "count": entered},
        verb=_("Xem và nhập"),
        url=reverse("outage", args=[one.key]),
        article=rule_words(Rule.R21),
        since=timezone.localdate(one.ended_at),
    )


def _as_one(count: int) -> Task:
    return Task(
        due_on=None,
        urgency=Urgency.SOON,
        title=_("Nhập hồ sơ giấy nhận trong %(count)d lần mất mạng") % {"count": count},
        why=_("Mỗi phiếu ghi cả giờ nhận trên phiếu; hết phiếu thì ghi là đã nhập đủ."),
        verb=_("Xem các lần mất mạng"),
        url=reverse("outages"),
        article=rule_words(Rule.R21),
    )


def _moment(one: Outage) -> tuple[str, str]:
    span = one.span
    return numbers.moment(span.start), numbers.moment(span.end) if span.end else ""
