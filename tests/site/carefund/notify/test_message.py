import dataclasses
import typing

import pytest

from carefund.notify.actions import send
from carefund.notify.message import Message, Quote, Topic, Typed
from carefund.notify.models import OutboxMessage
from grants.bids.messages import BidSubmitted
from tests import make


def kinds():
    return [one for one in Message.kinds() if not one.__module__.startswith("tests.")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Sensors at home", "Sensors at home"),
        ("Sensors\r\nBcc: all@example.org", "Sensors Bcc: all@ example.org"),
        ("Pay at https://evil.example/x", "Pay at https: //evil.example/x"),
        ("See www.evil.example", "See www. evil.example"),
        ("call javascript://x", "call javascript: //x"),
        ("left\u202eright\u200b\x00", "leftright"),
        ("3:1 in favour @ 10am", "3:1 in favour @ 10am"),
    ],
)
def test_typed_text_is_one_line_in_which_nothing_can_be_clicked(text, shown):
    assert str(Typed(text)) == shown


def test_long_typed_text_is_cut_on_a_line_and_whole_in_a_quote():
    assert len(str(Typed("x" * 5000))) == 300
    assert Quote("one\ntwo " + "x" * 5000).lines[0] == "one"
    assert len(Quote("one\ntwo " + "x" * 5000).lines[1]) == 5004


def test_each_kind_of_message_has_a_name_of_its_own_a_topic_and_its_recipients():
    concrete = kinds()
    assert len({one.kind for one in concrete}) == len(concrete) > 5
    for one in concrete:
        assert isinstance(one.topic, Topic), one
        for name in ("about", "recipients", "subject", "paragraphs"):
            assert getattr(one, name) is not getattr(Message, name), (one, name)


def test_no_message_carries_text_that_could_have_been_typed_as_plain_text():
    """Fields are objects, numbers and dates; text is `Typed`. A secret of ours is the exception."""
    for one in kinds():
        hints = typing.get_type_hints(one)
        for field in dataclasses.fields(one):
            assert hints[field.name] is not str or field.name == "token", (one, field.name)


def test_a_title_with_a_link_and_a_line_break_is_harmless_wherever_it_is_told(story):
    bid = make.submitted_bid(story)
    evil = "Pay\r\nBcc: x@evil.example <b>http://evil.example</b>"
    type(bid).objects.filter(pk=bid.pk).update(title=evil)
    send(BidSubmitted(bid=make.fresh(bid), submission=bid.submissions.get()), key="again")
    row = OutboxMessage.objects.filter(key__contains="again").first()
    assert "http: //evil.example" in row.text
    assert "http://evil" not in row.text + row.html
    assert "\nBcc" not in row.text
    assert "<b>" not in row.html
    assert "&lt;b&gt;" in row.html
