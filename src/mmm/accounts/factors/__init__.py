"""Second steps: a code app (TOTP), codes on paper, a passkey; and a password, always with one of them.

The models and the arithmetic are django-allauth's (`allauth.mfa`); the pages, the limits, the guard against
using a code twice and the lock on secrets are ours. `step` holds the mark in the session, `own` says what
somebody has.
"""
