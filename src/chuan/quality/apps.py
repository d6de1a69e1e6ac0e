"""The Django app `quality`."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "chuan.quality"
    label = "quality"
