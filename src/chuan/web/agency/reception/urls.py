"""Addresses of reception, of the papers of a dossier and of the book."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
