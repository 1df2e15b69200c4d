import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from mmm.foundation import running
from mmm.foundation.tasks import worker


class Command(BaseCommand):
    help = "Sends mail and does what comes round. Run as many as you like; stop with SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due now, then end.")

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = False

        def stop(*_: object) -> None:
            nonlocal stopped
            stopped = True

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        with running.announce():
            if options["once"]:
                worker.run_due(stopping=lambda: stopped)
            else:
                worker.run(stopping=lambda: stopped)
