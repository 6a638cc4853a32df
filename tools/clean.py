"""``make clean``: remove whatever set-up made, the demo city's data among it."""

import shutil

from tools.places import LOCAL, ROOT, VENV, server_account, server_home, socket_folder


def main() -> None:
    """Remove the environment, the fetched files and the servers' data."""
    home = server_home(LOCAL, server_account())
    for folder in (socket_folder(home), home, LOCAL, VENV, ROOT / "node_modules"):
        if folder.exists():
            shutil.rmtree(folder)
            print(f"  removed {folder}")


if __name__ == "__main__":
    main()
