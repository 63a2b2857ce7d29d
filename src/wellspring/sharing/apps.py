from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "wellspring.sharing"
    verbose_name = "Sharing sessions"

    def ready(self) -> None:
        from wellspring.sharing import (
            audit_subjects,
            idea_calendar,
            idea_today,
            member_pages,
            notices,
            origins,
            sentences,
            session_calendar,
            session_chores,
            session_today,
            uploads,
        )
        from wellspring.sharing.services import returning

        member_pages.register()
        sentences.register()
        audit_subjects.register()
        notices.register()
        origins.register()
        returning.register()
        idea_calendar.register()
        idea_today.register()
        uploads.register()
        session_calendar.register()
        session_chores.register()
        session_today.register()
