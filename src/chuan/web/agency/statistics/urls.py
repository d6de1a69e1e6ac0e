"""Addresses of the figures."""

from django.urls import path

from chuan.web.agency.statistics.heat import heat_map, heat_map_export
from chuan.web.agency.statistics.indices import indices, indices_export
from chuan.web.agency.statistics.province import indices_agencies
from chuan.web.agency.statistics.where import where_time_goes, where_time_goes_export

urlpatterns = [
    path("so-lieu/", indices, name="indices"),
    path("so-lieu/chi-so.xlsx", indices_export, name="indices_export"),
    path("so-lieu/ban-do-nhiet/", heat_map, name="heat_map"),
    path("so-lieu/ban-do-nhiet.xlsx", heat_map_export, name="heat_map_export"),
    path("so-lieu/diem-nghen/", where_time_goes, name="where_time_goes"),
    path("so-lieu/diem-nghen.xlsx", where_time_goes_export, name="where_time_goes_export"),
    path("so-lieu-co-quan/", indices_agencies, name="indices_agencies"),
]
