"""The addresses of mode demo: everything of mode test, and the demo's own."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from mmm.config import urls

urlpatterns = [
    *urls.urlpatterns,
    *i18n_patterns(path("demo/", include("mmm.demo.urls")), prefix_default_language=False),
]
handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
