"""Many people doing the same thing at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from carefund.core.errors import Refused


def at_once(work, arguments):
    """What `work` returned or raised for each argument, all begun at the same moment."""
    barrier = Barrier(len(arguments))

    def one(argument):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=30)
            return work(argument)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(one, arguments))
