"""Pages of the story. One question per page; every save works without JavaScript."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from mmm.accounts.access import as_self, signed_in
from mmm.accounts.actors import Actor, SignedInRequest
from mmm.foundation import doors, ids, once
from mmm.foundation.public import public_page
from mmm.stories import first_visit as visit
from mmm.stories import questions, selectors, services
from mmm.stories.forms import AnswerForm, ConditionsForm, PutBackForm


@require_safe
@signed_in
@as_self
def overview(request: SignedInRequest) -> HttpResponse:
    """*Mijn verhaal*: the parts, how far each is, what to do next."""
    lines = selectors.overview_for(request.actor)
    busy = next((line for line in lines if line.state != "done"), None)
    return TemplateResponse(
        request,
        "stories/overview.html",
        {
            "lines": lines,
            "next_line": busy,
            "begun": any(line.answered for line in lines),
            "shared": any(line.readers for line in lines),
            "slots": [slot.render(request) for slot in doors.slots if slot.place == "stories.overview"],
        },
    )


@require_safe
@signed_in
@as_self
def whole(request: SignedInRequest) -> HttpResponse:
    """The person reads their own story from start to end."""
    return TemplateResponse(request, "stories/whole.html", {"parts": selectors.whole_for(request.actor)})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@as_self
@once.form("stories:question")
def question(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """One question of one part: read, write, save."""
    actor = request.actor
    kind, asked = _asked(slug, number)
    if request.method == "POST":
        form = _form(asked, request.POST)
        if form.is_valid():
            return _save(request, actor, kind, asked, form)
        if autosaving(request):
            return JsonResponse(
                {"error": [str(text) for texts in form.errors.values() for text in texts]}, status=422
            )
        return _question_page(request, actor, kind, asked, form, status=422)
    mine = selectors.answer_for(actor, kind=kind, question=asked.key)
    initial: dict[str, Any] = {"version": mine.version, "page": ids.new().hex, "turn": 0}
    if mine.current:
        own = mine.current
        initial |= {"text": own.text, "picked": own.picked, "with_help": own.with_help, **own.choices}
    form = _form(asked, initial=initial)
    return _question_page(request, actor, kind, asked, form, mine=mine)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@as_self
@once.form("stories:earlier")
def earlier(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """What stood at a question before, and a way to put it back."""
    kind, asked = _asked(slug, number)
    if request.method == "POST":
        form = PutBackForm(request.POST)
        if not form.is_valid():
            raise Http404
        which = {"kind": kind, "question": asked.key, "earlier_id": form.cleaned_data["earlier_id"]}
        if "throw" in request.POST:
            services.throw_away(request.actor, **which)
            return redirect("stories:earlier", slug, number)
        if services.put_back(request.actor, **which, version=form.cleaned_data["version"]) is None:
            raise Http404
        return redirect("stories:question", slug, number)
    context = {
        "part": questions.part(kind),
        "asked": asked,
        "history": selectors.history_for(request.actor, kind=kind, question=asked.key),
    }
    return TemplateResponse(request, "stories/earlier.html", context)


def autosaving(request: HttpRequest) -> bool:
    """Whether this post comes from the page's own autosave and not from a button."""
    return request.headers.get("X-Autosave") == "1"


def _asked(slug: str, number: int) -> tuple[str, questions.Question]:
    kind = questions.KINDS.get(slug)
    asked = questions.part(kind).question(number) if kind else None
    if kind is None or asked is None:
        raise Http404
    return kind, asked


def _form(asked: questions.Question, *args: Any, **kwargs: Any) -> AnswerForm | ConditionsForm:
    if asked.kind == "conditions":
        return ConditionsForm(*args, **kwargs)
    return AnswerForm(*args, cards=asked.cards, **kwargs)


def _save(
    request: HttpRequest,
    actor: Actor,
    kind: str,
    asked: questions.Question,
    form: AnswerForm | ConditionsForm,
) -> HttpResponse:
    chosen: dict[str, Any] = {"kind": kind, "question": asked.key, "content": form.content}
    if "settle" in request.POST:
        version, seen = form.origin["version"], form.cleaned_data["seen"]
        saved = services.settle(actor, **chosen, version=version, seen=seen)
    else:
        saved = services.save_answer(actor, **chosen, **form.origin, by_itself=autosaving(request))
    if autosaving(request):
        if saved.kept_apart:
            return once.done(JsonResponse({"conflict": True}, status=409))
        answer = saved.answer
        moment = f"{timezone.localtime(answer.saved_at):%H.%M}" if answer else ""
        return once.done(JsonResponse({"saved": moment, "version": answer.version if answer else 0}))
    part = questions.part(kind)
    if saved.kept_apart or {"stay", "clear"} & set(request.POST):
        return redirect("stories:question", part.slug, asked.number)
    if "stop" in request.POST or asked.number == len(part.questions):
        return redirect("stories:overview")
    return redirect("stories:question", part.slug, asked.number + 1)


def _question_page(
    request: HttpRequest,
    actor: Actor,
    kind: str,
    asked: questions.Question,
    form: AnswerForm | ConditionsForm,
    *,
    mine: selectors.OwnAnswer | None = None,
    status: int = 200,
) -> TemplateResponse:
    part = questions.part(kind)
    mine = mine or selectors.answer_for(actor, kind=kind, question=asked.key)
    context: dict[str, Any] = {
        "part": part,
        "asked": asked,
        "form": form,
        "mine": mine,
        "longest": services.LONGEST,
        "last": asked.number == len(part.questions),
        "previous": asked.number - 1,
        "readers": mine.readers,
    }
    if mine.others and not form.is_bound:
        template = "stories/two_texts.html"
    elif isinstance(form, ConditionsForm):
        template = "stories/conditions.html"
    else:
        template = "stories/question.html"
    return TemplateResponse(request, template, context, status=status)


@csrf_exempt  # nothing is stored and nothing changes: there is nothing to forge, and no cookie is set
@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def first_visit(request: HttpRequest) -> HttpResponse:
    """*Wat heb jij nodig op je werk?*: five taps, a card on paper, nothing kept anywhere."""
    state = visit.read(request.POST)
    template = "stories/card.html" if state.done else "stories/first_visit.html"
    return TemplateResponse(request, template, {"state": state})
