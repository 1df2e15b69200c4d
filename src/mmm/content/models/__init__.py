"""Texts that editors keep: the base of every page, pictures and papers, and what stands in lists."""

from mmm.content.models.files import Paper, Picture, PictureSize
from mmm.content.models.lists import DatedEntry, GlossaryTerm, HelpLine
from mmm.content.models.loaded import Loaded
from mmm.content.models.pages import Home, Section, TextPage
from mmm.content.models.review import OtherEyes

__all__ = [
    "DatedEntry",
    "GlossaryTerm",
    "HelpLine",
    "Home",
    "Loaded",
    "OtherEyes",
    "Paper",
    "Picture",
    "PictureSize",
    "Section",
    "TextPage",
]
