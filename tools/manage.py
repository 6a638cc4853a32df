"""``make manage ARGS=…``: one of the portal's commands, in the city that ``make run`` runs."""

import sys

from tools import environment
from tools.children import SetupError, answer_for, foreground
from tools.places import PYTHON, ROOT
from tools.run import is_running


def manage() -> int:
    """Run ``manage.py`` with the settings of the running portal, and give its exit code.

    :raises SetupError: the servers would be those of ``make run``, and it is not running.
    """
    if (environment.needs_postgres() or environment.needs_redis()) and not is_running():
        raise SetupError("The portal is not running: start it with make run, in another window.")
    env = {**environment.kept_servers(), **environment.for_running(environment.port())}
    return foreground([PYTHON, ROOT / "manage.py", *sys.argv[1:]], env)


if __name__ == "__main__":
    sys.exit(answer_for(manage))
