"""Addresses of one living dossier and of what is done with it."""

from django.urls import path

from chuan.web.agency.handling import stepping
from chuan.web.agency.handling.acts import act_on_dossier
from chuan.web.agency.handling.answering import answer_dossier
from chuan.web.agency.handling.dossier import living_dossier

urlpatterns = [
    path("xu-ly/<slug:key>/", living_dossier, name="living_dossier"),
    path("xu-ly/<slug:key>/buoc/", stepping.do_dossier_step, name="do_dossier_step"),
    path("xu-ly/<slug:key>/lay-lai/", stepping.take_back_dossier, name="take_back_dossier"),
    path("xu-ly/<slug:key>/tra/", stepping.return_dossier, name="return_dossier"),
    path("xu-ly/<slug:key>/tra-loi/<int:to>/", answer_dossier, name="answer_dossier"),
    path("xu-ly/<slug:key>/<slug:verb>/", act_on_dossier, name="act_on_dossier"),
]
