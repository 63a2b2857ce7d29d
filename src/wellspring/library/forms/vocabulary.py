"""Forms of the desk about topics and channels: their names and the words that lead to them, one a line."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wellspring.core.templatetags.components import local_name
from wellspring.library.models import Channel
from wellspring.library.queries.lists import channels
from wellspring.library.services.channels import ChannelWords
from wellspring.topics.models import Topic
from wellspring.topics.queries import current_topics
from wellspring.topics.services import TopicWords

_BETWEEN = re.compile(r"[\n、，,;；]+")


def words_in(text: str) -> tuple[str, ...]:
    """Each word once, in the order typed; lines, commas and 、 part them."""
    words = (" ".join(word.split()) for word in _BETWEEN.split(text))
    return tuple(dict.fromkeys(word for word in words if word))


class TopicForm(forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("name of a thing", "Name"), max_length=60, help_text=_("It is looked for in reports, too.")
    )
    name_en = forms.CharField(label=_("English name"), max_length=80, required=False)
    synonyms = forms.CharField(
        label=_("Synonyms"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Words by which reports speak of it, one a line. Where words overlap, the longer one counts."),
    )
    parent = forms.TypedChoiceField(label=_("Below"), coerce=int, empty_value=None, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, topic: Topic | None = None) -> None:
        initial: dict[str, Any] = {}
        if topic is not None:
            initial = {
                "name": topic.name,
                "name_en": topic.name_en,
                "synonyms": "\n".join(topic.synonyms),
                "parent": topic.parent_id,
                "version": topic.version,
            }
        super().__init__(data, initial=initial)
        self._above = {one.pk: one for one in current_topics() if topic is None or one.pk != topic.pk}
        _choose_from(self.fields["parent"], [("", _("no other topic")), *_named(self._above.values())])

    @property
    def words(self) -> tuple[str, ...]:
        """Name and synonyms as typed, also of a form that is not valid yet."""
        return words_in("\n".join([str(self["name"].value() or ""), str(self["synonyms"].value() or "")]))

    @property
    def wanted(self) -> TopicWords:
        """What a valid form asks for."""
        told = self.cleaned_data
        name = " ".join(told["name"].split())
        synonyms = tuple(word for word in words_in(told["synonyms"]) if word != name)
        return TopicWords(name, " ".join(told["name_en"].split()), synonyms, self._above.get(told["parent"]))


class ChannelForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("name of a thing", "Name"), max_length=40)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)
    column_names = forms.CharField(
        label=_("Column names"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Names of columns on news sites whose reports are filed here, one a line."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, channel: Channel | None = None) -> None:
        initial: dict[str, Any] = {}
        if channel is not None:
            initial = {
                "name": channel.name,
                "name_en": channel.name_en,
                "column_names": "\n".join(channel.column_names),
                "version": channel.version,
            }
        super().__init__(data, initial=initial)

    @property
    def wanted(self) -> ChannelWords:
        """What a valid form asks for."""
        told = self.cleaned_data
        columns = tuple(word[:60] for word in words_in(told["column_names"])[:200])
        return ChannelWords(" ".join(told["name"].split()), " ".join(told["name_en"].split()), columns)


class MergeForm(forms.Form):
    """Which of the others one goes into."""

    into = forms.TypedChoiceField(label=_("Into"), coerce=int)

    def __init__(self, data: Any = None, *, thing: Topic | Channel) -> None:
        super().__init__(data)
        others: Any = channels() if isinstance(thing, Channel) else current_topics()
        self._others = {one.pk: one for one in others.exclude(pk=thing.pk)}
        _choose_from(self.fields["into"], _named(self._others.values()))

    @property
    def chosen(self) -> Any:
        """The one chosen in a valid form."""
        return self._others[self.cleaned_data["into"]]


def _named(things: Any) -> list[tuple[Any, Any]]:
    return [(one.pk, local_name(one)) for one in things]


def _choose_from(field: forms.Field, choices: list[tuple[Any, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
