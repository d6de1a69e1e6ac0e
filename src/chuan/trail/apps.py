"""The Django app `trail`."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "chuan.trail"
    label = "trail"
