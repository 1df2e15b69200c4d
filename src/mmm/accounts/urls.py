"""Addresses of signing in, signing up and my data."""

from django.urls import path

from mmm.accounts.views import (
    devices,
    entry,
    farewell,
    keys,
    mine,
    notices,
    own,
    passwords,
    pause,
    second_step,
    settings,
)

app_name = "accounts"
urlpatterns = [
    path("meedoen/", entry.join, name="join"),
    path("meedoen/welkom/", entry.welcome, name="welcome"),
    path("inloggen/", entry.sign_in, name="sign_in"),
    path("inloggen/code/", entry.code, name="code"),
    path("inloggen/opnieuw/", entry.again, name="again"),
    path("uitloggen/", entry.sign_out, name="sign_out"),
    path("uitgelogd/", entry.signed_out, name="signed_out"),
    path("rol/", mine.role, name="role"),
    path("pauze/", pause.pause, name="pause"),
    path("instellingen/", settings.pages, name="settings"),
    path("instellingen/meldingen/", settings.news, name="notice_settings"),
    path("weg/", settings.leave, name="leave"),
    path("meldingen/", notices.what_is_new, name="notices"),
    path("mijn-gegevens/", mine.mine, name="mine"),
    path("mijn-gegevens/meenemen/", own.take_along, name="take_along"),
    path("mijn-gegevens/wissen/", farewell.erase, name="erase"),
    path("mijn-gegevens/later/", farewell.later, name="later"),
    path("mijn-gegevens/terug/", farewell.back, name="back"),
    path("gewist/", farewell.erased, name="erased"),
    path("gewist/later/", farewell.erased_later, name="erased_later"),
    path("tweede-stap/", second_step.second_step, name="second_step"),
    path("tweede-stap/invullen/", second_step.prove, name="step"),
    path("tweede-stap/app/", second_step.app, name="app"),
    path("tweede-stap/app/weg/", second_step.app_off, name="app_off"),
    path("tweede-stap/sleutel/", keys.make, name="key"),
    path("tweede-stap/sleutel/aanbod/", keys.offer, name="key_offer"),
    path("tweede-stap/sleutel/<int:key_id>/weg/", keys.remove, name="key_off"),
    path("tweede-stap/wachtwoord/", passwords.choose, name="password"),
    path("inloggen/wachtwoord/", passwords.sign_in, name="by_password"),
    path("inloggen/tweede-stap/", passwords.second, name="by_step"),
    path("inloggen/sleutel/", keys.sign_in, name="by_key"),
    path("mijn-gegevens/apparaten/", devices.mine, name="devices"),
    path("tweede-stap/papier/", second_step.codes_on_paper, name="paper"),
]
