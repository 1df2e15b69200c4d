"""`rotate_keys`: put a new key-encryption key into use, and take an old one out."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mmm.foundation.crypto import keys, rotation, vaults


class Command(BaseCommand):
    help = "Re-wrap every vault key under the newest key-encryption key. May be stopped and run again."
    # The first key of a new installation is made here, before anything else can pass its checks.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--add", action="store_true", help="first add a new key to the key file")
        parser.add_argument("--drop", type=int, metavar="VERSION", help="remove a key that no vault uses")

    def handle(self, *args: Any, add: bool, drop: int | None, **options: Any) -> None:
        if (add or drop is not None) and settings.KEY_ENCRYPTION_KEYS:
            raise CommandError(
                "The keys stand in MMM_KEKS: add or remove a version there and restart the server."
            )
        if drop is not None:
            self._drop(drop)
            return
        if add:
            version = keys.add_version(settings.KEY_ENCRYPTION_KEY_FILE)
            self.stdout.write(f"Added version {version} to {settings.KEY_ENCRYPTION_KEY_FILE}.")
            if version == 1:
                return  # a new installation: there are no vaults yet, perhaps not even their table
        self._rewrap()

    def _rewrap(self) -> None:
        done, failed = 0, []
        for vault_id, worked in rotation.rewrap_all():
            if not worked:
                failed.append(vault_id.hex)
                continue
            done += 1
            if done % rotation.BATCH == 0:
                self.stdout.write(f"{done} vaults ...")
        vaults.forget_old_pages()
        if failed:
            raise CommandError(f"{len(failed)} vaults have no key that opens them, the first is {failed[0]}.")
        self.stdout.write(f"{done} vaults re-wrapped; all are under version {keys.newest_version()}.")

    def _drop(self, version: int) -> None:
        all_keys = dict(keys.key_encryption_keys())
        if version not in all_keys:
            raise CommandError(f"There is no version {version}.")
        if version == max(all_keys):
            raise CommandError(f"Version {version} is the newest and wraps new vaults; add another first.")
        in_use = rotation.versions_in_use().get(version, 0)
        if in_use:
            raise CommandError(f"{in_use} vaults still use version {version}; run rotate_keys first.")
        keys.drop_version(settings.KEY_ENCRYPTION_KEY_FILE, version)
        self.stdout.write(f"Removed version {version}. Backups made before today need it; keep it with them.")
