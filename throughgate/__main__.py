"""What `./tg` runs."""

import sys

from throughgate.wiring import cli

if __name__ == "__main__":
    sys.exit(cli.main(sys.argv[1:]))
