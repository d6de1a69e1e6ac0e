"""The Django app of `web.agency`: its templates and static files; it has no tables."""

from django.apps import AppConfig


class AgencyConfig(AppConfig):
    name = "chuan.web.agency"
    label = "web_agency"
