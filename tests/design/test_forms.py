import datetime as dt

import pytest
from django import forms
from django.utils.translation import override

from mmm.design import forms as drawn
from mmm.design import widgets
from mmm.design.templatetags import design as tags
from mmm.design.views import DemoForm

WRONG = {"name": "", "until_0": "31", "until_1": "2", "until_2": "2027", "dream": "x" * 20_001}


def test_label_help_and_control_know_of_each_other():
    html = drawn.field(DemoForm()["name"])
    assert '<label for="id_name">' in html
    assert 'id="id_name_helptext"' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'autocomplete="nickname"' in html


def test_error_is_tied_to_its_control_and_said_in_words():
    html = drawn.field(DemoForm(WRONG)["name"])
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_choices_are_a_group_with_its_question():
    html = drawn.field(DemoForm()["purpose"])
    assert html.startswith('<fieldset class="field"><legend>')
    assert html.count('type="radio"') == 3
    assert "required" not in html


def test_name_with_a_slash_may_break_there_and_is_escaped():
    assert tags.breakable("Zaanstreek/Waterland") == "Zaanstreek/<wbr>Waterland"
    assert tags.breakable("<b>/c") == "&lt;b&gt;/<wbr>c"


def test_labels_are_escaped():
    class Sly(forms.Form):
        pick = forms.ChoiceField(
            label="<b>",
            widget=widgets.CardRadio,
            choices=[('"><script>', "<script>"), ("b", widgets.choice_label("<i>"))],
        )

    html = drawn.field(Sly()["pick"])
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<i>" not in html


@pytest.mark.parametrize(
    ("parts", "day"),
    [(("3", "3", "2027"), dt.date(2027, 3, 3)), ((" 03", "12 ", "2026"), dt.date(2026, 12, 3))],
)
def test_three_date_fields_make_a_date(parts: tuple[str, ...], day: dt.date):
    form = DemoForm({f"until_{number}": part for number, part in enumerate(parts)})
    form.is_valid()
    assert form.cleaned_data["until"] == day


def test_a_day_that_does_not_exist_is_told_and_kept():
    form = DemoForm(WRONG)
    assert form.errors["until"]
    html = drawn.field(form["until"])
    assert 'name="until_0" value="31"' in html


def test_too_long_text_is_refused_and_kept_whole():
    form = DemoForm(WRONG)
    assert form.errors["dream"]
    html = drawn.field(form["dream"])
    assert "x" * 20_001 in html
    assert "maxlength" not in html
    assert 'data-count="20000"' in html
    assert 'autocomplete="off"' in html


def test_summary_links_to_each_field_that_is_wrong():
    html = drawn.summary(DemoForm(WRONG))
    assert 'href="#id_name"' in html
    assert 'href="#id_until_0"' in html
    assert 'href="#id_purpose_0"' in html
    assert "autofocus" in html
    assert drawn.summary(DemoForm()) == ""


def test_saved_line_says_the_day_when_it_was_not_today():
    from mmm.foundation import clock

    with override("en"):
        assert "Saved at" in tags.saved_line(clock.now())
        assert "Saved on" in tags.saved_line(clock.now() - dt.timedelta(days=2))
        assert "Nothing saved yet" in tags.saved_line(None)
