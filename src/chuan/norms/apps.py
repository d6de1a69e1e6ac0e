"""The Django app `norms`."""

from django.apps import AppConfig


class NormsConfig(AppConfig):
    name = "chuan.norms"
    label = "norms"
