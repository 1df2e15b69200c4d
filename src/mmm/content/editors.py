"""Who may write: the group that Wagtail asks about, kept in step with who has the task of an editor.

The wall (`content.wall`) asks at each request whether somebody acts as an editor now; the group only tells
Wagtail what an editor may do there. A group that is out of step opens nothing.
"""

from typing import Final
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import Group, Permission

from mmm.region import selectors as region

NAME: Final = "Redactie"
TASK: Final = "editor"  # `region.StaffRoleName`
ON_PAGES: Final = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
LISTS: Final = ("datedentry", "glossaryterm", "helpline")
# Wagtail asks for rights to its own models, also where a house has its own.
FILES: Final = tuple(
    (app, f"{verb}_{name}")
    for app, name in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for verb in ("add", "change", "choose")
)


def is_editor(user_id: UUID) -> bool:
    """Whether somebody has the task of an editor for any region."""
    return region.staff_roles(user_id).filter(role=TASK).exists()


def keep_in_step(user_id: UUID) -> None:
    """For `doors.tasks_changed`: into the group or out of it. Repeatable."""
    members = Group.user_set.through.objects
    group = Group.objects.get_or_create(name=NAME)[0]
    if is_editor(user_id):
        members.get_or_create(group=group, user_id=user_id)
    else:
        members.filter(group=group, user_id=user_id).delete()


def prepare_once() -> None:
    """Prepare the room, unless that was done: one query."""
    if not apps.get_model("content.OtherEyes").objects.exists():
        prepare()


def prepare() -> None:
    """Give the group its rights, and take away the groups that Wagtail brings. Repeatable."""
    from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

    group = Group.objects.get_or_create(name=NAME)[0]
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
    known = {
        (each.content_type.app_label, each.codename): each
        for each in Permission.objects.select_related("content_type").filter(
            content_type__app_label__in=[
                "wagtailadmin",
                "wagtailcore",
                "wagtailimages",
                "wagtaildocs",
                "content",
                "simple_translation",
            ]
        )
    }
    wanted = [("wagtailadmin", "access_admin"), ("simple_translation", "submit_translation")]
    wanted += [
        ("content", f"{verb}_{each}") for each in LISTS for verb in ("add", "change", "delete", "view")
    ]
    group.permissions.set([known[name] for name in wanted])
    root = Page.get_first_root_node()
    for codename in ON_PAGES:
        GroupPagePermission.objects.get_or_create(
            group=group, page=root, permission=known["wagtailcore", codename]
        )
    collection = Collection.get_first_root_node()
    for name in FILES:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=known[name]
        )
    for user_id in region.with_task(TASK):
        keep_in_step(user_id)
    _review(group)


def _review(group: Group) -> None:
    """One way to review: written, looked at by another editor, published."""
    task_type = apps.get_model("content.OtherEyes")
    from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

    Workflow.objects.exclude(name=NAME).delete()
    flow = Workflow.objects.get_or_create(name=NAME, defaults={"active": True})[0]
    task = task_type.objects.get_or_create(name="Nalezen door een ander", defaults={"active": True})[0]
    task.groups.add(group)
    WorkflowTask.objects.get_or_create(workflow=flow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.get_or_create(page=Page.get_first_root_node(), defaults={"workflow": flow})
