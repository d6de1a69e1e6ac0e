"""The Django app `analytics`."""

from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "chuan.analytics"
    label = "analytics"
