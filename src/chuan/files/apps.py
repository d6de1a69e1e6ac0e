"""The Django app `files`."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "chuan.files"
    label = "files"
