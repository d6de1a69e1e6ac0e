"""Addresses of the staff pages."""

from django.urls import include, path

from chuan.web.staff import (
    account,
    accounts,
    agencies,
    authority,
    background,
    demo,
    holding,
    importing,
    people,
    positions,
    trail,
)

urlpatterns = [
    path("toi/", account.account, name="account"),
    path("vao-thu/", demo.sign_in, name="demo_sign_in"),
    path("", include("chuan.web.staff.organisation.urls")),
    path("", include("chuan.web.staff.systems.urls")),
    path("co-quan/", agencies.agencies, name="agencies"),
    path("co-quan/cay/", agencies.tree, name="agency_tree"),
    path("co-quan/<slug:key>/", agencies.agency, name="agency"),
    path("co-quan/<slug:key>/them-nguoi/", people.add_person, name="add_person"),
    path("co-quan/<slug:key>/them-vi-tri/", holding.add_position, name="add_position"),
    path("co-quan/<slug:key>/nhap-excel/", importing.import_people, name="import_people"),
    path("co-quan/<slug:key>/tep-mau/", importing.sample, name="people_sample"),
    path("con-nguoi/", people.people, name="people"),
    path("con-nguoi/<slug:key>/", people.person, name="person"),
    path("con-nguoi/<slug:key>/mo-tai-khoan/", accounts.open_account, name="open_account"),
    path("con-nguoi/<slug:key>/dat-lai-mat-khau/", accounts.reset_password, name="reset_password"),
    path("con-nguoi/<slug:key>/go-lop-hai/", accounts.reset_second_factor, name="reset_second_factor"),
    path("con-nguoi/<slug:key>/khoa/", accounts.close_account, name="close_account"),
    path("con-nguoi/<slug:key>/mo-khoa/", accounts.reopen_account, name="reopen_account"),
    path("vi-tri/", positions.positions, name="positions"),
    path("vi-tri/<slug:key>/", positions.position, name="position"),
    path("vi-tri/<slug:key>/cu-nguoi/", holding.hold, name="hold"),
    path("vi-tri/<slug:key>/vai-tro/", holding.assign_role, name="assign_role"),
    path("giu-vi-tri/<slug:key>/thoi-giu/", holding.end_holding, name="end_holding"),
    path("giu-vi-tri/<slug:key>/lam-thay/", holding.delegate, name="delegate"),
    path("giao-vai-tro/<slug:key>/thoi/", holding.end_role, name="end_role"),
    path("dang-nhap/", accounts.accounts, name="accounts"),
    path("vai-tro/", authority.authority, name="authority"),
    path("nhat-ky/", trail.trail, name="trail"),
    path("viec-nen/chay-lai/", background.work_again, name="work_again"),
]
