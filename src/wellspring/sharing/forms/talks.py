"""What the editor of a talk sends: its words, and its suggestions in the order in which they stand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellspring.people.forms.telling import TellingForm, VersionedForm
from wellspring.people.models import OrgUnit
from wellspring.sharing.models import Talk
from wellspring.sharing.services.talk_words import SuggestionWords, TalkWords, words_of
from wellspring.topics.models import Topic
from wellspring.topics.queries import current_topics

LONGEST_TITLE = 80
LONGEST_TEXT = 20_000
MOST_SUGGESTIONS = 20


def _text(label: Any, help_text: Any, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST_TEXT})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST_TEXT, widget=widget)


def _topics(besides: Topic | None = None) -> Any:
    """Those offered, and the one that is chosen already though it is not offered any more."""
    if besides is None:
        return current_topics()
    return Topic.objects.filter(Q(retired_at=None, merged_into=None) | Q(pk=besides.pk))


class NewTalkForm(TellingForm):
    """How a talk begins: where, on what."""

    def __init__(self, data: Any, *, units: list[OrgUnit]) -> None:
        super().__init__(data)
        self.units = {str(unit.pk): unit for unit in units}
        if len(units) > 1:
            self.fields["org"] = forms.ChoiceField(
                label=gettext_lazy("Unit"), choices=[(pk, unit.name) for pk, unit in self.units.items()]
            )
        self.fields["topic"] = forms.ModelChoiceField(
            label=gettext_lazy("Topic"),
            queryset=_topics(),
            required=False,
            empty_label=gettext_lazy("Not decided yet"),
        )
        self.fields["title"] = forms.CharField(
            label=gettext_lazy("Title"),
            max_length=LONGEST_TITLE,
            required=False,
            help_text=gettext_lazy("You can also find one later."),
        )

    @property
    def org(self) -> OrgUnit:
        return self.units[self.cleaned_data.get("org") or next(iter(self.units))]


class TalkForm(VersionedForm):
    """All that stands in the editor, suggestions included: rows of `suggestion_id`, `_title` and `_details`."""

    window = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=LONGEST_TITLE)
    topic = forms.ModelChoiceField(
        label=gettext_lazy("Topic"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not decided yet"),
    )
    current_state = _text(
        gettext_lazy("Current state"), gettext_lazy("What happens where, how often, to whom? Numbers help."), 6
    )
    causes = _text(gettext_lazy("Causes"), gettext_lazy("Why is it so? What was tried before?"), 5)
    takeaways = _text(
        gettext_lazy("Takeaways"), gettext_lazy("One or two sentences that everybody should remember."), 3
    )

    def __init__(self, data: Any, *, talk: Talk) -> None:
        self.stored = words_of(talk)
        names = ("title", "topic", "current_state", "causes", "takeaways")
        initial = {name: getattr(self.stored, name) for name in names} | {"version": talk.version}
        super().__init__(data, initial=initial)
        topic = self.fields["topic"]
        assert isinstance(topic, forms.ModelChoiceField)
        topic.queryset = _topics(talk.topic)

    @property
    def suggestions(self) -> tuple[SuggestionWords, ...]:
        """As they stand in the editor: sent ones where the form was sent, else the stored ones."""
        if not self.is_bound:
            return self.stored.suggestions
        columns = [self._column(name) for name in ("suggestion_title", "suggestion_details", "suggestion_id")]
        return tuple(
            SuggestionWords(" ".join(title.split()), details.strip(), int(pk) if _is_id(pk) else None)
            for title, details, pk in zip(*columns, strict=False)
        )

    def arranged(self, do: str) -> TalkWords:
        """The words of a form that is valid, suggestions as its button says: `up:2`, `down:2` or `remove:2`."""
        suggestions = list(self.suggestions)
        what, _colon, number = do.partition(":")
        at = int(number) - 1 if number.isdecimal() and len(number) < 4 else -1
        if 0 <= at < len(suggestions) and what in {"up", "down", "remove"}:
            moved = suggestions.pop(at)
            if what != "remove":
                suggestions.insert(max(at - 1, 0) if what == "up" else at + 1, moved)
        title = " ".join(self.cleaned_data["title"].split())
        texts = {name: _lines(self.cleaned_data[name]) for name in ("current_state", "causes", "takeaways")}
        return TalkWords(title=title, topic=self.cleaned_data["topic"], suggestions=tuple(suggestions), **texts)

    def clean(self) -> dict[str, Any]:
        for number, each in enumerate(self.suggestions, 1):
            if len(each.title) > LONGEST_TITLE:
                self.add_error(
                    None,
                    _("The line of suggestion %(number)s has more than %(most)s characters. Move some to the details.")
                    % {"number": number, "most": LONGEST_TITLE},
                )
            if len(each.details) > LONGEST_TEXT:
                self.add_error(
                    None,
                    _("Suggestion %(number)s is longer than %(most)s characters. Shorten it.")
                    % {"number": number, "most": LONGEST_TEXT},
                )
        if len(self.suggestions) > MOST_SUGGESTIONS:
            self.add_error(
                None, _("A talk has at most %(most)s suggestions. Keep the best.") % {"most": MOST_SUGGESTIONS}
            )
        return self.cleaned_data

    def _column(self, name: str) -> list[str]:
        sent = self.data.getlist(name) if isinstance(self.data, QueryDict) else []
        return [_lines(value).replace("\0", "") for value in sent]


def _lines(text: str) -> str:
    """With the line ends that are stored, whatever the browser sends."""
    return text.replace("\r\n", "\n")


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 19
