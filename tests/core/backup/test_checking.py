"""A backup file with anything wrong in it is refused, and what is wrong is named."""

from __future__ import annotations

import io
import random
import tarfile
from pathlib import Path

import pytest

from wellspring.core.backup import checked_manifest
from wellspring.core.backup.form import ABOUT, FORMAT, BackupDamaged, BackupRefused

from .made import backup_of

GOOD = [("files/secret_key", b"k" * 50), ("files/archive/a.warc.gz", bytes(range(256)) * 90)]


def test_a_whole_file_gives_its_table_of_contents(tmp_path: Path) -> None:
    manifest = checked_manifest(backup_of(tmp_path / "b.tar", GOOD))
    assert [member.name for member in manifest.files()] == ["files/secret_key", "files/archive/a.warc.gz"]


def test_one_changed_bit_in_any_content_is_found_and_its_member_named(tmp_path: Path) -> None:
    path = backup_of(tmp_path / "b.tar", GOOD)
    whole = path.read_bytes()
    begin = whole.index(bytes(range(256)))
    dice = random.Random(3)
    for position in [begin, begin + 256 * 90 - 1, *(dice.randrange(begin, begin + 256 * 90) for _ in range(20))]:
        changed = bytearray(whole)
        changed[position] ^= 1 << dice.randrange(8)
        path.write_bytes(changed)
        with pytest.raises(BackupDamaged, match=r"files/archive/a\.warc\.gz"):
            checked_manifest(path)


def test_no_changed_bit_anywhere_goes_unnoticed_but_in_the_padding(tmp_path: Path) -> None:
    path = backup_of(tmp_path / "b.tar", GOOD)
    whole = path.read_bytes()
    with tarfile.open(path) as tar:
        used = {
            p
            for member in tar
            for p in range(member.offset, member.offset_data + member.size)
            if not (member.name == ABOUT and p >= member.offset_data)
        }
    dice = random.Random(4)
    unnoticed = 0
    for position in dice.sample(sorted(used), 300):
        changed = bytearray(whole)
        changed[position] ^= 1 << dice.randrange(8)
        path.write_bytes(changed)
        try:
            checked_manifest(path)
        except (BackupDamaged, BackupRefused):
            continue
        unnoticed += 1
    assert unnoticed == 0


@pytest.mark.parametrize("left", [0.1, 0.5, 0.9, 0.97])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, left: float) -> None:
    path = backup_of(tmp_path / "b.tar", GOOD)
    whole = path.read_bytes()
    end = whole.rindex(b"seal.txt")
    path.write_bytes(whole[: int(end * left)])
    with pytest.raises(BackupDamaged):
        checked_manifest(path)


@pytest.mark.parametrize(
    "name", ["files/../../etc/passwd", "files//etc/passwd", "/etc/passwd", "files/a/../../../x", "other/x", "files/"]
)
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    path = backup_of(tmp_path / "b.tar", [(name, b"root::0:0")])
    with pytest.raises(BackupDamaged):
        checked_manifest(path)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_links_and_devices_are_refused(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "b.tar"
    with tarfile.open(path, "w") as tar:
        about = tarfile.TarInfo(ABOUT)
        tar.addfile(about, io.BytesIO())
        link = tarfile.TarInfo("files/archive")
        link.type, link.linkname = kind, "/etc"
        tar.addfile(link)
    with pytest.raises(BackupDamaged, match="files/archive"):
        checked_manifest(path)


def test_members_missing_or_too_many_are_named(tmp_path: Path) -> None:
    path = backup_of(tmp_path / "b.tar", GOOD)
    with tarfile.open(path) as tar:
        kept = [(m, tar.extractfile(m).read()) for m in tar]  # type: ignore[union-attr]  # all plain files

    def written(members: list[tuple[tarfile.TarInfo, bytes]]) -> Path:
        with tarfile.open(path, "w") as tar:
            for member, data in members:
                tar.addfile(member, io.BytesIO(data))
        return path

    with pytest.raises(BackupDamaged, match="files/secret_key"):
        checked_manifest(written([kept[0], *kept[2:]]))
    strange = tarfile.TarInfo("files/strange")
    with pytest.raises(BackupDamaged, match="files/strange"):
        checked_manifest(written([*kept[:2], (strange, b""), *kept[2:]]))
    with pytest.raises(BackupDamaged, match="files/strange"):
        checked_manifest(written([*kept, (strange, b"")]))


def test_what_is_no_backup_is_called_so(tmp_path: Path) -> None:
    for content in (b"", b"hello", b"\x1f\x8b" + b"\0" * 600):
        path = tmp_path / "b.tar"
        path.write_bytes(content)
        with pytest.raises(BackupRefused, match=r"b\.tar"):
            checked_manifest(path)
    with pytest.raises(BackupRefused, match=r"gone\.tar"):
        checked_manifest(tmp_path / "gone.tar")


def test_the_file_of_a_newer_version_names_that_version(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match=r"9\.9"):
        checked_manifest(backup_of(tmp_path / "b.tar", GOOD, version=FORMAT + 1))
