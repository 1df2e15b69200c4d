"""The editors' room, all of it behind the wall."""

from wagtail.admin import urls as admin

from mmm.content.wall import behind

urlpatterns = behind(admin.urlpatterns)
