from django.urls import path

from mmm.consent import views

app_name = "consent"
urlpatterns = [
    path("delen/", views.begin, name="begin"),
    path("delen/<hex:draft_id>/wie/", views.reader, name="reader"),
    path("delen/<hex:draft_id>/waarvoor/", views.purpose, name="purpose"),
    path("delen/<hex:draft_id>/bekijk/", views.confirm, name="confirm"),
    path("wie-mag-lezen/", views.who, name="who"),
    path("wie-mag-lezen/stoppen/<hex:grant_id>/", views.stop, name="stop"),
    path("wie-las-wat/", views.looks, name="looks"),
    path("met-mij-gedeeld/", views.shared_with_me, name="shared_with_me"),
    path("met-mij-gedeeld/zorgen/", views.worrying, name="worrying"),
    path("met-mij-gedeeld/<hex:owner_id>/", views.read, name="read"),
]
