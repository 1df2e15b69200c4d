"""A writer and an editor of the same region."""

import pytest

from mmm.accounts.actors import Actor
from tests import cast


@pytest.fixture
def editor() -> Actor:
    cast.organisation()  # opens the region
    return cast.staff("editor", name="Joris Bakker")


@pytest.fixture
def sam(editor: Actor) -> Actor:
    return cast.worker()
