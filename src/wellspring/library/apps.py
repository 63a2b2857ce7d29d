from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "wellspring.library"
    verbose_name = "Library"
