"""What full-text search keeps of a row."""

from typing import Any

from django.db.models import Func

# Words as the index has them: runs of letters and digits, in small letters, without any grammar.
_WORDS = "to_tsvector('simple', regexp_replace(lower(%s), '[^[:alnum:]]+', ' ', 'g'))"


class Indexed(Func):
    """The words of a title, which weigh more, and of a text. Only PostgreSQL has such an index."""

    def as_postgresql(
        self, compiler: Any, connection: Any, **_: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        head, body = (compiler.compile(one)[0] for one in self.get_source_expressions())
        return f"setweight({_WORDS % head}, 'A') || setweight({_WORDS % body}, 'D')", ()

    def as_sqlite(
        self, compiler: Any, connection: Any, **_: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        return "''", ()
