"""A password hash for tests: Django's own, with so few rounds that a test does not wait for it."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class FewRounds(PBKDF2PasswordHasher):
    """For all tests. Rounds are there to make guessing slow; no test but those of time is about that."""

    iterations = 1_000


class SomeRounds(PBKDF2PasswordHasher):
    """For tests of time: a tenth of the product's rounds, so that what is around the hash weighs more."""

    iterations = PBKDF2PasswordHasher.iterations // 10
