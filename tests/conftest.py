# SPDX-License-Identifier: Apache-2.0
"""Makes the fixtures of tests/e2e visible to all Python tests."""
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE / "e2e"), str(HERE / "golden")]

import crops  # noqa: E402: needs the path above


def pytest_terminal_summary(terminalreporter):
    if crops.MODELS_DIR is None:
        skipped = len(terminalreporter.stats.get("skipped", []))
        terminalreporter.write_line(f"{skipped} tests of real models skipped: ADZE_MODELS is not set")
