"""The Django app of `web.staff`: its templates and static files; it has no tables."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "chuan.web.staff"
    label = "web_staff"
