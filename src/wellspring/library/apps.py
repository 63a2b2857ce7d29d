from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "wellspring.library"
    verbose_name = "Library"

    def ready(self) -> None:
        from wellspring.library import search

        search.register()
