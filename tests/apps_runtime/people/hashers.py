"""A password hasher that counts as newer than the one people's passwords were hashed with."""

from django.contrib.auth.hashers import MD5PasswordHasher


class Stronger(MD5PasswordHasher):
    """As quick as MD5, under another name."""

    algorithm = "stronger"
