from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mmm.foundation import backup, doors


class SearchConfig(AppConfig):
    name = "mmm.content.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mmm.content.search import models, words

        rows = (models.Gram, models.Word, models.Document, models.Looked)
        # SQLite's own tables of words are no models.
        backup.made_anew.extend(f"search_words_{language}" for language in words.LANGUAGES)
        backup.made_anew.extend(model._meta.db_table for model in rows)
        places = frozenset({"public", "self", "member", "staff", "foot"})
        doors.nav.register(doors.NavItem("search:search", _("Search"), places, 80))
