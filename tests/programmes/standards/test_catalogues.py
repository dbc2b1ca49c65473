"""Catalogues come with the product, in versions; what was used is never rewritten."""

import shutil

import pytest

from programmes.standards.models import Level, Measure, Standard
from programmes.standards.reference import DATA, VersionInUse, load
from tests import make

pytestmark = pytest.mark.django_db


def test_catalogue_is_public_and_takes_three_queries(client, django_assert_num_queries):
    assert "No standards yet" in client.get("/standards/").content.decode()
    load()
    with django_assert_num_queries(4):  # and one for earlier versions
        page = client.get("/standards/").content.decode()
    assert "What good looks like for digital in adult social care" in page
    assert "Minimum technology standards for adult social care" in page
    assert "NHS England, What good looks like for adult social care, May 2023" in page


def test_seven_measures_each_have_their_own_levels():
    row = make.standard()
    titles = [measure.title for measure in row.measures.all()]
    assert titles == [
        "Well led",
        "Ensure smart foundations",
        "Safe practice",
        "Support people",
        "Empower people",
        "Improve care",
        "Healthy populations",
    ]
    words = Level.objects.values_list("descriptor", flat=True)
    assert len(words) == len(set(words)) == 4 * Measure.objects.count()


def test_loading_again_changes_nothing():
    assert load() == 13
    before = set(Measure.objects.values_list("pk", flat=True))
    assert load() == 13
    assert set(Measure.objects.values_list("pk", flat=True)) == before


def _with_other_words(folder):
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    table = folder / "levels.csv"
    table.write_text(table.read_text().replace("Nobody in the leadership", "No one at the top"))


def test_words_of_a_version_can_change_until_it_is_used(tmp_path):
    load()
    _with_other_words(tmp_path)
    load(tmp_path)
    assert Level.objects.filter(descriptor__startswith="No one at the top").exists()


def test_words_of_a_version_in_use_are_refused(tmp_path):
    make.self_assessment(make.authority())
    _with_other_words(tmp_path)
    with pytest.raises(VersionInUse):
        load(tmp_path)
    assert not Level.objects.filter(descriptor__startswith="No one at the top").exists()


def test_earlier_version_keeps_its_page_and_names_the_newer(client):
    old = make.standard()
    new = make.next_version(old)
    assert old not in Standard.objects.newest()
    page = client.get("/standards/").content.decode()
    assert "Earlier versions" in page
    assert old.get_absolute_url() in page
    page = client.get(old.get_absolute_url()).content.decode()
    assert "There is a newer version" in page
    assert new.get_absolute_url() in page
    assert "Nobody in the leadership" in page


def test_version_that_is_not_published_yet_is_not_in_force(known_time):
    old = make.standard()
    new = make.next_version(old)
    Standard.objects.filter(pk=new.pk).update(published_on="2027-01-01")
    assert list(Standard.objects.newest().filter(code=old.code)) == [old]
    known_time.move_to("2027-01-01T09:00:00+00:00")
    assert list(Standard.objects.newest().filter(code=old.code)) == [new]


def test_unknown_version_does_not_exist(client):
    assert client.get("/standards/what-good-looks-like/1999/").status_code == 404
