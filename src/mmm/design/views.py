"""The page that shows every component in every state."""

import datetime as dt

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mmm.design import assets, display, icons, shapes, widgets
from mmm.design.context import Page
from mmm.foundation import clock


class DemoForm(forms.Form):
    """One field of each kind; the words are made up."""

    name = forms.CharField(
        label="Hoe noemen we je?",
        help_text="Een bijnaam mag ook.",
        widget=forms.TextInput({"autocomplete": "nickname"}),
    )
    email = forms.EmailField(label="Wat is je mailadres?", widget=forms.EmailInput({"autocomplete": "email"}))
    code = forms.CharField(
        label="Code uit je mail",
        widget=widgets.CodeInput(from_mail=True),
    )
    dream = forms.CharField(
        label="Wat zou je graag doen?",
        help_text="Schrijf zoals je praat.",
        max_length=20_000,
        widget=widgets.CountedTextarea,
    )
    until = forms.DateField(
        label="Tot welke dag?", help_text="Bijvoorbeeld 3 3 2027", widget=widgets.DateParts
    )
    purpose = forms.ChoiceField(
        label="Waarvoor deel je dit?",
        widget=widgets.CardRadio,
        choices=[
            ("talk", widgets.choice_label("Voor een gesprek", "Je bereidt samen een gesprek voor.")),
            ("plan", "Om samen een plan te maken"),
            ("else", "Iets anders"),
        ],
    )
    parts = forms.MultipleChoiceField(
        label="Wat deel je?",
        widget=widgets.CardCheckboxes,
        choices=[("dreams", "Mijn dromen"), ("needs", "Wat ik nodig heb"), ("story", "Mijn verhaal")],
    )
    quiet = forms.ChoiceField(
        label="Een rustige plek",
        widget=widgets.InRow,
        choices=[("need", "nodig"), ("nice", "fijn"), ("any", "maakt niet uit")],
    )
    sixteen = forms.BooleanField(label="Ik ben 16 jaar of ouder")


class DemoPage(Page):
    """The frame, turned around or dark as the address asks."""

    def __init__(self, request: HttpRequest):
        super().__init__(request)
        self.direction = "rtl" if request.GET.get("dir") == "rtl" else "ltr"
        scheme = request.GET.get("scheme", "")
        if scheme in display.CHOICES["contrast"]:
            self.marks = display.marks(display.Display(contrast=scheme))


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state; `?dir=rtl` and `?scheme=dark` turn the page around or dark."""
    names = sorted(path.parent.name for path in assets.COMPONENTS.glob("*/states.html"))
    context = {
        "page": DemoPage(request),
        "sections": [(name, f"design/components/{name}/states.html") for name in names],
        "filled": DemoForm(
            initial={"name": "Sam", "until": dt.date(2027, 3, 3), "quiet": "nice", "parts": ["dreams"]}
        ),
        "wrong": DemoForm(
            {"name": "", "until_0": "31", "until_1": "2", "until_2": "2027"}, auto_id="wrong_%s"
        ),
        "icons": list(icons.SHAPES),
        "now": clock.now(),
        "earlier": clock.now() - dt.timedelta(days=3),
        **_shapes(),
    }
    return render(request, "design/components.html", context)


def _shapes() -> dict[str, object]:
    here = "#rows"
    yes = shapes.Cell(True, "tot en met 3 maart", here, "Stop met delen")
    no = shapes.Cell(False)
    return {
        "matrix": shapes.Matrix(
            "Jij kunt dit elk moment veranderen.",
            "Deel",
            [shapes.Column("Marieke de Wit", "jobcoach"), shapes.Column("Youssef Amrani", "begeleider")],
            [
                shapes.MatrixRow("Mijn dromen", [yes, no]),
                shapes.MatrixRow("Wat ik nodig heb", [yes, yes]),
                shapes.MatrixRow("Mijn verhaal", [no, no]),
            ],
        ),
        "answers": [
            shapes.Answer("Wat deel je?", "Mijn dromen", here),
            shapes.Answer("Met wie?", "Marieke de Wit, jobcoach bij Werkpunt Leiden", here),
            shapes.Answer("Tot wanneer?", "Tot en met 3 maart 2027"),
        ],
        "looks": [
            shapes.LookLine(
                "Marieke de Wit, jobcoach, las “Mijn dromen”.", "Om 9.15 uur", here, "Stop met delen"
            ),
            shapes.LookLine("Youssef Amrani, begeleider, las “Wat ik nodig heb”.", "Om 8.40 uur"),
        ],
        "tiles": [
            shapes.Tile("HR", "Holland Rijnland", here, 2, 4, current=True),
            shapes.Tile("GA", "Groot Amsterdam", here, 3, 4),
            shapes.Tile("HA", "Haaglanden", here, 1, 5),
            shapes.Tile("ZC", "Zuid-Holland Centraal", here, 2, 5),
        ],
        **_of_stories("#story"),
    }


def _of_stories(here: str) -> dict[str, object]:
    worker, employer = ("worker", "Iemand die werkt vertelt"), ("employer", "Een werkgever vertelt")
    long = "Een titel die zo lang is dat hij op een telefoon niet op twee regels past"
    note = "Gaat over een tijd in een kliniek en over ruzie thuis."
    return {
        "story_list": [
            shapes.StoryCard(here, "Om drie uur stop ik", "Ilse legt haar sleutels op de balie.",
                             "Ilse (52), bibliotheek", *worker, 4, "Gaat over moe zijn.", "ilse", "culture"),
            shapes.StoryCard(here, "De schroefjes", "Een jongen legt de schroefjes neer zoals zij dat doet.",
                             "Gonnie (57), werkplaats", *employer, 3, "", "gonnie", "technique"),
            shapes.StoryCard(here, long, "Kort.", "Samir (23), hovenier", *worker, 1, note, "samir", "green"),
        ],
        "filters": shapes.Filters(
            here,
            [
                shapes.Choice("limits", "Grenzen", 3, here, chosen=True),
                shapes.Choice("heard", "Gehoord worden", 5, here),
            ],
            [
                shapes.ChoiceGroup(
                    "verteller", "Wie vertelt?", [shapes.Choice("employer", "Een werkgever", 2, here)]
                )
            ],
            [("Grenzen", here)],
        ),
    }  # fmt: skip
