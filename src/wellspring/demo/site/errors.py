"""What can go wrong with the sample sites.

EngineError
└── DemoError
    ├── PortTaken           another program listens where a sample site should
    ├── DemoClockUnreadable the file with the demo's start time is damaged
    └── ReportUnreadable    a report file that does not follow the form
"""

from __future__ import annotations

from wellspring.engine.errors import EngineError, marked


class DemoError(EngineError):
    code = "demo"
    message = marked("The demo failed: %(detail)s")


class PortTaken(DemoError):
    code = "port_taken"
    message = marked(
        "Port %(port)s is taken by another program, so the sample news sites cannot start. "
        "Choose another first port with %(option)s, or end that program; "
        "the sites need the ports %(first)s to %(last)s."
    )


class DemoClockUnreadable(DemoError):
    code = "demo_clock_unreadable"
    message = marked("%(path)s cannot be read (%(detail)s). `wellspring demo reset` starts the demo anew.")


class ReportUnreadable(DemoError):
    code = "report_unreadable"
    message = marked("The sample report %(path)s cannot be read: %(detail)s")
