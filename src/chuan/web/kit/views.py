"""Pages of the frame itself: the theme switch, the filling of a demo and the answers to errors."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from chuan.jobs.queries import demo_filling
from chuan.kernel.effects import ANYONE, reads, writes
from chuan.web.kit.context import THEMES

A_YEAR = 365 * 24 * 3600


@writes(ANYONE)
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie and go back; no choice leaves it to the computer."""
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    response = redirect(wanted if safe else "/")
    if request.POST.get("theme") in THEMES:
        response.set_cookie("theme", request.POST["theme"], max_age=A_YEAR, samesite="Lax")
    else:
        response.delete_cookie("theme")
    return response


@reads(ANYONE)
def filling(request: HttpRequest) -> HttpResponse:
    """Show how far the filling of the demo is: the part that its pages ask for again and again."""
    if not settings.DEMO:
        raise Http404
    here = request.headers.get("HX-Current-URL", "/")
    safe = url_has_allowed_host_and_scheme(here, {request.get_host()})
    return render(request, "kit/demo_filling.html", {"run": demo_filling(), "here": here if safe else "/"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read (400), or what is too big (413)."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)
