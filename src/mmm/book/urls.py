"""Addresses of the public site; English has the same path words under `/en/`."""

from django.urls import path

from mmm.book.answers import views as answers
from mmm.book.views import chapters, downloads, lists, machines, pages, stories

app_name = "book"
urlpatterns = [
    path("verhalen/", stories.stories, name="stories"),
    path("verhalen/feed.xml", machines.stories_feed, name="stories_feed"),
    path("verhalen/<slug:slug>/", stories.story, name="story"),
    path("inspiratieboek/", chapters.contents, name="contents"),
    path("inspiratieboek/inspiratieboek.pdf", downloads.pdf, name="pdf"),
    path("inspiratieboek/inspiratieboek.epub", downloads.epub, name="epub"),
    path("inspiratieboek/<slug:slug>/", chapters.chapter, name="chapter"),
    path("mijn-antwoorden/", answers.my_answers, name="my_answers"),
    path("mijn-antwoorden/<slug:key>/", answers.answers, name="answers"),
    path("beroepen/", pages.professions, name="professions"),
    path("beroepen/<slug:slug>/", pages.profession, name="profession"),
    path("voor-werkzoekenden/", pages.for_workers, name="for_workers"),
    path("voor-professionals/", pages.for_professionals, name="for_professionals"),
    path("voor-werkgevers/", pages.for_employers, name="for_employers"),
    path("aanbevelingen/", pages.recommendations, name="recommendations"),
    path("aanbevelingen/<slug:slug>/", pages.recommendation, name="recommendation"),
    path("om-mee-te-nemen/", pages.publications, name="publications"),
    path("om-mee-te-nemen/<slug:slug>/", pages.publication, name="publication"),
    path("tips/", pages.tips, name="tips"),
    path("nieuws/", pages.news, name="news"),
    path("nieuws/feed.xml", machines.news_feed, name="news_feed"),
    path("nieuws/<slug:slug>/", pages.news_item, name="news_item"),
    path("woordenlijst/", lists.glossary, name="glossary"),
    path("regels-en-regelingen/", lists.dated, name="dated"),
    path("hulp/", lists.help_page, name="help"),
]
