class ExpressionError(ValueError):
    """An expression that cannot be read, does not make sense or leads too far; says why."""
