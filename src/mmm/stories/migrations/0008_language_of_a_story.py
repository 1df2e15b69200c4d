from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def of_its_owner(apps, schema_editor):
    offers = apps.get_model("stories", "Offer").objects
    app, name = settings.AUTH_USER_MODEL.split(".")
    owners = apps.get_model(app, name).objects.filter(pk=OuterRef("owner_id"))
    offers.update(language=Subquery(owners.values("language")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0007_passed_on"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="language",
            field=models.CharField(default="nl", max_length=2),
        ),
        migrations.RunPython(of_its_owner, migrations.RunPython.noop),
    ]
