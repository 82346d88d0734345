"""What a charter says in a language: a team's own words where it wrote some, else the house's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kaibo.features.charter.facts import Charter, CharterDuty, Phase
from kaibo.features.charter.table import PHASES

UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


@dataclass(frozen=True, slots=True)
class Said:
    """A charter beside all the words of a language, by code."""

    charter: Charter
    words: Mapping[str, str]

    def title(self, duty: CharterDuty) -> str:
        """The name of a duty."""
        return duty.title or self.words.get(f"duty.{duty.duty_id}", duty.duty_id)

    def role(self, role_id: str) -> str:
        """The name of a role, also of one that the charter has no more."""
        named = next((each.name for each in self.charter.roles if each.role_id == role_id), "")
        return named or self.words.get(f"role.{role_id}", role_id)

    def proof(self, duty: CharterDuty) -> str:
        """How one knows that it was done."""
        return self.words.get(f"charter.proof.{duty.proof}", duty.proof)

    def skill(self, duty: CharterDuty) -> str:
        """What one must know for it."""
        return self.words.get(f"charter.skill.{duty.skill}", duty.skill)

    def split(self, duty: CharterDuty) -> str:
        """How two who do it share it."""
        return self.words.get(f"charter.split.{duty.split}", duty.split)

    def due(self, duty: CharterDuty) -> str:
        """By when: 「60 秒內」, 「開播前 1 天」, both parted by a comma; "" for no time."""
        told = [self._span(way, seconds) for way, seconds in (("ahead", duty.ahead_s), ("within", duty.within_s)) if seconds > 0]
        return self.words["core.comma"].join(told)

    def phases(self, duty: CharterDuty) -> str:
        """「播前、播中」, 「全程」."""
        if set(duty.phases) == set(PHASES):
            return self.words["charter.phase.all"]
        return self.words["core.comma"].join(self.phase(each) for each in PHASES if each in duty.phases)

    def phase(self, phase: Phase) -> str:
        """「播中」."""
        return self.words[f"charter.phase.{phase}"]

    def listed(self, names: list[str]) -> str:
        """Names parted as the language parts them."""
        return self.words["core.comma"].join(names)

    def _span(self, way: str, seconds: int) -> str:
        unit, size = next(each for each in UNITS if seconds % each[1] == 0 and (each[0] != "minute" or seconds > each[1]))
        return self.words[f"charter.{way}_{unit}"].format(n=seconds // size)
