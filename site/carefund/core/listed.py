"""Rows that belong to a row, read in the statement that reads it."""

from typing import Any

from django.db.models import JSONField, QuerySet, Subquery


class Listed(Subquery):
    """The rows of its query, each a list of `fields`, as one JSON value.

    For few rows of texts, numbers and JSON; a moment or an amount comes as the database writes it.
    """

    output_field = JSONField()

    def __init__(self, rows: QuerySet[Any], fields: tuple[str, ...]) -> None:
        super().__init__(rows.values(*fields))
        self.fields = fields
        names = {field.name for field in rows.model._meta.fields if isinstance(field, JSONField)}
        self.json = names & set(fields)

    def as_sql(self, compiler: Any, connection: Any, *given: Any, **extra: Any) -> Any:
        nested = _NESTED[connection.vendor]
        row = ", ".join(
            nested.format(field) if field in self.json else f"listed.{field}"
            for field in self.fields
        )
        template = _AS_JSON[connection.vendor].format(row)
        return super().as_sql(compiler, connection, template, **extra)


_AS_JSON = {
    "postgresql": (
        "(SELECT COALESCE(JSONB_AGG(JSONB_BUILD_ARRAY({})), '[]'::jsonb)"
        " FROM (%(subquery)s) AS listed)"
    ),
    "sqlite": "(SELECT JSON_GROUP_ARRAY(JSON_ARRAY({})) FROM (%(subquery)s) AS listed)",
}
# A JSON value of a row stands in the list as what it is.
_NESTED = {"postgresql": "listed.{}", "sqlite": "JSON(listed.{})"}
