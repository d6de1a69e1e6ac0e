"""All addresses of pages, by audience, and of machines. Words in addresses are Vietnamese without diacritics."""

from django.urls import include, path
from django.views.i18n import set_language

from chuan.kernel.effects import ANYONE, writes
from chuan.web.kit.kept import send_kept
from chuan.web.kit.views import filling, set_theme

urlpatterns = [
    path("", include("chuan.web.agency.urls")),
    path("", include("chuan.web.staff.urls")),
    path("api/v1/", include("chuan.web.api.urls")),
    path("giao-dien/", set_theme, name="set_theme"),
    path("gui-tiep/", send_kept, name="send_kept"),
    path("nap-du-lieu-mau/", filling, name="demo_filling"),
    path("ngon-ngu/", writes(ANYONE)(set_language), name="set_language"),
]
