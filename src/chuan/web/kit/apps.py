"""The Django app of `web.kit`: its templates and static files; it has no tables."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "chuan.web.kit"
    label = "web_kit"
