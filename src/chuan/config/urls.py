"""Addresses. Each audience brings its own list; allauth serves sign-in under /tai-khoan/."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("tai-khoan/", include("allauth.urls")),
    path("", include("chuan.web.urls")),
]

handler400 = "chuan.web.kit.views.bad_request"
