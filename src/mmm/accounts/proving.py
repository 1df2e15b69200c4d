"""Proving once more who one is, without e-mail: by the PIN of the own letter, or a code on paper."""

from mmm.accounts import browser, letters, paper_codes
from mmm.accounts.actors import SignedInRequest
from mmm.accounts.codes import Guess, digits


def prove(request: SignedInRequest, typed: str) -> Guess:
    """Is this the PIN of one's own letter, or an own code on paper (which is then used up)?"""
    if len(digits(typed)) == paper_codes.DIGITS:
        used = paper_codes.use(typed, network=browser.network(request), only_of=request.actor.id)
        return Guess(right=used.user is not None, retry_at=used.retry_at)
    letter = letters.of(request.actor.id)
    marked = letter.code if letter is not None else f"none {request.actor.id.hex}"
    guess = letters.check(marked, typed, place=browser.place_of(request, marked))
    return Guess(right=guess.letter is not None, retry_at=guess.retry_at)
