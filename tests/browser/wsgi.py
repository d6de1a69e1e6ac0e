"""The application as the tests know it: with the fast password hash that the cast's accounts have."""

from django.conf import settings

from chuan.config.wsgi import application

__all__ = ["application"]

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
