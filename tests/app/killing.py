# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests with kill -9 share."""

import subprocess
import time

from tests.app.test_cli import CliTest

SLOWER = 3  # seconds that a start after a kill may take longer than another; asked of the long run, which has the machine alone


class KillingTest(CliTest):
    def kill_during(self, delay, *arguments):
        """Whether the command was killed before its end."""
        process = subprocess.Popen(**self.call(*arguments), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            process.kill()
        return process.wait() < 0

    def seconds(self, *arguments):
        started = time.monotonic()
        self.ok(*arguments)
        return time.monotonic() - started
