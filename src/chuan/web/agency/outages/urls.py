"""Addresses of the record of outages."""

from django.urls import path

from chuan.web.agency.outages import changing, page

urlpatterns = [
    path("mot-cua/mat-mang/", page.outages, name="outages"),
    path("mot-cua/mat-mang/ghi/", changing.begin_outage, name="begin_outage"),
    path("mot-cua/mat-mang/<slug:key>/", page.outage, name="outage"),
    path("mot-cua/mat-mang/<slug:key>/co-lai/", changing.end_outage, name="end_outage"),
    path("mot-cua/mat-mang/<slug:key>/chua-co-lai/", changing.reopen_outage, name="reopen_outage"),
    path("mot-cua/mat-mang/<slug:key>/sua/", changing.correct_outage, name="correct_outage"),
    path("mot-cua/mat-mang/<slug:key>/nhap-du/", changing.finish_entering, name="finish_entering"),
    path("mot-cua/mat-mang/<slug:key>/con-phieu/", changing.resume_entering, name="resume_entering"),
    path("mot-cua/mat-mang/<slug:key>/bo/", changing.withdraw_outage, name="withdraw_outage"),
    path("mot-cua/mat-mang/<slug:key>/lay-lai/", changing.restore_outage, name="restore_outage"),
]
