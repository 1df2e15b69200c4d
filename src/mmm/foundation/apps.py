from django.apps import AppConfig
from django.urls import register_converter

from mmm.foundation.ids import HexConverter


class FoundationConfig(AppConfig):
    name = "mmm.foundation"
    label = "foundation"

    def ready(self) -> None:
        register_converter(HexConverter, "hex")
