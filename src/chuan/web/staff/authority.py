"""The authority table, to read: what each role may do and how far it reaches."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chuan.kernel.effects import reads
from chuan.rules.authority import GRANTS, Permission, Reach
from chuan.web.kit.words import worded


@reads(Permission.SEE_ORGANISATION)
def authority(request: HttpRequest) -> HttpResponse:
    """Show every role with its description, and the matrix of permissions."""
    roles = [(worded(role.label), worded(role.about), _reach(grant.reach)) for role, grant in GRANTS.items()]
    matrix = [
        (worded(permission.label), [permission in grant.permissions for grant in GRANTS.values()])
        for permission in Permission
    ]
    return render(request, "staff/authority.html", {"roles": roles, "matrix": matrix})


def _reach(reach: Reach) -> str:
    words = {Reach.AGENCY: _("Cơ quan mình"), Reach.PROVINCE: _("Cả tỉnh"), Reach.NOWHERE: _("Chỉ trang công khai")}
    return words[reach]
