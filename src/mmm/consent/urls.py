from django.urls import path

from mmm.consent import views
from mmm.consent.blocks import views as blocks
from mmm.consent.letters import views as letters

app_name = "consent"
urlpatterns = [
    path("delen/", views.begin, name="begin"),
    path("delen/<hex:draft_id>/wie/", views.reader, name="reader"),
    path("delen/<hex:draft_id>/niet-gecontroleerd/", views.unchecked, name="unchecked"),
    path("delen/<hex:draft_id>/even-stilstaan/", views.income, name="income"),
    path("delen/<hex:draft_id>/waarvoor/", views.purpose, name="purpose"),
    path("delen/<hex:draft_id>/bekijk/", views.confirm, name="confirm"),
    path("delen/<hex:draft_id>/brief/", letters.letter_for, name="letter_for"),
    path("delen/<hex:draft_id>/brief/bekijk/", letters.letter_confirm, name="letter_confirm"),
    path("delen/brief/<hex:letter_id>/", letters.letter, name="letter"),
    path("delen/brief/<hex:letter_id>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path("delen/brief/<hex:letter_id>/terugnemen/", letters.letter_take_back, name="letter_take_back"),
    path("brief-lezen/", letters.letter_code, name="letter_code"),
    path("brief-lezen/klaar/", letters.letter_ready, name="letter_ready"),
    path("brief-lezen/tekst/", letters.letter_text, name="letter_text"),
    path("wie-mag-lezen/", views.who, name="who"),
    path("wie-mag-lezen/blokkades/", blocks.blocks, name="blocks"),
    path("wie-mag-lezen/blokkeren/<hex:membership_id>/", blocks.block, name="block"),
    path("wie-mag-lezen/stoppen/<hex:grant_id>/", views.stop, name="stop"),
    path("wie-las-wat/", views.looks, name="looks"),
    path("met-mij-gedeeld/", views.shared_with_me, name="shared_with_me"),
    path("met-mij-gedeeld/zorgen/", views.worrying, name="worrying"),
    path("met-mij-gedeeld/<hex:owner_id>/", views.read, name="read"),
]
