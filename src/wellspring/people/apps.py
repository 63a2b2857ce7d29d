from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wellspring.people"
    verbose_name = "People"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from wellspring.core.registry import (
            Chore,
            DeskPage,
            MemberPage,
            register_actions,
            register_chores,
            register_desk_pages,
            register_member_pages,
            register_sweep,
        )
        from wellspring.engine.errors import marked
        from wellspring.people import audit_subjects, calendar_desk, calendar_sources, portraits
        from wellspring.people.accounts.actions import ACTIONS
        from wellspring.people.accounts.entry import stamp_session
        from wellspring.people.accounts.resealing import register_second_factors
        from wellspring.people.accounts.services.attempts import sweep_attempts
        from wellspring.people.health import register_people_checks
        from wellspring.people.notices.kinds import register_people_notices
        from wellspring.people.office_pages import DESK_PAGES
        from wellspring.people.sentences import ACTIONS as OF_PEOPLE
        from wellspring.people.services.forgetting import forget_old_imports
        from wellspring.people.webhooks.registration import register_group_chats

        register_actions(*ACTIONS, *OF_PEOPLE)
        register_people_checks()
        register_sweep("staff lists to forget", forget_old_imports)
        register_member_pages(
            MemberPage(url_name="people:today", name=marked("Today"), short=marked("Today"), icon="day", order=10),
            MemberPage(
                url_name="people:notices", name=marked("Notices"), short=marked("Notices"), icon="bell", order=40
            ),
            MemberPage(url_name="people:account", name=marked("My account"), icon="person", order=45),
            MemberPage(
                url_name="people:desk",
                name=marked("Desk"),
                short=marked("Desk"),
                icon="desk",
                order=50,
                is_for_elders=False,
            ),
        )
        audit_subjects.register()
        calendar_desk.register()
        calendar_sources.register()
        portraits.register()
        register_desk_pages(
            *DESK_PAGES,
            DeskPage(
                url_name="people:health",
                name=marked("Health"),
                about=marked("What is wrong with the installation, and what to do about it."),
                group="office",
                permission="see_health",
                icon="health",
            ),
            DeskPage(
                url_name="people:audit",
                name=marked("Audit trail"),
                about=marked("Who did what, when; nothing in it can be changed or taken out unseen."),
                group="office",
                permission="see_audit",
                icon="seal",
            ),
        )
        register_people_notices()
        user_logged_in.connect(stamp_session)
        register_chores(Chore("old attempts to sign in", 3600, sweep_attempts))
        register_group_chats()
        register_second_factors()
