"""Words about health, in sentences as people write them (house rule 2)."""

import pytest

from mmm.consent import health


@pytest.mark.parametrize(
    "sentence",
    [
        "I add the numbers and Ms Jansen adds her name.",
        "Tell me as soon as the hearing aids are there.",
        "Nah, that is fine. We had lunch at the dis, and Tia paid for it.",
        "Ik maak de as schoon en lees cv's en CVs.",
        "Ik werk het liefst in een additionele baan.",
    ],
)
def test_an_ordinary_word_is_no_word_about_health(sentence):
    assert health.words_in([f"<p>{sentence}</p>"]) == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("I have ADD, so I add a list.", ["ADD"]),
        ("Mijn ADD-medicatie maakt me moe.", ["ADD", "medicatie"]),
        ("Ik heb MS en mijn zus heeft ME/CVS.", ["MS", "ME", "CVS"]),
        ("Door NAH en een TIA ben ik snel vol.", ["NAH", "TIA"]),
        ("Ik heb ASS. Vroeger noemden ze het AS of pdd-nos.", ["ASS", "AS", "pdd"]),
        ("My ocd got better after a cva and Emdr.", ["ocd", "cva", "Emdr"]),
        ("ADHD, adhd'er, Depressief.", ["ADHD", "adhd", "Depressief"]),
    ],
)
def test_an_abbreviation_is_found_in_capitals_when_it_is_an_ordinary_word_too(sentence, found):
    assert health.words_in([f"<p>{sentence}</p>"]) == found
