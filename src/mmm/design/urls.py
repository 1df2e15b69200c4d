"""The page that shows every component in every state; demo and test modes only (see the root addresses)."""

from django.urls import path

from mmm.design import views

app_name = "design"
urlpatterns = [path("", views.components, name="components")]
