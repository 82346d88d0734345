"""What triage must know of the show: the product sheets, and which product is on air."""

from dataclasses import dataclass, field
from typing import Any

from kaibo.core.event import Event
from kaibo.features.comment.suggest import AnswerBook, Suggestion, suggest
from kaibo.features.comment.triage import THIS_ONE, Catalogue
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductPinned, ProductRemoved, ProductSheet
from kaibo.features.rundown.facts import CueAdded, CueEdited, CueRemoved, CueWent

SHEET_FACTS = (ProductAdded, ProductEdited, ProductRemoved)
AIR_FACTS = (ProductPinned, CueAdded, CueEdited, CueRemoved, CueWent)


@dataclass(slots=True)
class ShopSheet:
    """`cues`: product by cue; `on_air`: the product pinned last or of the cue that went last, whichever came later."""

    sheets: dict[str, ProductSheet] = field(default_factory=dict[str, ProductSheet])
    cues: dict[str, str] = field(default_factory=dict[str, str])
    cue_id: str = ""
    on_air: str = ""
    _catalogue: Catalogue | None = None

    def fold(self, event: Event[Any]) -> None:
        """Take one event in."""
        match event.fact:
            case ProductAdded(product=sheet) | ProductEdited(product=sheet):
                self.sheets[sheet.product_id] = sheet
                self._catalogue = None
            case ProductRemoved(product_id=product_id):
                self.sheets.pop(product_id, None)
                self._catalogue = None
            case ProductPinned(product_id=product_id):
                self.on_air = product_id
            case CueAdded(cue=cue):
                self.cues[cue.cue_id] = cue.product_id or ""
            case CueEdited(cue_id=cue_id, values=values) if "product_id" in values:
                self.cues[cue_id] = values["product_id"] or ""
                self.on_air = self.cues[cue_id] if cue_id == self.cue_id else self.on_air
            case CueWent(cue_id=cue_id):
                self.cue_id, self.on_air = cue_id, self.cues.get(cue_id, "")
            case _:
                pass

    def about(self, text: str) -> str:
        """The product a tidied text is about: the one it names, or the one on air when it says 這個, "" when neither."""
        if self._catalogue is None:
            self._catalogue = Catalogue(self.sheets)
        return self._catalogue.named(text) or (self.on_air if THIS_ONE.search(text) else "")

    def suggest(self, text: str, product_id: str, book: AnswerBook) -> tuple[str, tuple[Suggestion, ...]]:
        """(product, answers) for a tidied question; one that names nothing is tried on the product on air."""
        asked_of = product_id or self.on_air
        found = suggest(text, self.sheets.get(asked_of), book)
        return (asked_of if found and found[0].product_id else product_id), found
