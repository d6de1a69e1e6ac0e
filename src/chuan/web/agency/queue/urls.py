"""Addresses of the work queue and the boards over it."""

from django.urls import path

from chuan.web.agency.queue.page import my_dossiers, my_dossiers_workbook

urlpatterns = [
    path("xu-ly/", my_dossiers, name="my_dossiers"),
    path("xu-ly/tai-ve/", my_dossiers_workbook, name="my_dossiers_workbook"),
]
