"""What the web server serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughgate.wiring.settings")
application = get_wsgi_application()
# Every view is read before workers are made from this process, so that none keeps its first visitor waiting.
get_resolver().url_patterns  # noqa: B018 - read for what it imports
# What is loaded by now stays for good: not looked through again for rubbish, and shared between the workers.
gc.collect()
gc.freeze()
