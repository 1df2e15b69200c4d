"""Counting tries: at most so many in a window, also with several processes. See README.md."""

from mmm.foundation.limits.counting import Verdict, clear, hit, peek

__all__ = ["Verdict", "clear", "hit", "peek"]
