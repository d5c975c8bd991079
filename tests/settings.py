"""The product's own settings, in test mode; the database is filled in when the first test wants one."""

import os

os.environ["TG_MODE"] = "test"
for name in [name for name in os.environ if name.endswith("DATABASE_URL") and name != "TG_TEST_DATABASE_URL"]:
    del os.environ[name]  # the suite never touches a configured database

from throughgate.wiring.settings import *  # noqa: E402, F403 - after the mode is set
