"""Settings, by theme, and only from the environment.

Every value has a default that suits a fresh clone; production differs only in
its environment variables, never in another file. A theme imports what it
needs of the others; ``basics`` and ``reading`` stand beneath them all.
"""

from portal.settings.answering import *
from portal.settings.basics import *
from portal.settings.city import *
from portal.settings.participation import *
from portal.settings.people import *
from portal.settings.schedule import *
from portal.settings.storage import *
from portal.settings.web import *
