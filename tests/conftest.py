"""A data folder of its own for every test process, set before Django reads its settings."""

import os
import tempfile

os.environ["WELLSPRING_DATA"] = tempfile.mkdtemp(prefix="wellspring-test-")
os.environ.setdefault("WELLSPRING_CONTACT", "library@example.org")
