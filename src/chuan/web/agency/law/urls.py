"""Addresses of the law and of the standard."""

from django.urls import path

from chuan.web.agency.law.adding import add
from chuan.web.agency.law.clauses import standards
from chuan.web.agency.law.instruments import instrument, instruments
from chuan.web.agency.law.recognising import recognise

urlpatterns = [
    path("van-ban/", instruments, name="instruments"),
    path("van-ban/doan-van/", recognise, name="recognise"),
    path("van-ban/them/", add, name="add_instrument"),
    path("van-ban/so/<path:number>/", instrument, name="instrument"),
    path("tieu-chuan/", standards, name="standards"),
]
