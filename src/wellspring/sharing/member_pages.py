"""Where the sharing sessions stand among a member's pages."""

from wellspring.core.registry import MemberPage, register_member_pages
from wellspring.engine.errors import marked


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_member_pages(
        MemberPage(
            url_name="sharing:home",
            name=marked("Sharing sessions"),
            short=marked("Sharing"),
            icon="sharing",
            order=15,
            permission="see_figures",
        )
    )
