"""What somebody came with, in two words that they know again: browser and system. No more of it is kept."""

import re

# The first that is found counts: a browser names those it is made like after itself.
BROWSERS = (
    ("MicroMessenger/", "WeChat"),
    ("Line/", "LINE"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)
PROGRAM_LENGTH_MAX = 40
PROGRAM = re.compile(r"[\w.-]+")


def device_of(user_agent: str) -> str:
    """`Chrome · Windows`; of a program its name; "" where nothing was said."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    if found := [each for each in (browser, system) if each]:
        return " · ".join(found)
    named = PROGRAM.match(user_agent)
    return named[0][:PROGRAM_LENGTH_MAX] if named else ""
