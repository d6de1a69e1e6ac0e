"""Addresses of the work queue and the boards over it."""

from django.urls import path

from chuan.web.agency.queue.page import my_dossiers

urlpatterns = [
    path("xu-ly/", my_dossiers, name="my_dossiers"),
]
