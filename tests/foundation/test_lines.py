"""Files that outlive a restore: nothing that was written is lost, not even after a machine that stopped."""

import os
from pathlib import Path
from typing import Any

import pytest

from mmm.foundation import lines

NAME = "proof.log"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"


def test_lines_come_back_in_their_order_and_words() -> None:
    assert list(lines.read(NAME)) == []
    lines.append(NAME, "gone a", "gone b")
    lines.append(NAME, "back a")
    assert list(lines.read(NAME)) == [["gone", "a"], ["gone", "b"], ["back", "a"]]


def test_file_is_for_this_account_alone() -> None:
    lines.append(NAME, "gone a")
    assert lines.path(NAME).stat().st_mode & 0o777 == 0o600


def test_what_follows_half_a_line_is_not_lost_with_it() -> None:
    lines.append(NAME, "gone a")
    with lines.path(NAME).open("a") as file:
        file.write("gone b 2026-1")  # here the machine stopped
    lines.append(NAME, "gone c")
    lines.append(NAME, "gone d")
    assert list(lines.read(NAME)) == [["gone", "a"], ["gone", "b", "2026-1"], ["gone", "c"], ["gone", "d"]]


def test_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", lambda handle, text: 3)
    with pytest.raises(OSError, match="whole"):
        lines.append(NAME, "gone a")
