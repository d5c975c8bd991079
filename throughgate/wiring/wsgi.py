"""What the web server serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from throughgate.wiring import memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughgate.wiring.settings")
application = get_wsgi_application()
# Every view is read before workers are made from this process, so that none keeps its first visitor waiting.
get_resolver().url_patterns  # noqa: B018 - read for what it imports
memory.keep_what_is_loaded()
