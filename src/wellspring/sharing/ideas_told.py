"""What notices and the audit trail say about ideas."""

from wellspring.core.notices.kinds import NoticeKind
from wellspring.core.registry import Action
from wellspring.engine.errors import marked

IDEA_ACTIONS = (
    Action("sharing.idea_collected", marked("handed in the idea “%(idea)s”")),
    Action("sharing.idea_changed", marked("changed the words of the idea")),
    Action("sharing.idea_decided", marked("decided on “%(idea)s”: %(decision)s. %(reason)s")),
    Action("sharing.idea_returned", marked("“%(idea)s” came back by itself")),
    Action("sharing.idea_reported", marked("“%(idea)s” was carried out and reported back")),
    Action("sharing.idea_adopted", marked("took “%(idea)s” into the %(plan)s")),
    Action("sharing.idea_opened", marked("opened “%(idea)s” to other communities")),
    Action("sharing.idea_closed", marked("closed “%(idea)s” to other communities")),
    Action("sharing.idea_copied", marked("copied “%(idea)s” from %(unit)s")),
    Action("sharing.study_changed", marked("changed deadline or contributors of the study")),
    Action("sharing.study_written", marked("wrote version %(number)s of the implementation details")),
    Action("sharing.figures_exported", marked("exported the figures of sessions and ideas")),
)

IDEA_NOTICES = (
    NoticeKind(
        "sharing.idea_decided",
        name=marked("Your idea was decided"),
        sentence=marked("“%(idea)s” was decided: %(decision)s. %(reason)s"),
        sentence_many=marked("“%(idea)s” was decided anew, at last: %(decision)s. %(reason)s"),
    ),
    NoticeKind(
        "sharing.idea_returned",
        name=marked("A kept idea came back"),
        sentence=marked("“%(idea)s” was kept for later and is back: it can be decided now."),
        for_groups=True,
    ),
    NoticeKind(
        "sharing.study_asked",
        name=marked("You are to work out an idea's details"),
        sentence=marked("You are asked to work out the details of “%(idea)s”, until %(day)s."),
    ),
    NoticeKind(
        "sharing.study_written",
        name=marked("New details of an idea"),
        sentence=marked("%(name)s wrote version %(number)s of the details of “%(idea)s”."),
        sentence_many=marked("%(count)s new versions of the details of “%(idea)s”."),
    ),
    NoticeKind(
        "sharing.study_overdue",
        name=marked("A study is overdue"),
        sentence=marked("The details of “%(idea)s” were to be ready on %(day)s."),
    ),
    NoticeKind(
        "sharing.idea_adopted",
        name=marked("Your idea is in the work plan"),
        sentence=marked("“%(idea)s” was taken into the work plan; %(owner)s carries it out until %(day)s."),
    ),
    NoticeKind(
        "sharing.idea_begun",
        name=marked("Your idea is being carried out"),
        sentence=marked("Work on “%(idea)s” has begun."),
    ),
    NoticeKind(
        "sharing.idea_dropped",
        name=marked("Your idea was dropped from the plan"),
        sentence=marked("“%(idea)s” was dropped from the work plan: %(reason)s"),
    ),
    NoticeKind(
        "sharing.idea_reported",
        name=marked("What became of your idea"),
        sentence=marked("“%(idea)s” was carried out: %(verdict)s. %(text)s"),
        by_mail=True,
    ),
    NoticeKind(
        "sharing.idea_opened",
        name=marked("Your idea was opened to other communities"),
        sentence=marked("“%(idea)s” may now be read, copied and followed by other communities of the subdistrict."),
    ),
    NoticeKind(
        "sharing.idea_copied",
        name=marked("Another community took your idea up"),
        sentence=marked("%(unit)s copied “%(idea)s” to try it there."),
        sentence_many=marked("%(count)s communities copied “%(idea)s”."),
    ),
)
"""Told to proposers, those who endorsed or follow, and contributors."""
