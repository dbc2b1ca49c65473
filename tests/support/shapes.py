"""What a page asks the database: the same question again and again is a loop of queries."""

import re
from collections import Counter
from contextlib import contextmanager

from django.db import connection

# Lists of values differ in length from page to page, and savepoints in their names.
VALUES = re.compile(r"\((?:%s(?:, )?)+\)")


class Asked(Counter):
    """How often each statement that reads was asked, whatever its values were."""

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().startswith(("SELECT", "WITH", "DECLARE")):
            self[VALUES.sub("(…)", sql)] += 1
        return execute(sql, params, many, context)

    def excess(self, alike, all_in_all):
        """What is beyond the budget, in words; nothing where all is well."""
        for sql, times in self.most_common(1):
            if times > alike:
                return f"{times} times {sql[:200]}"
        return f"{self.total()} queries" if self.total() > all_in_all else ""


@contextmanager
def asked():
    found = Asked()
    with connection.execute_wrapper(found):
        yield found
