"""Tests keep their cache, runs, weights and pack in a folder of their own."""

import os
import tempfile

HOME = tempfile.mkdtemp(prefix="cardionets-test-")
os.environ["CARDIONETS_HOME"] = os.path.join(HOME, "training")
