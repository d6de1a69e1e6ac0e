"""Addresses of one living dossier and of what is done with it."""

from django.urls import path

from chuan.web.agency.handling.dossier import living_dossier

urlpatterns = [
    path("xu-ly/<slug:key>/", living_dossier, name="living_dossier"),
]
