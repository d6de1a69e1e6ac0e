"""Addresses of the improvement register."""

from django.urls import path

from chuan.web.agency.improvement import changing, lists, moving, page

urlpatterns = [
    path("so-cai-tien/", lists.improvements, name="improvements"),
    path("so-cai-tien/tai-ve/", lists.improvements_workbook, name="improvements_workbook"),
    path("so-cai-tien/ghi/", changing.enter_improvement, name="enter_improvement"),
    path("so-cai-tien/<slug:key>/", page.improvement, name="improvement"),
    path("so-cai-tien/<slug:key>/sua/", changing.change_improvement, name="change_improvement"),
    path("so-cai-tien/<slug:key>/khac-phuc/", moving.correct_improvement, name="correct_improvement"),
    path("so-cai-tien/<slug:key>/khac-phuc/lay-lai/", moving.uncorrect_improvement, name="uncorrect_improvement"),
    path("so-cai-tien/<slug:key>/dong/", moving.close_improvement, name="close_improvement"),
    path("so-cai-tien/<slug:key>/dong/lay-lai/", moving.unclose_improvement, name="unclose_improvement"),
    path("so-cai-tien/<slug:key>/mo-lai/", moving.reopen_improvement, name="reopen_improvement"),
    path("so-cai-tien/<slug:key>/bo/", moving.drop_improvement, name="drop_improvement"),
    path("so-cai-tien/<slug:key>/lay-lai/", moving.take_up_improvement, name="take_up_improvement"),
]
