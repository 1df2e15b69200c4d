from django.db import migrations

from mmm.foundation.audit import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_look_log")]

    operations = [migrations.RunPython(triggers.install, triggers.remove)]
