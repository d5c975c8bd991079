"""A file that somebody attached, on its way to a browser: shown, and never run."""

from django.http import HttpResponse

from throughgate.foundation.codesets import code_set
from throughgate.story.queries import File

# It came from outside: even if it were something else than it says, the browser is to do nothing with it.
POLICY = "default-src 'none'; sandbox"


def name(file_type: str) -> str:
    """It tells a finder nothing."""
    row = code_set("attachment_types").get(file_type)
    return f"my-story.{row['ending'] if row else 'file'}"


def shown(file: File) -> HttpResponse:
    return HttpResponse(
        file.content,
        content_type=file.type,
        headers={
            "Content-Disposition": f'inline; filename="{name(file.type)}"',
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
        },
    )
