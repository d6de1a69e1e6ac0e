"""One's own account: password, second factor, where one is signed in, which duties one has today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chuan.kernel.effects import SIGNED_IN, actor_of, reads
from chuan.organisations.agencies.models import Agency
from chuan.organisations.people.models import Account
from chuan.web.kit.words import role_name


@reads(SIGNED_IN)
def account(request: HttpRequest) -> HttpResponse:
    """Show the account of the actor."""
    actor = actor_of(request)
    own = Agency.objects.everywhere(reason="the agencies in which the actor himself has duties")
    names = dict(own.filter(pk__in=[duty.agency_id for duty in actor.duties]).values_list("pk", "name"))
    duties = [(duty, names[duty.agency_id], [role_name(role) for role in sorted(duty.roles)]) for duty in actor.duties]
    shown = Account.objects.prefetch_related("authenticator_set").get(username=actor.ref.partition(":")[2])
    return render(request, "staff/account.html", {"account": shown, "duties": duties})
