"""Addresses of an agency's pages."""

from django.urls import include, path

from chuan.web.agency.home import home, open_notice
from chuan.web.agency.notices import notices, notices_by_mail, read_all
from chuan.web.agency.search.page import search

urlpatterns = [
    path("", include("chuan.web.agency.editor.urls")),
    path("", include("chuan.web.agency.reality.urls")),
    path("", include("chuan.web.agency.imports.urls")),
    path("", include("chuan.web.agency.queue.urls")),
    path("", include("chuan.web.agency.outages.urls")),
    path("", include("chuan.web.agency.reception.urls")),
    path("", include("chuan.web.agency.handling.urls")),
    path("", home, name="home"),
    path("tim/", search, name="search"),
    path("", include("chuan.web.agency.calendar.urls")),
    path("", include("chuan.web.agency.law.urls")),
    path("thong-bao/", notices, name="notices"),
    path("thong-bao/doc-het/", read_all, name="read_all_notices"),
    path("thong-bao/qua-thu/", notices_by_mail, name="notices_by_mail"),
    path("thong-bao/<int:notice>/", open_notice, name="open_notice"),
    path("", include("chuan.web.agency.improvement.urls")),
    path("", include("chuan.web.agency.statistics.urls")),
    path("", include("chuan.web.agency.services.urls")),
    path("", include("chuan.web.agency.procedures.urls")),
]
