"""What a reader of copies raises."""


class Unreadable(Exception):
    """A copy that cannot be read; the message says why, without naming the file."""
