import pytest

from programmes.standards.reference import load


@pytest.mark.django_db
def test_catalogue_is_public_and_takes_three_queries(client, django_assert_num_queries):
    assert "No standards yet" in client.get("/standards/").content.decode()
    load()
    with django_assert_num_queries(3):
        page = client.get("/standards/").content.decode()
    assert "What good looks like for digital in adult social care" in page
    assert "Not started" in page
