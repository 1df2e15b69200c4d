from django.db import migrations

from mmm.content.search.engines import installing


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index")]

    operations = [migrations.RunPython(installing.install, installing.remove)]
