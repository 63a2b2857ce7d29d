from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "wellspring.topics"
    verbose_name = "Topics"

    def ready(self) -> None:
        from wellspring.core.registry import Action, register_actions
        from wellspring.engine.errors import marked

        register_actions(
            Action("topics.topic_added", marked("added the topic “%(name)s”")),
            Action("topics.topic_changed", marked("changed the topic “%(name)s”")),
            Action("topics.topic_moved", marked("moved the topic “%(name)s” in the order")),
            Action("topics.topic_retired", marked("retired the topic “%(name)s”")),
            Action("topics.topic_restored", marked("brought the topic “%(name)s” back")),
            Action("topics.topics_merged", marked("merged the topic “%(name)s” into “%(into)s”")),
        )
