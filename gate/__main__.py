"""`python -I -m gate`: the entrypoint of the action."""

import sys

from gate.cli import main

sys.exit(main())
