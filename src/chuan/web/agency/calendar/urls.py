"""Addresses of the calendar and of the question when a limit ends."""

from django.urls import path

from chuan.web.agency.calendar.changing import close, edit_hours, reopen
from chuan.web.agency.calendar.due import due
from chuan.web.agency.calendar.year import calendar, own_calendar

urlpatterns = [
    path("tinh-han/", due, name="due"),
    path("lich/", own_calendar, name="calendars"),
    path("lich/<slug:key>/", calendar, name="calendar"),
    path("lich/<slug:key>/gio/", edit_hours, name="edit_hours"),
    path("lich/<slug:key>/nghi/", close, name="close_days"),
    path("lich/<slug:key>/nghi/<str:first>/<str:last>/bo/", reopen, name="open_again"),
]
