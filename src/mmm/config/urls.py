"""Root addresses: Dutch without a prefix, English under `/en/`."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from mmm.book.views import machines
from mmm.content import files
from mmm.foundation import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("redactie/", include("mmm.content.urls")),
    path("media/<path:name>", files.media, name="media"),
    *i18n_patterns(
        path("", include("mmm.start.urls")),
        path("", include("mmm.accounts.urls")),
        path("", include("mmm.region.urls")),
        path("", include("mmm.content.search.urls")),
        path("", include("mmm.consent.urls")),
        path("", include("mmm.stories.urls")),
        path("", include("mmm.book.urls")),
        prefix_default_language=False,
    ),
]
if not settings.PRODUCTION:
    urlpatterns += [path("design/", include("mmm.design.urls"))]
if settings.DEMO:
    urlpatterns += i18n_patterns(path("demo/", include("mmm.demo.urls")), prefix_default_language=False)

handler400 = "mmm.start.errors.bad_request"
handler403 = "mmm.start.errors.forbidden"
handler404 = "mmm.start.errors.not_found"
handler500 = "mmm.start.errors.server_error"
