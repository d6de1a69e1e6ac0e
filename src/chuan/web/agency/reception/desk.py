"""At which desk the actor sits: the agency of reception, its one-stop shop, and what it lacks to give codes."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from chuan.kernel.actor import Actor, Served
from chuan.organisations.models import Agency
from chuan.quality.dossiers.models import OneStop
from chuan.quality.dossiers.queries import one_stop_of
from chuan.rules.authority import Permission

ONE_STOP_PAGE = "one_stop"


@dataclass(frozen=True, slots=True)
class Desk:
    """The place of reception; `others` are the desks at which the actor may receive too."""

    agency: Agency
    shop: OneStop | None
    others: tuple[Served, ...]

    @property
    def ready(self) -> bool:
        """Whether codes can be given: the agency wrote down its identifier."""
        return self.shop is not None and bool(self.shop.identifier)

    @property
    def keeps_applicants(self) -> bool:
        """Whether names are kept here."""
        return self.shop is not None and self.shop.keeps_applicants

    @property
    def name(self) -> str:
        """How the desk is called: its unit, else the agency."""
        return (self.shop.unit if self.shop else "") or self.agency.name

    def query(self, **more: str) -> str:
        """Return what an address says of the desk, and `more` of what is not empty: "?co-quan=…", or ""."""
        said = {"co-quan": self.agency.key} if self.others else {}
        said |= {name: value for name, value in more.items() if value}
        return f"?{urlencode(said)}" if said else ""


def desk_of(request: HttpRequest, actor: Actor) -> Desk:
    """Return the desk that the address names (`co-quan`), else the first at which the actor receives."""
    served = actor.served_where(Permission.RECEIVE_DOSSIER)
    rows = Agency.objects.visible_to(actor).filter(pk__in=[one.pk for one in served]).select_related("province")
    agency = rows.filter(key=request.GET.get("co-quan", "")).first() or rows.get(pk=served[0].pk)
    others = tuple(one for one in served if one.pk != agency.pk)
    return Desk(agency, one_stop_of(agency), others)


def settings_url(actor: Actor, agency: Agency) -> str:
    """Return where the one-stop shop is set up, "" for who may not do it."""
    if not actor.may(Permission.MANAGE_ONE_STOP, agency):
        return ""
    try:
        return f"{reverse(ONE_STOP_PAGE)}?cq={agency.key}"
    except NoReverseMatch:
        return ""
