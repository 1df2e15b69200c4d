from django.urls import path

from mmm.stories import views
from mmm.stories.care_card import views as cards

app_name = "stories"
urlpatterns = [
    path("wat-heb-jij-nodig/", views.first_visit, name="first_visit"),
    path("mijn-verhaal/", views.overview, name="overview"),
    path("mijn-verhaal/lezen/", views.whole, name="whole"),
    path("mijn-verhaal/kaart/", cards.care_card, name="care_card"),
    path("mijn-verhaal/kaart/laat-zien/", cards.care_card_show, name="care_card_show"),
    path("mijn-verhaal/kaart/pdf/", cards.care_card_pdf, name="care_card_pdf"),
    path("mijn-verhaal/kaart/vergeet/", cards.care_card_forget, name="care_card_forget"),
    path("mijn-verhaal/<slug:slug>/<int:number>/", views.question, name="question"),
    path("mijn-verhaal/<slug:slug>/<int:number>/eerder/", views.earlier, name="earlier"),
]
