"""Settings, all from the environment.

`CAREFUND_MODE` chooses the defaults: `embedded` (SQLite, file-system broker, mail to a
folder; what `make run` starts) or `production` (nothing assumed: what is missing is named).
"""

import environ

if environ.Env()("CAREFUND_MODE", default="embedded") == "production":
    from .production import *
else:
    from .embedded import *
