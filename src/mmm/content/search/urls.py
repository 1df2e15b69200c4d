from django.urls import path

from mmm.content.search import views

app_name = "search"
urlpatterns = [path("zoeken/", views.search, name="search")]
