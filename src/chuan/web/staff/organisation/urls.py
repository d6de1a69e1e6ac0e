"""Addresses of the pages that write the organisation."""

from django.urls import path

from chuan.web.staff.organisation import changing, closing, importing, naming, reorganising, units

urlpatterns = [
    path("tinh/", naming.choose_province, name="choose_province"),
    path("co-quan/them/", changing.add_agency, name="add_agency"),
    path("co-quan/nhap-excel/", importing.import_agencies, name="import_agencies"),
    path("co-quan/tep-mau/", importing.sample, name="agencies_sample"),
    path("co-quan/<slug:key>/sua/", changing.change_agency, name="change_agency"),
    path("co-quan/<slug:key>/ngung/", closing.close_agency, name="close_agency"),
    path("co-quan/<slug:key>/mo-lai/", closing.reopen_agency, name="reopen_agency"),
    path("co-quan/<slug:key>/sap-nhap/", reorganising.merge, name="merge_agencies"),
    path("co-quan/<slug:key>/chia-tach/", reorganising.split, name="split_agency"),
    path("ke-thua/<slug:key>/bo/", closing.undo_succession, name="undo_succession"),
    path("co-quan/<slug:key>/them-don-vi/", units.add_unit, name="add_unit"),
    path("don-vi/<slug:key>/sua/", units.change_unit, name="change_unit"),
    path("don-vi/<slug:key>/ngung/", units.close_unit, name="close_unit"),
    path("don-vi/<slug:key>/mo-lai/", units.reopen_unit, name="reopen_unit"),
]
