from django.apps import AppConfig

from mmm.foundation.dataclass import P1, TRACE, declare


class ConfigConfig(AppConfig):
    name = "mmm.config"
    label = "config"

    def ready(self) -> None:
        from mmm.config import checks  # noqa: F401 - registers itself

        # Tables that Django brings and that stay empty or hold names of our own models.
        declare("contenttypes.ContentType", id=TRACE, app_label=TRACE, model=TRACE)
        declare("auth.Permission", id=TRACE, name=TRACE, content_type=TRACE, codename=TRACE)
        declare("auth.Group", id=TRACE, name=TRACE, permissions=TRACE)
        declare("auth.Group_permissions", id=TRACE, group=TRACE, permission=TRACE)
        declare("sessions.Session", session_key=P1, session_data=P1, expire_date=TRACE)
