"""Notes are signed and opened as the published ones are, and nothing that was changed is opened."""

from __future__ import annotations

import base64

import pytest

from tests.engine.proof.vectors import GO_KEY, GO_NOTE, GO_SECRET, GO_TEXT, SPEC_KEY, SPEC_NOTE
from wellspring.engine.errors import NoteRefused
from wellspring.engine.proof import Checkpoint, NoteSigner, NoteVerifier, open_note, sign_note, split_notes
from wellspring.engine.proof.keychange import KeyChange, is_vouched_for


def test_the_published_note_is_signed_byte_for_byte() -> None:
    signer = NoteSigner.parse(GO_SECRET)
    assert str(signer.verifier) == GO_KEY
    assert signer.secret() == GO_SECRET
    assert sign_note(GO_TEXT, [signer]) == GO_NOTE


@pytest.mark.parametrize(("key", "note"), [(GO_KEY, GO_NOTE), (SPEC_KEY, SPEC_NOTE)])
def test_the_published_notes_are_opened(key: str, note: str) -> None:
    verifier = NoteVerifier.parse(key)
    text, signed_by = open_note(note, [verifier])
    assert note.startswith(text)
    assert signed_by == [verifier]


def test_the_published_checkpoint_is_read_and_written() -> None:
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    checkpoint = Checkpoint.parse(text)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.text() == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n",
        "a\n1\n",
        "a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "a\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
        "a\n1\nAAAA\n",
        "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\nx\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteRefused):
        Checkpoint.parse(text)


@pytest.mark.parametrize("at", range(len(GO_TEXT)))
def test_one_changed_letter_is_noticed(at: int) -> None:
    changed = GO_TEXT[:at] + ("x" if GO_TEXT[at] != "x" else "y") + GO_TEXT[at + 1 :]
    with pytest.raises(NoteRefused):
        open_note(GO_NOTE.replace(GO_TEXT, changed), [NoteVerifier.parse(GO_KEY)])


@pytest.mark.parametrize(
    "note",
    [
        "",
        GO_TEXT,
        GO_NOTE[:-1],
        GO_NOTE.replace("\n\n", "\n"),
        GO_NOTE.replace("\u2014", "--"),
        GO_NOTE.replace("nAM=", "nAM"),
        GO_NOTE.replace(" x08g", " !!!!"),
        GO_NOTE + "more\n",
        GO_NOTE.replace("think", "thi\tnk"),
        GO_NOTE + "\u2014 other AAAA\n",
    ],
)
def test_what_has_not_the_form_is_refused(note: str) -> None:
    with pytest.raises(NoteRefused):
        open_note(note, [NoteVerifier.parse(GO_KEY)])


def test_signatures_of_strangers_are_passed_over_and_alone_are_not_enough() -> None:
    ours, other = NoteSigner.generate("news.example.org/log"), NoteSigner.generate("news.example.org/log")
    note = sign_note("text\n\nwith an empty line\n", [other, ours])
    assert open_note(note, [ours.verifier]) == ("text\n\nwith an empty line\n", [ours.verifier])
    with pytest.raises(NoteRefused, match="no key"):
        open_note(note, [NoteSigner.generate("third").verifier])


def test_a_key_of_the_same_name_and_id_with_a_wrong_signature_refuses_the_note() -> None:
    ours = NoteSigner.generate("news.example.org/log")
    other = NoteSigner.generate("x")
    forged = base64.b64encode(ours.verifier.key_id + other.signature(b"text\n")).decode()
    with pytest.raises(NoteRefused, match="not of this text"):
        open_note(f"text\n\n\u2014 {ours.name} {forged}\n", [ours.verifier])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a+b",
        GO_KEY.replace("c74f20a3", "c74f20a4"),
        GO_KEY[:-4],
        GO_KEY.replace("+AR", "+AQ"),
        GO_SECRET,
        GO_KEY.replace("Peter", "Pe ter"),
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(NoteRefused):
        NoteVerifier.parse(text)


def test_notes_written_one_after_another_come_apart_again() -> None:
    notes = [GO_NOTE, SPEC_NOTE, GO_NOTE]
    assert split_notes("".join(f"{note}\n" for note in notes)) == notes
    assert split_notes(f"{GO_NOTE}\n{SPEC_NOTE[:20]}") == [GO_NOTE, SPEC_NOTE[:20]]
    assert split_notes("") == []


def chain(*sizes: int) -> tuple[list[NoteSigner], list[str]]:
    """Keys, and the notes by which each hands over to the next at these sizes."""
    keys = [NoteSigner.generate("news.example.org/log") for _ in range(len(sizes) + 1)]
    notes = [
        sign_note(
            KeyChange("news.example.org/log", size, b"r" * 32, old.verifier, new.verifier, "now").text(), [old, new]
        )
        for size, old, new in zip(sizes, keys, keys[1:], strict=False)
    ]
    return keys, notes


def test_who_trusts_any_key_of_a_chain_can_trust_the_others_within_their_sizes() -> None:
    keys, notes = chain(100, 200)
    first, second, third = (key.verifier for key in keys)
    assert is_vouched_for(first, size=50, trusted=[third], changes=notes[::-1])
    assert is_vouched_for(third, size=300, trusted=[first], changes=notes)
    assert is_vouched_for(second, size=150, trusted=[first], changes=notes)
    assert is_vouched_for(second, size=150, trusted=[second], changes=[])
    # A key that was given up cannot speak of what came later, nor the new one of what came before.
    assert not is_vouched_for(first, size=101, trusted=[third], changes=notes)
    assert not is_vouched_for(third, size=150, trusted=[first], changes=notes)


def test_a_change_that_one_of_both_keys_did_not_sign_vouches_for_nothing() -> None:
    keys, _ = chain(100)
    change = KeyChange("news.example.org/log", 100, b"r" * 32, keys[0].verifier, keys[1].verifier, "now")
    for alone in keys:
        note = sign_note(change.text(), [alone])
        assert not is_vouched_for(keys[1].verifier, size=100, trusted=[keys[0].verifier], changes=[note])
