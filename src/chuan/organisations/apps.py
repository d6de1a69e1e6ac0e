"""The Django app `organisations`."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "chuan.organisations"
    label = "organisations"
