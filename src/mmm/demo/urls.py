from django.urls import path

from mmm.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.cast, name="cast"),
    path("als/<slug:key>/", views.look_along, name="look_along"),
    path("post/", views.post, name="post"),
]
