"""Every action of every slice leaves an entry: shown by reading the code of each."""

import ast
import importlib
import inspect
import pkgutil
import textwrap

import pytest

from carefund.core import record as record_module
from carefund.core import states

ROOTS = ("carefund", "programmes", "grants", "reports")
RECORDERS = {record_module.record, record_module.record_all, states.move}
# What takes `by` and leaves no entry of its own, with the reason.
EXEMPT = {
    "carefund.audit.actions.write_entry": "it is what writes the entry",
    "carefund.audit.actions.write_entries": "as write_entry",
    "carefund.notify.actions.reading.mark_read": "reading one's own messages is nobody's business",
    "carefund.notify.actions.reading.choose": "how to be written to is one's own business",
    "grants.bids.actions.together.be_in_section": "who has a page open is forgotten with the page",
    "grants.bids.actions.together.leave_section": "as be_in_section",
    "grants.assessment.actions.base.keep_draft": "a draft is its assessor's alone",
    "programmes.funds.actions.ledger.post": "the ledger is a record of its own, and append-only",
    "programmes.funds.actions.ledger.reverse": "as post",
    "programmes.funds.actions.reserving.reserve": "an entry of the ledger, as post",
    "programmes.funds.actions.reserving.release": "as reserve",
    "programmes.funds.actions.reserving.commit": "as reserve",
    "programmes.funds.actions.reserving.give_back": "as reserve",
    "programmes.calls.actions.life.set_aside": "as reserve",
    "programmes.calls.actions.telling.note": "the update log is append-only and public",
    "programmes.calls.actions.following.follow": "what one follows is one's own business",
    "programmes.calls.actions.following.stop": "as follow",
}


def _modules():
    for root in ROOTS:
        package = importlib.import_module(root)
        for found in pkgutil.walk_packages(package.__path__, f"{root}."):
            if ".actions" in f"{found.name}." and "migrations" not in found.name:
                yield importlib.import_module(found.name)


def _actions():
    """Public functions with a keyword-only `by`, by their full name."""
    for module in _modules():
        for name, function in vars(module).items():
            if (
                inspect.isfunction(function)
                and function.__module__ == module.__name__
                and not name.startswith("_")
                and _takes_by(function)
            ):
                yield f"{module.__name__}.{name}", function


def _takes_by(function):
    by = inspect.signature(function).parameters.get("by")
    return by is not None and by.kind is inspect.Parameter.KEYWORD_ONLY


def _called(function):
    """The functions that the code of `function` calls, as its module knows them."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    known = inspect.unwrap(function).__globals__
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found = _resolve(node.func, known)
            if callable(found):
                yield found


def _resolve(node, known):
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(_resolve(node.value, known), node.attr, None)
    return None


def leaves_an_entry(function, seen=()):
    for called in _called(function):
        if called in RECORDERS:
            return True
        ours = getattr(called, "__module__", "") or ""
        if (
            inspect.isfunction(called)
            and called not in seen
            and ours.startswith(ROOTS)
            and leaves_an_entry(called, (*seen, function))
        ):
            return True
    return False


ACTIONS = dict(_actions())


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_action_leaves_an_entry(name):
    assert leaves_an_entry(ACTIONS[name]) != (name in EXEMPT)


def test_there_are_actions_and_exemptions_name_them():
    assert len(ACTIONS) > 60
    assert EXEMPT.keys() <= ACTIONS.keys()


def silent(*, by):
    return by


def test_a_silent_action_is_found_out():
    assert not leaves_an_entry(silent)
