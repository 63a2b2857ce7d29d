"""One file that holds an installation: its tables, its archive, its keys; written while everything runs, and put back.

A backup is a plain tar file: `about.json`, the tables as gzipped JSON lines, the files of the data folder, and at the
end `manifest.json` with the SHA-256 of every member and `seal.txt` with that of the manifest.
"""

from .checking import checked_manifest
from .form import Manifest
from .restoring import restore_backup
from .writing import write_backup

__all__ = ["Manifest", "checked_manifest", "restore_backup", "write_backup"]
