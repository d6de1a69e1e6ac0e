"""Addresses of the pages of quality systems."""

from django.urls import path

from chuan.web.staff.systems import changing, lists, members, moving, page

urlpatterns = [
    path("he-thong/", lists.quality_systems, name="quality_systems"),
    path("he-thong/tai-ve/", lists.quality_systems_workbook, name="quality_systems_workbook"),
    path("co-quan/<slug:key>/he-thong/", page.quality_system, name="quality_system"),
    path("co-quan/<slug:key>/he-thong/lap/", changing.found_system, name="found_quality_system"),
    path("he-thong/<slug:key>/sua/", changing.change_system, name="change_quality_system"),
    path("he-thong/<slug:key>/chuyen/<slug:name>/", moving.move_system, name="move_quality_system"),
    path("he-thong/<slug:key>/thanh-vien/", members.join_system, name="join_quality_system"),
    path("thanh-vien/<slug:key>/thoi/", members.leave_system, name="leave_quality_system"),
]
