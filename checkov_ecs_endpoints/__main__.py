"""``python -m checkov_ecs_endpoints`` is the command."""

import sys

from checkov_ecs_endpoints.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
