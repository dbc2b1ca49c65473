"""GOV.UK components: one template environment for the life of the process."""

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader

# What is the same on page after page, and holds nothing that somebody typed.
FURNITURE = {"back-link", "breadcrumbs", "button", "phase-banner", "service-navigation"}


@cache
def environment() -> Environment:
    package = "govuk_frontend_jinja"
    env = Environment(
        loader=PrefixLoader({package: PackageLoader(package)}),
        autoescape=True,
        undefined=ChainableUndefined,
        # They change with the package only; otherwise each is looked for on the disk each time.
        auto_reload=False,
    )
    # Indenting nested markup would add spaces to what somebody typed into a text area.
    env.filters["indent"] = lambda text, *_args, **_kwargs: text
    return env


@cache
def _macro(name: str):
    template = environment().get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    return getattr(template.module, "govuk" + "".join(map(str.title, name.split("-"))))


def component(name: str, params: dict, *, again: bool = False) -> SafeString:
    """The component as markup. Text and `html` alike are escaped unless marked safe.

    `again` says that the same is likely to be asked for soon: what was made is kept a while.
    """
    asked = _Asked(name, params)
    return _kept(asked) if again or name in FURNITURE else _made(asked)


@dataclass(frozen=True)
class _Asked:
    """A component with its parameters, known by what they are: markup is not the same as text.

    They are only made safe where it has not been made of the same before.
    """

    name: str
    params: dict = field(compare=False)
    told: Any = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "told", _told(self.params))


def _made(asked: _Asked) -> SafeString:
    return mark_safe(str(_macro(asked.name)(_safe(asked.params))).strip())


_kept = lru_cache(maxsize=1_000)(_made)


def _told(value):
    if type(value) is str:
        return value
    if isinstance(value, dict):
        # A page has a hundred plain texts in its lists of choices.
        return (dict, *[
            (key, inner if type(inner) is str else _told(inner)) for key, inner in value.items()
        ])  # fmt: skip
    if isinstance(value, list | tuple):
        return (list, *map(_told, value))
    return type(value), value


def nested(flat: dict) -> dict:
    """`label__text="Name"` becomes `{"label": {"text": "Name"}}`, as tags cannot hold dicts.

    Under `attributes` an underscore stands for a hyphen: `attributes__data_id` is `data-id`.
    """
    params: dict = {}
    for key, value in flat.items():
        *path, last = key.split("__")
        target = params
        for step in path:
            target = target.setdefault(step, {})
        if path and path[-1] == "attributes":
            last = last.replace("_", "-")
        target[last] = value
    return params


def _safe(value, key=""):
    # The macros print `...html` raw; here it is raw only if someone vouched for it.
    if isinstance(value, dict):
        return {k: _safe(v, k) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_safe(item, key) for item in value]
    if str(key).lower().endswith("html") and value is not None:
        return conditional_escape(value)
    return value if value is None or isinstance(value, bool | int | float) else _text(value)


def _text(value):
    return value if isinstance(value, SafeString) else str(value)
