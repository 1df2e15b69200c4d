"""Addresses of the front of the house."""

from django.urls import path

from mmm.start import views

app_name = "start"
urlpatterns = [
    path("", views.home, name="home"),
    path("jouw-gegevens/", views.your_data, name="your_data"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("over-ons/", views.about, name="about"),
]
