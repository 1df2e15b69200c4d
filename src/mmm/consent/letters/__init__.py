"""Letters: chosen parts for somebody without an account, read once with a code on paper."""
