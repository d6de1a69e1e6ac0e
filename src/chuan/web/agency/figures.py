"""Ba con số cần biết: figures in the margin of the home page, each from real records and with the list behind it."""

from collections.abc import Callable, Iterable

from django.db.models import Count, Exists, Max, OuterRef, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.analytics.models import ProcedureReading
from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.organisations.people.models import Holding, Position
from chuan.organisations.people.queries import on_day
from chuan.quality.procedures.queries import coverage
from chuan.rules.authority import Permission
from chuan.text import numbers
from chuan.web.agency.province_figures import agencies_covered, agencies_in_time, systems_declared
from chuan.web.kit.figures import Figure

Provider = Callable[[Actor], Iterable[Figure]]


def positions_held(actor: Actor) -> Iterable[Figure]:
    """How many open positions of the actor's agency somebody holds today (duties belong to positions)."""
    if not actor.duties or not actor.may_somewhere(Permission.SEE_PEOPLE):
        return
    today = timezone.localdate(actor.at)
    held = Holding.objects.visible_to(actor).filter(on_day(today), position=OuterRef("pk"))
    own = Position.objects.visible_to(actor).filter(agency_id=actor.duties[0].agency_id)
    open_ones = own.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today)).annotate(is_held=Exists(held))
    counted = open_ones.aggregate(whole=Count("pk"), part=Count("pk", filter=Q(is_held=True)))
    if counted["whole"]:
        yield Figure(
            what=_("Vị trí đang có người giữ"),
            part=counted["part"],
            whole=counted["whole"],
            because=_("Đến ngày %(day)s.") % {"day": numbers.day(today)},
            url=reverse("positions"),
            link=_("Xem các vị trí"),
        )


def services_covered(actor: Actor) -> Iterable[Figure]:
    """How many public services of the actor's agency have a procedure in force; 100 % is the law (facts D7)."""
    agency = _own_agency(actor)
    if agency is None:
        return
    today = timezone.localdate(actor.at)
    found = coverage(agency, today)
    if found.services:
        yield Figure(
            what=_("Thủ tục có quy trình đang hiệu lực"),
            part=found.covered,
            whole=found.services,
            because=_("Phải đủ 100 %% (QĐ 19/2014/QĐ-TTg). Đến ngày %(day)s.") % {"day": numbers.day(today)},
            url=reverse("coverage", args=[agency.key]),
            link=_("Xem thủ tục và quy trình"),
        )


def dossiers_in_time(actor: Actor) -> Iterable[Figure]:
    """How many judged dossiers of the actor's agency were, or still are, within the committed limit."""
    agency = _own_agency(actor)
    if agency is None or not actor.may(Permission.SEE_AGENCY, agency):
        return
    readings = ProcedureReading.objects.within(agency).filter(period="", version__state="in_force")
    found = readings.aggregate(part=Sum("in_time"), whole=Sum("judged_time"), until=Max("as_of"))
    if found["whole"]:
        yield Figure(
            what=_("Hồ sơ trong hạn cam kết"),
            part=found["part"],
            whole=found["whole"],
            because=_("Dữ liệu đến ngày %(day)s.") % {"day": numbers.day(timezone.localdate(found["until"]))},
            url=reverse("realities"),
            link=_("Xem theo quy trình"),
        )


def _own_agency(actor: Actor) -> Agency | None:
    if not actor.duties:
        return None
    return Agency.objects.visible_to(actor).filter(pk=actor.duties[0].agency_id).first()


FIGURES: tuple[Provider, ...] = (
    services_covered,
    dossiers_in_time,
    positions_held,
    agencies_covered,
    agencies_in_time,
    systems_declared,
)
