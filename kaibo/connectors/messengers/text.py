"""What a letter says, in the language of its bridge."""

from collections.abc import Callable, Iterable, Sequence

from kaibo.features.channel.slices import Message
from kaibo.features.workspace.slices import Names
from kaibo.kit.words import choose, say, words

LINKS_MAX = 5  # of those asked: a group reads no more
DIGEST_LINE = 120  # signs of each message among several


def letter_text(
    message: Message, show: str, names: Names, language: str, link: Callable[[str], str], *, again: bool = False
) -> str:
    """What was said and by whom, whose it is, and for each of those a link that takes it (`link(person_id)`, "" for none)."""
    spoken = choose(language)
    lines = [_head(message, show, spoken), say("outbox.said", {"who": _name(names, message.by), "text": message.text}, spoken)]
    if again:
        lines[0] = say("outbox.again", {}, spoken) + lines[0]
    if message.stage == "open":
        lines += _asked(message, names, spoken, link)
    return "\n".join(lines)


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
    spoken = choose(language)
    lines = [say("outbox.digest", {"show": show, "count": len(messages)}, spoken)]
    for each in messages:
        text = " ".join(each.text.split())
        short = text if len(text) <= DIGEST_LINE else f"{text[: DIGEST_LINE - 1]}…"
        lines.append(say("outbox.said", {"who": _name(names, each.by), "text": short}, spoken))
    return "\n".join(lines)


def _name(names: Names, person_id: str) -> str:
    known = names.ever.get(person_id)
    return person_id if known is None else known.name
