"""The fixed lists of the public site: codes as they stand in shipped texts, and the words people read."""

from typing import Final

from django.utils.translation import gettext_lazy as _

READERS: Final = [
    ("workers", _("who works or looks for work")),
    ("professionals", _("professionals")),
    ("employers", _("employers")),
]
TOLD_BY: Final = [("worker", _("somebody who works or looks for work")), ("employer", _("an employer"))]
PUBLICATIONS: Final = [
    ("summary", _("the book in short")),
    ("methods", _("the two methods")),
    ("magazine", _("magazine")),
    ("press", _("press release")),
]
SECTORS: Final = [
    ("care", _("care and welfare")),
    ("retail", _("shops")),
    ("office", _("office")),
    ("technique", _("technical work")),
    ("logistics", _("storage and delivery")),
    ("hospitality", _("food and drink")),
    ("green", _("green work")),
    ("education", _("education")),
    ("government", _("government")),
    ("culture", _("culture")),
    ("cleaning", _("cleaning")),
    ("building", _("building")),
    ("ict", _("computers")),
    ("transport", _("transport")),
    ("industry", _("factories")),
]
THEMES: Final = [
    ("limits", _("knowing your limits")),
    ("openness", _("telling or not")),
    ("heard", _("being heard")),
    ("valued", _("being valued")),
    ("qualities", _("what you are good at")),
    ("learned", _("what went wrong and was learned")),
    ("starting", _("starting")),
    ("staying", _("keeping your work")),
    ("returning", _("coming back")),
    ("adapting", _("making work fit")),
    ("colleagues", _("colleagues")),
    ("dreams", _("dreams")),
    ("benefits", _("money and benefits")),
]
