"""The tasks that the house ships, relative to air time, as TOML: the work before a show, as the trade does it."""

from typing import Final

TASKS: Final = """
# The before-air list of the trade, from two weeks before air to the day after. Words stand in words.toml: `title.shipped.<key>`, of a line
# of its checklist `title.shipped.<key>.<line>`. What comes first stands above what waits for it. `role` has it
# where the charter lets it, else whose `duty` of the trade it is.

[[task]]
key = "targets"
role = "operations"
duty = "set.targets"
days = -14
required = true
lines = ["figures", "strategy", "team"]
proof = "note"

[[task]]
key = "audience"
role = "operations"
duty = "study.rivals"
days = -12
lines = ["who", "doubts"]
proof = "note"

[[task]]
key = "rivals"
role = "operations"
duty = "study.rivals"
days = -10
lines = ["prices", "talk"]
proof = "note"

[[task]]
key = "products"
role = "planner"
duty = "select.products"
days = -10
required = true
lines = ["number", "packaging", "price", "certificates"]
first = ["targets"]

[[task]]
key = "venue"
role = "tech"
duty = "set.venue"
days = -7
required = true

[[task]]
key = "samples"
role = "assistant"
duty = "count.samples"
days = -5
required = true
lines = ["count", "packaging", "order", "spare"]
first = ["products"]

[[task]]
key = "pictures"
role = "assistant"
duty = "shoot.pictures"
days = -5
required = true
lines = ["front", "back", "detail", "daylight", "studio", "video"]
first = ["samples"]
proof = "note"

[[task]]
key = "script"
role = "planner"
duty = "write.rundown"
days = -4
required = true
lines = ["times", "words", "prices"]
first = ["products"]

[[task]]
key = "notice"
role = "operations"
duty = "study.rivals"
days = -3
lines = ["posts", "groups"]

[[task]]
key = "points"
role = "host"
duty = "know.products"
days = -3
required = true
lines = ["points", "doubts", "never"]
first = ["script"]

[[task]]
key = "talk"
role = "host"
duty = "talk.viewers"
days = -2
required = true
lines = ["opening", "questions", "closing"]
first = ["script"]

[[task]]
key = "answers"
role = "care"
duty = "answer.aftersale"
days = -2
required = true
lines = ["doubts", "returns"]
first = ["products"]

[[task]]
key = "walk"
role = "director"
duty = "rehearse.show"
days = -2
required = true
first = ["script"]

[[task]]
key = "light"
role = "tech"
duty = "check.equipment"
days = -1
hours = -4
required = true
lines = ["light", "colour", "background"]
first = ["venue"]

[[task]]
key = "sound"
role = "tech"
duty = "check.equipment"
days = -1
hours = -4
required = true
lines = ["speech", "music", "spare"]
first = ["venue"]

[[task]]
key = "rehearsal"
role = "director"
duty = "rehearse.show"
days = -1
required = true
lines = ["pace", "products", "incident"]
first = ["walk", "points", "talk"]

[[task]]
key = "network"
role = "tech"
duty = "check.network"
hours = -6
required = true
lines = ["main", "backup", "switch"]

[[task]]
key = "chain"
role = "tech"
duty = "test.chain"
hours = -4
required = true
lines = ["claim", "hold", "pay", "cancel", "prices"]

[[task]]
key = "monitor"
role = "operations"
duty = "watch.figures"
hours = -3
required = true
lines = ["targets", "alarms", "words"]

[[task]]
key = "goods"
role = "assistant"
duty = "list.products"
hours = -2
required = true
lines = ["order", "cards", "props"]
first = ["samples"]

[[task]]
key = "last_look"
role = "director"
duty = "air.show"
minutes = -30
required = true
lines = ["people", "screens", "sound"]
first = ["network", "chain", "monitor", "goods"]

[[task]]
key = "promises"
role = "care"
duty = "answer.aftersale"
days = 1
lines = ["questions", "gifts", "unpaid"]

[[task]]
key = "return_samples"
role = "assistant"
duty = "count.samples"
days = 1

[[task]]
key = "review"
role = "operations"
duty = "review.show"
days = 1
required = false
proof = "note"
"""
