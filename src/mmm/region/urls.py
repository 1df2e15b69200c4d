"""Addresses of regions, my work, and what a coordinator manages."""

from django.urls import path

from mmm.region.views import deaths, manage, public, work

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
    path("regio-beheer/organisaties/", manage.organisations, name="organisations"),
    path("regio-beheer/lidmaatschappen/", manage.memberships, name="memberships"),
    path("regio-beheer/lidmaatschappen/<hex:membership_id>/bevestigen/", manage.confirm, name="confirm"),
    path("regio-beheer/lidmaatschappen/<hex:membership_id>/beeindigen/", manage.end, name="end"),
]
