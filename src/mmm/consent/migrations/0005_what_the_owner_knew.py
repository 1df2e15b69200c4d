"""What the owner had read when sharing is a part of the grant, and never changes either."""

from functools import partial
from importlib import import_module

from django.db import migrations, models

before = import_module("mmm.consent.migrations.0002_grants_never_change")
install = partial(before.install, fixed=(*before.FIXED, "knows_unchecked", "knows_income"))


class Migration(migrations.Migration):
    dependencies = [("consent", "0004_letters_never_change")]
    operations = [
        # SQLite makes the table anew for a column, without its trigger.
        migrations.RunPython(migrations.RunPython.noop, before.install),
        migrations.AddField("grant", "knows_income", models.BooleanField(default=False)),
        migrations.AddField("grant", "knows_unchecked", models.BooleanField(default=False)),
        migrations.RunPython(install, before.remove),
    ]
