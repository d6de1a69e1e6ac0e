"""Addresses. Each audience brings its own list; allauth's pages of sign-in stand under /tai-khoan/."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("tai-khoan/", include("chuan.web.staff.sign_in")),
    path("", include("chuan.web.urls")),
]

handler400 = "chuan.web.kit.views.bad_request"
