from django.urls import path

from mmm.stories import views

app_name = "stories"
urlpatterns = [
    path("wat-heb-jij-nodig/", views.first_visit, name="first_visit"),
    path("mijn-verhaal/", views.overview, name="overview"),
    path("mijn-verhaal/lezen/", views.whole, name="whole"),
    path("mijn-verhaal/<slug:slug>/<int:number>/", views.question, name="question"),
    path("mijn-verhaal/<slug:slug>/<int:number>/eerder/", views.earlier, name="earlier"),
]
