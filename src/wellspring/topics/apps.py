from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "wellspring.topics"
    verbose_name = "Topics"
