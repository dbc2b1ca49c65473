"""A view asks a door of its slice (rules) or a query; it never reaches for rows itself."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("site/carefund", "programmes", "grants", "reports")
READS = {"objects", "_default_manager", "_base_manager"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
# (file, model or shortcut): why it may.
ALLOWED = {
    ("grants/bids/views/copies.py", "get_object_or_404"): "of calls visible to the person",
    ("grants/bids/views/preparing.py", "Bid"): "of organisations for which one may bid",
    ("grants/bids/views/preparing.py", "get_object_or_404"): "of calls visible to the person",
    ("grants/bids/views/calls.py", "Call"): "the calls of the programmes one reads",
    ("reports/publications/views.py", "Target"): "national targets are public",
    ("reports/publications/views.py", "get_object_or_404"): "national targets are public",
    ("site/carefund/accounts/views/own.py", "UserSession"): "one's own sessions",
    ("site/carefund/files/views.py", "StoredFile"): "the door of files stands in the view itself",
    ("site/carefund/files/views.py", "get_object_or_404"): "the door of files is the view itself",
    ("site/carefund/notify/views.py", "get_object_or_404"): "of one's own messages",
    (
        "grants/awards/views/rounds.py",
        "get_object_or_404",
    ): "the choices of a round it found",
    ("programmes/standards/views/assessing.py", "Standard"): "catalogues are public",
    ("programmes/standards/views/assessing.py", "get_object_or_404"): "catalogues are public",
    ("programmes/standards/views/catalogues.py", "get_object_or_404"): "catalogues are public",
    ("reports/dashboards/views/standards.py", "Standard"): "catalogues are public",
    ("reports/dashboards/views/standards.py", "get_object_or_404"): "catalogues are public",
    ("programmes/targets/views.py", "get_object_or_404"): "national targets are public",
    ("programmes/targets/views.py", "Organisation"): "names of boards are public",
    ("programmes/targets/views.py", "Location"): "only whether any is a sample",
    ("reports/opendata/api.py", "Organisation"): "the register of organisations is public",
    ("reports/opendata/api.py", "Target"): "national targets are public",
    ("reports/opendata/api.py", "TargetObservation"): "as the targets",
}


def view_modules():
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if path.name in {"views.py", "api.py"} or "/views/" in name:
                yield name, ast.parse(path.read_text())


def reaches(tree):
    """What a module reads by itself: models by their manager, and shortcuts that fetch."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in READS:
            yield ast.unparse(node.value).split(".")[-1]
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SHORTCUTS:
            yield node.func.id


def test_no_view_reaches_for_rows_past_the_doors():
    found = {(name, what) for name, tree in view_modules() for what in reaches(tree)}
    assert not found - set(ALLOWED), "fetch these through visible_to or a door in rules.py"
    assert not set(ALLOWED) - found, "no longer needed"


def test_the_test_sees_a_view_that_does():
    tree = ast.parse("def view(request, pk):\n    return get_object_or_404(Bid.objects, pk=pk)")
    assert set(reaches(tree)) == {"Bid", "get_object_or_404"}
    assert len(list(view_modules())) > 20
