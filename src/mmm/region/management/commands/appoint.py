from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mmm.accounts.forms import normal_address
from mmm.accounts.selectors import by_address
from mmm.region import selectors, services, staff
from mmm.region.models import StaffRoleName


class Command(BaseCommand):
    help = "Give somebody a task for a region: appoint EMAIL ROLE REGION. Also for the first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, what and where."""
        parser.add_argument("email", help="the address of an account that exists")
        parser.add_argument("role", choices=StaffRoleName.values)
        parser.add_argument("--end", action="store_true", help="end this task instead")
        parser.add_argument("region", help="the name in the address of its page, e.g. holland-rijnland")

    def handle(self, *args: Any, **options: Any) -> None:
        """Appoint, or say in one sentence what is missing."""
        user = by_address(normal_address(options["email"]))
        if user is None:
            raise CommandError("There is no account with this address. Sign up with it first.")
        region = selectors.region(options["region"])
        if region is None:
            raise CommandError("There is no such region. See /regios/ for the names.")
        if options["end"]:
            staff.end_at_once(user_id=user.id, role=options["role"], region=region)
            self.stdout.write(f"{user.name} is no longer {options['role']} of {region.name}.")
            return
        services.appoint(None, user_id=user.id, role=options["role"], region=region)
        self.stdout.write(f"{user.name} is now {options['role']} of {region.name}.")
