"""Addresses of regions, my work, and what a coordinator manages."""

from django.urls import path

from mmm.region.views import contacts, deaths, desk, importing, manage, public, staff, work

app_name = "region"
urlpatterns = [
    path("regios/", public.regions, name="regions"),
    path("regios/<slug:slug>/", public.region, name="region"),
    path("mijn-werk/", work.mine, name="mine"),
    path("mijn-werk/aanvragen/", work.request_membership, name="request"),
    path("mijn-werk/geheimhouding/<hex:membership_id>/", work.secrecy, name="secrecy"),
    path("mijn-werk/vindbaar/<hex:membership_id>/", work.listed, name="listed"),
    path("mijn-werk/stoppen/<hex:membership_id>/", work.leave, name="leave"),
    path("regio-beheer/overlijden/", deaths.report, name="deaths"),
    path("mijn-werk/collegas/", work.colleagues, name="colleagues"),
    path("regio-beheer/", desk.desk, name="desk"),
    path("regio-beheer/openen/", desk.opening, name="opening"),
    path("regio-beheer/sluiten/", desk.close, name="close"),
    path("regio-beheer/nummers/", contacts.contacts, name="contacts"),
    path("regio-beheer/nummers/nieuw/<slug:kind>/", contacts.contact_new, name="contact_new"),
    path("regio-beheer/nummers/<hex:point_id>/", contacts.contact, name="contact"),
    path("regio-beheer/nummers/<hex:point_id>/weg/", contacts.contact_remove, name="contact_remove"),
    path("regio-beheer/uren/", contacts.opening_hours, name="hours"),
    path("regio-beheer/taken/", staff.staff, name="staff"),
    path("regio-beheer/taken/<hex:role_id>/beeindigen/", staff.staff_end, name="staff_end"),
    path("regio-beheer/organisaties/", manage.organisations, name="organisations"),
    path("regio-beheer/organisaties/inlezen/", importing.organisations, name="organisations_import"),
    path("regio-beheer/organisaties/<hex:organisation_id>/", manage.organisation, name="organisation"),
    path("regio-beheer/organisaties/<hex:organisation_id>/nakijken/", manage.check, name="check"),
    path(
        "regio-beheer/organisaties/<hex:organisation_id>/sluiten/",
        manage.organisation_close,
        name="organisation_close",
    ),
    path("regio-beheer/lidmaatschappen/", manage.memberships, name="memberships"),
    path("regio-beheer/lidmaatschappen/<hex:membership_id>/bevestigen/", manage.confirm, name="confirm"),
    path("regio-beheer/lidmaatschappen/<hex:membership_id>/afwijzen/", manage.decline, name="decline"),
    path("regio-beheer/lidmaatschappen/<hex:membership_id>/beeindigen/", manage.end, name="end"),
]
