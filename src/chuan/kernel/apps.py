"""The Django app `kernel`."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "chuan.kernel"
    label = "kernel"
