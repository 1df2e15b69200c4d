"""Data classes of the tables that the editors' room brings (`wagtail`).

Rows that point at a person are handed over and erased by `content.own_data`.
"""

from mmm.foundation.dataclass import P0, P1, TRACE, declare

declare("simple_translation.SimpleTranslation", id=TRACE)
declare(
    "wagtailusers.UserProfile",
    id=TRACE,
    user=TRACE,
    submitted_notifications=TRACE,
    approved_notifications=TRACE,
    rejected_notifications=TRACE,
    updated_comments_notifications=TRACE,
    preferred_language=P1,
    current_time_zone=P1,
    avatar=P1,
    dismissibles=TRACE,
    theme=P1,
    contrast=P1,
    density=P1,
    keyboard_shortcuts=P1,
)
declare(
    "wagtaildocs.Document",
    id=TRACE,
    collection=TRACE,
    title=TRACE,
    file=TRACE,
    created_at=TRACE,
    uploaded_by_user=TRACE,
    file_size=TRACE,
    file_hash=TRACE,
    tags=TRACE,
)
declare(
    "wagtailimages.Image",
    id=TRACE,
    collection=TRACE,
    title=TRACE,
    file=TRACE,
    description=TRACE,
    width=TRACE,
    height=TRACE,
    created_at=TRACE,
    uploaded_by_user=TRACE,
    focal_point_x=TRACE,
    focal_point_y=TRACE,
    focal_point_width=TRACE,
    focal_point_height=TRACE,
    file_size=TRACE,
    file_hash=TRACE,
    tags=TRACE,
)
declare(
    "wagtailimages.Rendition",
    id=TRACE,
    filter_spec=TRACE,
    file=TRACE,
    width=TRACE,
    height=TRACE,
    focal_point_key=TRACE,
    image=TRACE,
)
declare(
    "wagtailsearch.IndexEntry",
    id=TRACE,
    content_type=TRACE,
    object_id=TRACE,
    title_norm=TRACE,
    autocomplete=TRACE,
    title=TRACE,
    body=TRACE,
)
declare("wagtailsearch.SQLiteFTSIndexEntry", autocomplete=TRACE, title=TRACE, body=TRACE, index_entry=TRACE)
declare("wagtailadmin.Admin", id=TRACE)
declare(
    "wagtailadmin.EditingSession",
    id=TRACE,
    user=TRACE,
    content_type=TRACE,
    object_id=TRACE,
    last_seen_at=P1,
    is_editing=TRACE,
)
declare(
    "wagtailadmin.FormState",
    id=TRACE,
    data=TRACE,
    user=TRACE,
    content_type=TRACE,
    object_id=TRACE,
    parent_object_id=TRACE,
    last_updated_at=TRACE,
)
declare("wagtailcore.Locale", id=TRACE, language_code=TRACE)
declare(
    "wagtailcore.Site",
    id=TRACE,
    hostname=P0,
    port=TRACE,
    site_name=P0,
    root_page=TRACE,
    is_default_site=TRACE,
)
declare("wagtailcore.GroupSitePermission", id=TRACE, group=TRACE, site=TRACE, permission=TRACE)
declare(
    "wagtailcore.ModelLogEntry",
    id=TRACE,
    content_type=TRACE,
    label=TRACE,
    action=TRACE,
    data=TRACE,
    timestamp=TRACE,
    uuid=TRACE,
    user=TRACE,
    revision=TRACE,
    content_changed=TRACE,
    deleted=TRACE,
    object_id=TRACE,
)
declare(
    "wagtailcore.Revision",
    id=TRACE,
    content_type=TRACE,
    base_content_type=TRACE,
    object_id=TRACE,
    created_at=TRACE,
    user=TRACE,
    object_str=P0,
    content=P0,
    approved_go_live_at=TRACE,
)
declare(
    "wagtailcore.CollectionViewRestriction_groups", id=TRACE, collectionviewrestriction=TRACE, group=TRACE
)
declare(
    "wagtailcore.CollectionViewRestriction",
    id=TRACE,
    restriction_type=TRACE,
    password=TRACE,
    collection=TRACE,
    groups=TRACE,
)
declare("wagtailcore.Collection", id=TRACE, path=TRACE, depth=TRACE, numchild=TRACE, name=P0)
declare("wagtailcore.GroupCollectionPermission", id=TRACE, group=TRACE, collection=TRACE, permission=TRACE)
declare("wagtailcore.UploadedFile", id=TRACE, for_content_type=TRACE, file=TRACE, uploaded_by_user=TRACE)
declare("wagtailcore.WorkflowContentType", content_type=TRACE, workflow=TRACE)
declare(
    "wagtailcore.WorkflowState",
    id=TRACE,
    content_type=TRACE,
    base_content_type=TRACE,
    object_id=TRACE,
    workflow=TRACE,
    status=TRACE,
    created_at=TRACE,
    requested_by=TRACE,
    current_task_state=TRACE,
)
declare("wagtailcore.Workflow", id=TRACE, name=TRACE, active=TRACE)
declare("wagtailcore.WorkflowTask", id=TRACE, sort_order=TRACE, workflow=TRACE, task=TRACE)
declare("wagtailcore.Task", id=TRACE, name=TRACE, content_type=TRACE, active=TRACE)
declare("content.OtherEyes_groups", id=TRACE, othereyes=TRACE, group=TRACE)
declare("wagtailcore.GroupApprovalTask_groups", id=TRACE, groupapprovaltask=TRACE, group=TRACE)
declare("wagtailcore.GroupApprovalTask", task_ptr=TRACE, groups=TRACE)
declare(
    "wagtailcore.TaskState",
    id=TRACE,
    workflow_state=TRACE,
    revision=TRACE,
    task=TRACE,
    status=TRACE,
    started_at=TRACE,
    finished_at=TRACE,
    finished_by=TRACE,
    comment=P1,
    content_type=TRACE,
)
declare(
    "wagtailcore.Page",
    id=TRACE,
    path=TRACE,
    depth=TRACE,
    numchild=TRACE,
    translation_key=TRACE,
    locale=TRACE,
    latest_revision=TRACE,
    live=TRACE,
    has_unpublished_changes=TRACE,
    first_published_at=TRACE,
    last_published_at=TRACE,
    live_revision=TRACE,
    go_live_at=TRACE,
    expire_at=TRACE,
    expired=TRACE,
    locked=TRACE,
    locked_at=TRACE,
    locked_by=TRACE,
    title=P0,
    draft_title=P0,
    slug=P0,
    content_type=TRACE,
    url_path=P0,
    owner=TRACE,
    seo_title=P0,
    show_in_menus=TRACE,
    search_description=P0,
    latest_revision_created_at=TRACE,
    alias_of=TRACE,
)
declare("wagtailcore.GroupPagePermission", id=TRACE, group=TRACE, page=TRACE, permission=TRACE)
declare("wagtailcore.PageViewRestriction_groups", id=TRACE, pageviewrestriction=TRACE, group=TRACE)
declare(
    "wagtailcore.PageViewRestriction",
    id=TRACE,
    restriction_type=TRACE,
    password=TRACE,
    page=TRACE,
    groups=TRACE,
)
declare("wagtailcore.WorkflowPage", page=TRACE, workflow=TRACE)
declare(
    "wagtailcore.PageLogEntry",
    id=TRACE,
    content_type=TRACE,
    label=TRACE,
    action=TRACE,
    data=TRACE,
    timestamp=TRACE,
    uuid=TRACE,
    user=TRACE,
    revision=TRACE,
    content_changed=TRACE,
    deleted=TRACE,
    page=TRACE,
)
declare(
    "wagtailcore.Comment",
    id=TRACE,
    page=TRACE,
    user=TRACE,
    text=P1,
    contentpath=TRACE,
    position=TRACE,
    created_at=TRACE,
    updated_at=TRACE,
    revision_created=TRACE,
    resolved_at=TRACE,
    resolved_by=TRACE,
)
declare(
    "wagtailcore.CommentReply",
    id=TRACE,
    comment=TRACE,
    user=TRACE,
    text=P1,
    created_at=TRACE,
    updated_at=TRACE,
)
declare("wagtailcore.PageSubscription", id=TRACE, user=TRACE, page=TRACE, comment_notifications=TRACE)
declare(
    "wagtailcore.ReferenceIndex",
    id=TRACE,
    content_type=TRACE,
    base_content_type=TRACE,
    object_id=TRACE,
    to_content_type=TRACE,
    to_object_id=TRACE,
    model_path=TRACE,
    content_path=TRACE,
    content_path_hash=TRACE,
)
declare("taggit.Tag", id=TRACE, name=P0, slug=P0)
declare("taggit.TaggedItem", id=TRACE, tag=TRACE, content_type=TRACE, object_id=TRACE)
