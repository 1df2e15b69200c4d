"""Whoever keeps the server running sees what is missing."""

import datetime as dt
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from mmm.foundation import clock, crypto, health
from mmm.foundation.tasks import worker

pytestmark = [
    pytest.mark.urls("tests.foundation.urls_cellar"),
    pytest.mark.django_db(databases=["default", "keys", "cache"]),
]


def test_healthz_touches_no_database(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert client.post("/healthz").status_code == 405


def test_ready_when_databases_keys_and_worker_are_there(client: Client) -> None:
    worker.run_due()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    found = answer.json()
    assert dt.datetime.fromisoformat(found.pop("worker"))
    assert found == {
        "ready": True,
        "databases": {"default": True, "keys": True, "cache": True},
        "keys": True,
    }


def test_not_ready_without_a_worker_that_still_works(client: Client) -> None:
    assert client.get("/readyz").status_code == 503
    worker.run_due()
    with clock.moved(dt.timedelta(minutes=2)):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["worker"]


def test_not_ready_without_keys(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise crypto.KeysMissing("secret place")

    worker.run_due()
    monkeypatch.setattr(crypto, "key_encryption_keys", missing)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["keys"] is False
    assert b"secret" not in answer.content


@pytest.mark.parametrize("gone", ["default", "keys", "cache"])
def test_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch, gone: str) -> None:
    class Connections(dict[str, Any]):
        def __getitem__(self, alias: str) -> Any:
            if alias == gone:
                raise OperationalError("secret place")
            return real[alias]

    worker.run_due()
    real = health.connections
    monkeypatch.setattr(health, "connections", Connections())
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["databases"][gone] is False
    assert b"secret" not in answer.content
