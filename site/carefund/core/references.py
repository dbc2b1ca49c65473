"""References that people read out and type: DSC-2026-00042-K.

The last letter checks the rest: any one wrong character and any two neighbours swapped are
noticed, because the weights are distinct and the 23 letters are a prime number of them.
"""

from django.db import transaction

from .models import ReferenceSequence

LETTERS = "ABCDEFGHJKLMNPQRSTVWXYZ"  # without I, O and U, which are misread


def check_letter(body: str) -> str:
    characters = [c for c in body.upper() if c.isalnum()]
    total = sum((i + 2) * int(c, 36) for i, c in enumerate(characters))
    return LETTERS[total % len(LETTERS)]


def is_valid(reference: str) -> bool:
    body, _, letter = reference.strip().upper().rpartition("-")
    return bool(body) and letter == check_letter(body)


def next_reference(prefix: str, year: int) -> str:
    """The next reference of a series; without gaps when the transaction commits."""
    with transaction.atomic():
        ReferenceSequence.objects.get_or_create(prefix=prefix, year=year)
        row = ReferenceSequence.objects.select_for_update().get(prefix=prefix, year=year)
        row.last += 1
        row.save(update_fields=["last"])
    body = f"{prefix}-{year}-{row.last:05d}"
    return f"{body}-{check_letter(body)}"
