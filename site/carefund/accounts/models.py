from typing import Any, ClassVar

import rules
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower


class PersonManager(UserManager["User"]):
    """People are known by their email address."""

    def _create_user_object(self, email, password, **extra):
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        return user

    def create_user(self, email, password=None, **extra):
        user = self._create_user_object(email, password, **extra)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **extra):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractUser):
    """A named person. What they may do follows from their roles, not from this row."""

    username = None  # type: ignore[assignment] # how Django takes a field away
    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=150)
    is_sample = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta(AbstractUser.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case_once")]

    def __str__(self) -> str:
        return self.name or self.email

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """By the rules where there is one; else Django's permissions, which only the CMS has."""
        if not rules.perm_exists(perm):
            return super().has_perm(perm, obj)
        return self.is_active and (self.is_superuser or rules.has_perm(perm, self, obj))

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class SignInFailure(models.Model):
    """Somebody tried to sign in and could not. No user: nobody has the address they gave."""

    class Way(models.TextChoices):
        PASSWORD = "password", "Wrong password"
        CODE = "code", "Wrong code from an email"
        FACTOR = "factor", "Wrong second step"

    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="sign_in_failures")
    way = models.CharField(max_length=20, choices=Way.choices)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="failure_by_person")]

    def __str__(self) -> str:
        return f"Failed sign-in of {self.user or 'an unknown address'}"
