"""The addresses of mode demo: everything of mode test, and the demo's own."""

from django.urls import include, path

from mmm.config import urls

urlpatterns = [*urls.urlpatterns, path("demo/", include("mmm.demo.urls"))]
handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
