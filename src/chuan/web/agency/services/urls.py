"""Addresses of the catalogue of public services."""

from django.urls import path

from chuan.web.agency.services import changing, importing, pages

urlpatterns = [
    path("dich-vu-cong/", pages.catalogue, name="services"),
    path("dich-vu-cong/nhap-excel/", importing.import_catalogue, name="import_services"),
    path("dich-vu-cong/tep-mau/", importing.services_sample, name="services_sample"),
    path("dich-vu-cong/them/", changing.add_service, name="add_service"),
    path("dich-vu-cong/<slug:key>/", pages.service, name="service"),
    path("dich-vu-cong/<slug:key>/sua/", changing.change_service, name="change_service"),
    path("dich-vu-cong/<slug:key>/bai-bo/", changing.repeal_service, name="repeal_service"),
    path("dich-vu-cong/<slug:key>/khoi-phuc/", changing.restore_service, name="restore_service"),
    path("dich-vu-cong/<slug:key>/giao/", pages.give, name="give_service"),
    path("giao-thu-tuc/<slug:key>/thoi/", pages.take_back, name="take_service_back"),
]
