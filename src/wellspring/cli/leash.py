"""A process on a leash: it ends when the process that started it ends, even by `kill -9`."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int) -> None:
    """End this process when its parent is gone. `parent` is the parent's process id as the parent knows it.

    Linux does it in the kernel; elsewhere a thread looks every half second.
    """
    try:
        leashed = ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0
    except (OSError, AttributeError):
        leashed = False
    if os.getppid() != parent:  # it ended before the leash was on
        os._exit(1)
    if not leashed:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def leashed(*arguments: str) -> list[str]:
    """The command line that runs `wellspring <arguments>` on a leash held by this process."""
    return [sys.executable, "-m", __name__, str(os.getpid()), *arguments]


if __name__ == "__main__":
    end_with_parent(int(sys.argv.pop(1)))
    sys.argv[0] = "wellspring"
    from wellspring.cli import main

    main()
