"""Settings, all from the environment.

`CAREFUND_MODE` chooses the defaults: `embedded` (SQLite, file-system broker, mail to a
folder; what `make run` starts) or `production` (nothing assumed: what is missing is named).
"""

import environ

_env = environ.Env()
# The tests name their own module, which must not find the embedded one loaded before it.
if _env("DJANGO_SETTINGS_MODULE", default="") != "carefund.settings.test":
    if _env("CAREFUND_MODE", default="embedded") == "production":
        from .production import *
    else:
        from .embedded import *
