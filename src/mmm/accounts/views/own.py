"""Everything of one's own: taking it along."""

import datetime as dt

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from mmm.accounts import access
from mmm.accounts.actors import SignedInRequest
from mmm.accounts.takeaway import package
from mmm.foundation import limits

TIMES, WINDOW = 3, dt.timedelta(hours=1)


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_self
@access.recently(15)
def take_along(request: SignedInRequest) -> HttpResponse:
    """What is in the file, and one button that makes it: in memory, for this answer alone.

    Without a once-key: nothing changes but two counts, and a second press is a second file.
    """
    verdict = None
    if request.method == "POST":
        verdict = limits.hit("take-along", request.actor.id.hex, limit=TIMES, window=WINDOW)
        if verdict.allowed:
            return HttpResponse(
                package.build(request.actor.user),
                content_type="application/zip",
                headers={"Content-Disposition": f'attachment; filename="{package.filename()}"'},
            )
    retry_at = verdict.retry_at if verdict else None
    status = 429 if retry_at else 200
    return TemplateResponse(request, "accounts/take_along.html", {"retry_at": retry_at}, status=status)
