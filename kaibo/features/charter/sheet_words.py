"""The columns of a charter's sheet by their words, and its roles by every name they go by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kaibo.core.headers import Words, plain, squash
from kaibo.features.charter.facts import Charter, CharterDuty
from kaibo.features.charter.said import Said

ROLE: Final = "role:"  # before a role_id: the column of that role
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "duty": ("職責", "工作職責", "工作", "工作內容", "工作項目", "職責項目", "負責事項", "事項", "任務", "duty", "duties", "task", "responsibility"),
    "proof": ("怎樣算做到", "怎麼做", "做法", "標準", "完成標準", "驗收", "驗收標準", "證據", "how", "how one knows", "how to", "standard", "evidence"),
    "due": ("期限", "時限", "時間", "何時", "什麼時候", "多久", "完成時間", "時效", "deadline", "by when", "when", "due"),
    "skill": ("技能", "所需技能", "需要的技能", "能力", "skill", "skills"),
    "split": ("怎麼分", "怎麼分工", "split", "how they share it"),
    "phase": ("階段", "時段", "phase", "stage"),
    "role": ("角色", "崗位", "職位", "職務", "role", "position"),
    "mark": ("RACI", "權責", "分工", "raci"),
    "id": ("編號", "代號", "id"),
    "consoles": ("主控台", "工作台", "consoles", "console"),
    "stands_in": ("可以代理誰", "可代理", "代理", "代理誰", "stands in for", "stands in"),
}  # fmt: skip

# What the trade calls the house's roles beside their names here; a draft that has the role only.
ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "operations": ("營運", "運營人員"),
    "planner": ("企劃", "編劇"),
    "assistant": ("小助理", "直播助理", "助手"),
    "tech": ("技術人員", "工程"),
    "care": ("客服人員", "售後"),
    "director": ("導演", "現場導播"),
}


class Headers(Words):
    """The words of headers; a role's column is the field `role:` and its id, also where the person stands under the role."""

    def __init__(self, lexicon: "Lexicon") -> None:
        named: dict[str, tuple[str, ...]] = {}
        for name, role_id in lexicon.roles.items():
            named[ROLE + role_id] = (*named.get(ROLE + role_id, ()), name)
        super().__init__({**named, **FIELDS})
        self._roles = lexicon.roles

    def field(self, header: str) -> str | None:
        """As the words have it, else the role whose name stands before a line break or a blank."""
        role = self._roles.get(squash((plain(header).split() or [""])[0]))
        return super().field(header) or (None if role is None else ROLE + role)


@dataclass(frozen=True)
class Lexicon:
    """What a draft's duties and roles are called in every language of the house, and which header is which column."""

    charter: Charter
    languages: tuple[Mapping[str, str], ...]
    roles: dict[str, str] = field(default_factory=dict[str, str])
    duties: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        for said in self.saids():
            for each in self.charter.roles:
                self.roles.setdefault(squash(said.role(each.role_id)), each.role_id)
            for each in self.charter.duties:
                self.duties.setdefault(squash(said.title(each)), each.duty_id)
        for each in self.charter.roles:
            for name in ALIASES.get(each.role_id, ()):
                self.roles.setdefault(squash(name), each.role_id)

    def saids(self) -> Iterable[Said]:
        """The charter said in each language."""
        return (Said(self.charter, words) for words in self.languages)

    def role_of(self, text: str) -> str | None:
        """The role a text names, also with a person behind it: 「導播 小林」."""
        whole = squash(text)
        first = squash(plain(text).split("\n")[0])
        for name in (whole, first):
            if name in self.roles:
                return self.roles[name]
        begins = [name for name in self.roles if len(name) > 1 and whole.startswith(name)]
        return self.roles[max(begins, key=len)] if begins else None

    def says(self, duty: CharterDuty, name: str, text: str) -> bool:
        """Whether a text is what this field of the duty says in some language: then it stays the house's word in all of them."""
        return any(plain(getattr(said, name)(duty)) == plain(text) for said in self.saids())
