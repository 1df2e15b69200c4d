from django.urls import path

from mmm.stories import views
from mmm.stories.care_card import views as cards
from mmm.stories.offers import editor_views as editors
from mmm.stories.offers import views as offers

app_name = "stories"
urlpatterns = [
    path("wat-heb-jij-nodig/", views.first_visit, name="first_visit"),
    path("mijn-verhaal/", views.overview, name="overview"),
    path("mijn-verhaal/lezen/", views.whole, name="whole"),
    path("mijn-verhaal/kaart/", cards.care_card, name="care_card"),
    path("mijn-verhaal/kaart/laat-zien/", cards.care_card_show, name="care_card_show"),
    path("mijn-verhaal/kaart/pdf/", cards.care_card_pdf, name="care_card_pdf"),
    path("mijn-verhaal/kaart/vergeet/", cards.care_card_forget, name="care_card_forget"),
    path("mijn-verhaal/doorgeven/", offers.offers, name="offers"),
    path("mijn-verhaal/doorgeven/<hex:offer_id>/", offers.offer, name="offer"),
    path("mijn-verhaal/doorgeven/<hex:offer_id>/zeg/", offers.offer_answer, name="offer_answer"),
    path("mijn-verhaal/doorgeven/<hex:offer_id>/ja/", offers.offer_approve, name="offer_approve"),
    path("mijn-verhaal/doorgeven/<hex:offer_id>/terug/", offers.offer_withdraw, name="offer_withdraw"),
    path("doorgegeven/", editors.given, name="given"),
    path("doorgegeven/<hex:offer_id>/", editors.given_edit, name="given_edit"),
    path("doorgegeven/<hex:offer_id>/vraag/", editors.given_ask, name="given_ask"),
    path("doorgegeven/<hex:offer_id>/nee/", editors.given_refuse, name="given_refuse"),
    path("verhalen/gegeven/<slug:slug>/", offers.given_story, name="given_story"),
    path("mijn-verhaal/<slug:slug>/<int:number>/", views.question, name="question"),
    path("mijn-verhaal/<slug:slug>/<int:number>/eerder/", views.earlier, name="earlier"),
]
