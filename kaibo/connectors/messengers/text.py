"""What a letter says, in the language of its bridge."""

from collections.abc import Callable, Iterable, Sequence

from kaibo.connectors.messengers.shape import cut
from kaibo.features.channel.slices import Message
from kaibo.features.workspace.slices import Names
from kaibo.kit.words import choose, say, words

LINKS_MAX = 5  # of those asked: a group reads no more
NEXT_LINE = "\n│ "  # what people write stays theirs: no line of it looks like one of the house
DIGEST_LINE = 120  # signs of each message among several


def letter_text(
    message: Message, show: str, names: Names, language: str, link: Callable[[str], str], most: int, *, again: bool = False
) -> str:
    """What was said and by whom, whose it is, and for each of those a link that takes it (`link(person_id)`, "" for none).

    In `most` bytes of UTF-8: what people wrote is cut, never whose it is.
    """
    spoken = choose(language)
    head = say("outbox.again", {}, spoken) if again else ""
    head += say("outbox.edited", {}, spoken) if message.edited_at else ""
    head += _head(message, show, spoken)
    tail = "\n".join(_asked(message, names, spoken, link)) if message.stage == "open" else ""
    room = most - len(head.encode("utf-8", "replace")) - len(tail.encode("utf-8", "replace")) - 2
    said = say("outbox.said", {"who": _name(names, message.by), "text": message.text.replace("\n", NEXT_LINE)}, spoken)
    return "\n".join(line for line in (head, cut(said, max(room, 60)), tail) if line)


def _head(message: Message, show: str, spoken: str) -> str:
    tag = message.posted.tag
    about = f"#{words(spoken)[f'channel.tag.{tag}']}" if tag else ""
    code = "outbox.head_urgent" if message.posted.urgent else "outbox.head" if about else "outbox.head_plain"
    return say(code, {"about": f" {about}" if message.posted.urgent and about else about, "show": show}, spoken)


def _asked(message: Message, names: Names, spoken: str, link: Callable[[str], str]) -> Iterable[str]:
    people = list(dict.fromkeys(person for reach in reversed(message.reached) for person in reach.people))
    if not people:
        return [say("outbox.nobody", {}, spoken)]
    whom = words(spoken)["core.comma"].join(_name(names, each) for each in people)
    links = [(each, link(each)) for each in people[:LINKS_MAX] if each in names.members]
    offers = [say("outbox.take", {"who": _name(names, each), "link": found}, spoken) for each, found in links if found]
    return [say("outbox.asked", {"whom": whom}, spoken), *offers]


def digest_text(messages: Sequence[Message], show: str, names: Names, language: str) -> str:
    """Several at once, a line each."""
    head = say("outbox.digest", {"show": show, "count": len(messages)}, choose(language))
    return "\n".join((head, *(digest_line(each, names, language) for each in messages)))


def digest_line(message: Message, names: Names, language: str) -> str:
    """One of several, in a line."""
    text = " ".join(message.text.split())
    short = text if len(text) <= DIGEST_LINE else f"{text[: DIGEST_LINE - 1]}…"
    return say("outbox.said", {"who": _name(names, message.by), "text": short}, choose(language))


def _name(names: Names, person_id: str) -> str:
    known = names.ever.get(person_id)
    return person_id if known is None else known.name
