"""Full-text search: the words of bids, which bids have some, and where they stand."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When
from django.utils.html import format_html
from django.utils.safestring import SafeString

from carefund.core.making import new
from carefund.core.writing import Insertion, Wanted, together
from programmes.organisations.models import Organisation

from .models import Bid, BidWords
from .wording import head_of, text_of

MOST_WORDS = 8
AROUND = 90
_WORD = re.compile(r"[^\W_]+")
# What is typed as words is looked up in the index; "=1" or an address only as it stands.
_SPOKEN = re.compile(r"[^\W_]+(?:[-'’./][^\W_]+)*")
_AROUND_WORDS = "\"'“”‘’(),.;:!?"


def keep(bid: Bid, content: Mapping[str, Any]) -> None:
    """From now on the bid is found by what `content`, its latest submission, says."""
    together(kept(bid, content))


_keep = Insertion(BidWords, unique=["bid"], update=["head", "body"])


def kept(bid: Bid, content: Mapping[str, Any]) -> Wanted:
    """The row that `keep` writes, to be written with others."""
    return _keep, new(BidWords, bid=bid, head=head_of(content), body=text_of(content))


def words_in(typed: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(typed)][:MOST_WORDS]


def having(bids: QuerySet[Bid], typed: str) -> QuerySet[Bid]:
    """The bids in which every word, or one that begins with it, stands somewhere."""
    words = typed.split()[:MOST_WORDS]
    naming = _naming(words)
    together: list[str] = []
    for word in words:
        plain = word.strip(_AROUND_WORDS)
        spoken = _SPOKEN.fullmatch(plain)
        if spoken and word not in naming:
            together += words_in(plain)
            continue
        found = Q(organisation__in=naming.get(word, []))
        if spoken:
            found |= Q(pk__in=_saying(words_in(plain)).values("bid"))
        else:
            found |= Q(reference__icontains=word) | Q(title__icontains=word)
        bids = bids.filter(found)
    # In one question: by itself a common word would have every bid's words read.
    return bids.filter(pk__in=_saying(together).values("bid")) if together else bids


def _naming(words: Iterable[str]) -> dict[str, list[int]]:
    """Words that stand in names of organisations, with these."""
    wanted = {word: word.casefold() for word in words}
    if not wanted:
        return {}
    found: dict[str, list[int]] = {}
    for pk, name in Organisation.objects.values_list("pk", "name"):
        folded = name.casefold()
        for word, part in wanted.items():
            if part in folded:
                found.setdefault(word, []).append(pk)
    return found


def _saying(words: Iterable[str]) -> QuerySet[BidWords]:
    rows = BidWords.objects.all()
    if connection.vendor == "postgresql":
        return rows.filter(vector=_query(words, " & "))
    for word in words:
        begins = rf"(?<![^\W_]){word}"
        rows = rows.filter(Q(head__iregex=begins) | Q(body__iregex=begins))
    return rows


def _query(words: Iterable[str], joined: str) -> SearchQuery:
    return SearchQuery(
        joined.join(f"{word}:*" for word in words), config="simple", search_type="raw"
    )


def best_first(bids: QuerySet[Bid], typed: str) -> QuerySet[Bid]:
    """Those that say it in the title and most often, then the newest."""
    words = words_in(typed)
    if not words:
        return bids.order_by("-submitted_at", "-pk")
    rank: Any
    if connection.vendor == "postgresql":
        rank = SearchRank(F("words__vector"), _query(words, " | "))
    else:
        titled = Q()
        for word in words:
            titled &= Q(title__icontains=word)
        rank = Case(When(titled, then=Value(1.0)), default=Value(0.0), output_field=FloatField())
    return bids.alias(rank=rank).order_by(F("rank").desc(nulls_last=True), "-submitted_at", "-pk")


def mark(bids: list[Bid], typed: str) -> None:
    """Gives each bid `said`: where it says what was typed; empty where it does not."""
    found = snippets(bids, typed)
    for bid in bids:
        bid.said = found.get(bid.pk, "")  # type: ignore[attr-defined]


def snippets(bids: Iterable[Bid], typed: str) -> dict[int, SafeString]:
    """Bid -> where a word stands in its answers, the word marked; none where only others match."""
    words = words_in(typed)
    if not words:
        return {}
    wanted = re.compile(
        rf"(?<![^\W_])(?:{'|'.join(sorted(words, key=len, reverse=True))})[^\W_]*", re.IGNORECASE
    )
    rows = BidWords.objects.filter(bid__in=[bid.pk for bid in bids]).values_list("bid_id", "body")
    found = {pk: _snippet(body, wanted) for pk, body in rows}
    return {pk: text for pk, text in found.items() if text}


def _snippet(body: str, wanted: re.Pattern[str]) -> SafeString | None:
    hit = wanted.search(body)
    if hit is None:
        return None
    start, end = max(0, hit.start() - AROUND), hit.end() + AROUND
    before, after = body[start : hit.start()], body[hit.end() : end]
    if start:
        before = "… " + before.partition(" ")[2]
    if end < len(body):
        after = after.rpartition(" ")[0] + " …"
    return format_html("{}<strong>{}</strong>{}", before, hit.group(), after)
