"""Addresses of an agency's pages."""

from django.urls import path

from chuan.web.agency.home import home, open_notice
from chuan.web.agency.search.page import search

urlpatterns = [
    path("", home, name="home"),
    path("tim/", search, name="search"),
    path("thong-bao/<int:notice>/", open_notice, name="open_notice"),
]
