from django.db import migrations

from mmm.content.search.engines import installing


class Migration(migrations.Migration):
    dependencies = [("search", "0005_misses_beside_grams")]

    operations = [migrations.RunPython(installing.install_titles, installing.remove_titles)]
