"""The product's own settings, in test mode; the database is filled in when the first test wants one."""

import os

from throughgate.wiring import database

os.environ["TG_MODE"] = "test"
for name in database.VARIABLES:  # the suite never touches a configured database
    os.environ.pop(name, None)

from throughgate.wiring.settings import *  # noqa: E402, F403 - after the mode is set
