def test_who_is_no_editor_is_told_so_and_not_sent_in_circles(story, client):
    client.force_login(story.people.author)
    assert client.get("/cms/").status_code == 403


def test_who_is_not_signed_in_is_sent_to_the_one_sign_in_page(db, client):
    response = client.get("/cms/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/account/login/")
