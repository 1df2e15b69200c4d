"""Django's commands: `./mmm manage COMMAND`, which is `python -m mmm COMMAND`."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mmm.config.settings")
    execute_from_command_line(["mmm", *sys.argv[1:]])


if __name__ == "__main__":
    main()
