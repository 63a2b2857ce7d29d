"""What files of talks are for, and who may read them."""

from wellspring.core.attachments.purposes import AttachmentPurpose, register_attachment_purposes
from wellspring.sharing.queries.evidence import may_read_evidence
from wellspring.sharing.services.evidence import EVIDENCE


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_attachment_purposes(AttachmentPurpose(EVIDENCE, may_read_evidence))
