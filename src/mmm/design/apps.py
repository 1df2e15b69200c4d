from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "mmm.design"
    label = "design"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mmm.design import assets
        from mmm.foundation import pdf

        pdf.files["paper.css"] = assets.HERE / "css" / "paper.css"
        pdf.files.update(
            {f"atkinson-{face}.ttf": assets.FONTS / file for face, (file, _) in assets.FACES.items()}
        )
