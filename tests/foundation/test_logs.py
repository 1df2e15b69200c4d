"""Logs never hold what people wrote."""

import logging

from mmm.foundation.logs import QuietFormatter


def test_the_log_of_a_failure_names_the_place_and_not_the_words():
    try:
        try:
            raise KeyError("mijn geheim verhaal")
        except KeyError:
            raise ValueError("Failing row contains (mijn geheim verhaal)") from None
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "failed", (), (ValueError, error, error.__traceback__)
        )
    line = QuietFormatter("%(message)s").format(record)
    assert "test_logs.py" in line
    assert "ValueError" in line
    assert "KeyError" in line
    assert "geheim" not in line.replace('raise KeyError("mijn geheim verhaal")', "").replace(
        'raise ValueError("Failing row contains (mijn geheim verhaal)")', ""
    )
