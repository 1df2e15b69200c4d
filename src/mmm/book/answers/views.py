"""Pages for a reader's own answers. Every save works without JavaScript."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mmm.accounts.access import as_self, signed_in
from mmm.accounts.actors import SignedInRequest
from mmm.book.answers import questions, selectors, services
from mmm.book.answers.forms import ExerciseForm, ThrowAwayForm
from mmm.book.answers.questions import ChapterExercises, Exercise
from mmm.book.views.frame import language
from mmm.foundation import once


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@as_self
@once.form("book:answers")
def answers(request: SignedInRequest, key: str) -> HttpResponse:
    """The exercises of one chapter, each with a form of its own and what was answered before."""
    chapter = questions.of_chapter(language(), key)
    if chapter is None or not chapter.exercises:
        raise Http404
    if request.method != "POST":
        return _page(request, chapter)
    asked = next((each for each in chapter.exercises if f"{each.id.hex[:8]}-exercise" in request.POST), None)
    if asked is None:  # the exercise left the book while its page was open
        return _page(request, chapter, gone=True, status=409)
    form = ExerciseForm(request.POST, exercise=asked)
    if not form.is_valid():
        return _page(request, chapter, form, status=422)
    started = form.cleaned_data["version"] or 0
    kept = services.keep(
        request.actor, chapter=chapter.key, exercise=asked, content=form.content, version=started
    )
    if kept.elsewhere is not None:
        # Both texts on one page: saving once more is choosing this one.
        form.data = request.POST.copy()
        form.data[form.add_prefix("version")] = str(kept.version)
        return _page(request, chapter, form, elsewhere=True, status=409)
    return redirect(f"{reverse('book:answers', args=[chapter.key])}#{asked.anchor}")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@as_self
@once.form("book:my_answers")
def my_answers(request: SignedInRequest) -> HttpResponse:
    """All answers to read from start to end, and a way to throw one away."""
    if request.method == "POST":
        form = ThrowAwayForm(request.POST)
        if form.is_valid():
            services.throw_away(request.actor, answer_id=form.cleaned_data["answer_id"])
        return redirect("book:my_answers")
    known = questions.chapters(language())
    own = selectors.all_of(request.actor)
    found = [
        {"key": key, "number": number, "title": title, "answers": [one for one in own if one.chapter == key]}
        for key, (number, title) in known.items()
    ]
    context = {
        "chapters": [each for each in found if each["answers"]],
        "homeless": [one for one in own if one.chapter not in known],
    }
    return TemplateResponse(request, "book/answers/mine.html", context)


def _page(
    request: SignedInRequest,
    chapter: ChapterExercises,
    form: ExerciseForm | None = None,
    *,
    elsewhere: bool = False,
    gone: bool = False,
    status: int = 200,
) -> HttpResponse:
    own = selectors.of_chapter(request.actor, chapter.key)

    def line(asked: Exercise) -> dict[str, Any]:
        mine = own.get(asked.id)
        content, version = (dict(mine.content), mine.version) if mine else ({}, 0)
        this = form is not None and form.asked.id == asked.id
        fresh = ExerciseForm(exercise=asked, initial=ExerciseForm.filled(asked, content, version))
        return {
            "asked": asked,
            "mine": mine,
            "form": form if this else fresh,
            "elsewhere": mine if this and elsewhere else None,
        }

    context = {"chapter": chapter, "lines": [line(each) for each in chapter.exercises], "form": form}
    return TemplateResponse(request, "book/answers/chapter.html", {**context, "gone": gone}, status=status)
