"""Addresses of the work queue, the boards over it and the settings of the one-stop shop."""

from django.urls import path

from chuan.web.agency.queue import one_stop
from chuan.web.agency.queue.boards import dossier_board
from chuan.web.agency.queue.page import my_dossiers, my_dossiers_workbook
from chuan.web.agency.queue.timeliness import my_timeliness

urlpatterns = [
    path("xu-ly/", my_dossiers, name="my_dossiers"),
    path("xu-ly/tai-ve/", my_dossiers_workbook, name="my_dossiers_workbook"),
    path("xu-ly-bang/", dossier_board, name="dossier_board"),
    path("xu-ly-bang/toi/", my_timeliness, name="my_timeliness"),
    path("mot-cua/", one_stop.one_stop, name="one_stop"),
    path("mot-cua/sua/", one_stop.change_one_stop, name="change_one_stop"),
    path("mot-cua/vai-tro/", one_stop.set_role, name="set_role_holder"),
    path("mot-cua/vai-tro/<slug:key>/bo/", one_stop.remove_role, name="remove_role_holder"),
]
