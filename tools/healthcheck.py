"""Ask the web server of this container whether it is alive; the exit code is the answer."""

import http.client
import os
import sys


def main() -> int:
    """Call /healthz under a host name that the portal serves; 0 when it answers 200."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    call = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
    try:
        call.request("GET", "/healthz", headers={"Host": host or "localhost"})
        return 0 if call.getresponse().status == http.client.OK else 1
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
