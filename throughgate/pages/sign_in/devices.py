"""A browser in two words, from what it says of itself: enough for somebody to know their own."""

# The first that is found names it; each says more than one name, the truest first.
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
MACHINES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device(said: str) -> str:
    """Such as "Edge, Windows"; empty where it says nothing we know."""
    known = [next((name for mark, name in table if mark in said), "") for table in (BROWSERS, MACHINES)]
    return ", ".join(filter(None, known))
