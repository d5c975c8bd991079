"""The two ways to say no."""


class Refused(Exception):
    """Something may not happen, for a reason fit to read aloud to whoever asked.

    The text is shown as it stands: what happened, why, what to do next.
    """


class NotFound(Exception):
    """Absent, or hidden from whoever asked: the same answer, on purpose."""
