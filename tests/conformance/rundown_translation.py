"""From the words of other rundown tools to ours: (question, given, answer) for each family of published timing cases."""

from typing import Any

DAY = 86_400_000
MINUTE = 60_000
ABOVE_MS = 10  # length of the cue put above the one in question
Case = dict[str, Any]


def translate(case: Case) -> Case:
    """A case in our words, times in ms on one line (0 is midnight of the plan's day)."""
    question, given, answer = _FAMILIES[case["family"]](case["input"], case["expect"])
    return {"id": case["id"], "question": question, "given": given, "answer": answer}


def _offset(told: Case, expect: Any) -> tuple[str, Case, Any]:
    event = told["event"]
    start = event["timeStart"] + event["dayOffset"] * DAY
    given = {
        "planned_at": start,
        "duration_ms": max(0, event["timeEnd"] - event["timeStart"]),
        "count_to_end": event["countToEnd"],
        "went_at": told["startedAt"],
        "added_ms": told["addedTime"],
        "left_ms": told["current"],
        "show_planned_at": told["plannedStart"],
        "show_started_at": told["actualStart"],
    }
    return "offset", given, {f"{name}_ms": value for name, value in expect.items()}


def _expected(told: Case) -> Case:
    begun_late = told["actualStart"] - told["plannedStart"] if told["mode"] == "relative" else 0
    return {
        "planned_at": told["timeStart"] + told["dayOffset"] * DAY,
        "duration_ms": told.get("duration", 0),
        "late_ms": told["offset"] + told["delay"],
        "gap_above_ms": told["totalGap"],
        "follows": told["linked"],
        "count_to_end": told.get("countToEnd", False),
        "show_begun_late_ms": begun_late,
    }


def _expected_start(told: Case, expect: Any) -> tuple[str, Case, Any]:
    return "start", _expected(told), expect + told["currentDay"] * DAY


def _expected_end(told: Case, expect: Any) -> tuple[str, Case, Any]:
    return "end", _expected(told), expect + told["currentDay"] * DAY


def _countdown(told: Case) -> Case:
    went_at, now = told["startedAt"], told["clock"]
    start = told.get("timeStart", 0)
    if told["countToEnd"] and "timeEnd" in told:
        duration = (told["timeEnd"] - start) % DAY
    else:
        duration = told["duration"]
    return {
        "planned_at": start,
        "duration_ms": duration,
        "count_to_end": told["countToEnd"],
        "went_at": went_at,
        "added_ms": told["addedTime"],
        "held_at": told["pausedAt"],
        "now": now if went_at is None or now >= went_at else now + DAY,
    }


def _remaining(told: Case, expect: Any) -> tuple[str, Case, Any]:
    return "left", _countdown(told), expect


def _finish(told: Case, expect: Any) -> tuple[str, Case, Any]:
    given = _countdown({"clock": told["startedAt"] or 0, **{k: v for k, v in told.items() if k != "clock"}})
    return "due_on_the_clock", given, expect


def _elapsed(told: Case, expect: Any) -> tuple[str, Case, Any]:
    given = {"went_at": told["startedAt"], "held_ms": told["pausedDuration"], "held_at": told["pausedAt"], "now": told["clock"]}
    return "elapsed", given, expect


def _phase(told: Case, expect: Any) -> tuple[str, Case, Any]:
    return "phase", {"left_ms": told["current"], "warning_ms": told["warning"], "danger_ms": told["danger"]}, expect


def _day(told: Case, expect: Any) -> tuple[str, Case, Any]:
    return "day", {"planned_ms": told["plannedStart"], "clock_ms": told["clock"]}, expect


def _roll(told: Case, expect: Any) -> tuple[str, Case, Any]:
    given = {"clock_ranges": told["events"], "now": told["now"]}
    return "cue_at", given, {"place": expect["index"], "waiting": expect["pending"]}


def _roll_runtime(told: Case, expect: Any) -> tuple[str, Case, Any]:
    answer = {
        "day": expect["currentDay"],
        "offset_ms": expect["offset"],
        "left_ms": expect["remaining"],
        "went_clock": expect["startedAt"],
        "due_clock": expect["expectedFinish"],
        "end_clock": expect["expectedRundownEnd"],
    }
    return "backdated", {"clock_range": told["event"], "clock_ms": told["now"]}, answer


def _plan(told: Case, expect: Any) -> tuple[str, Case, Any]:
    if "start" in expect:
        rows = [[row["timeStart"], row["timeEnd"], row.get("linkStart", False)] for row in told["entries"]]
        return "chained", {"rows": rows}, {"starts": expect["start"], "ends": expect["end"], "durations": expect["duration"]}
    slots: list[list[int]] = []
    put = 0
    for entry in told["entries"]:
        if entry["type"] == "delay":
            put += entry["duration"]
        else:
            slots.append([put, entry["timeStart"], entry["timeEnd"]])
            put = 0
    names = {"delay": "delays", "gap": "gaps", "totalDelay": "delay_at_end", "totalDuration": "length_ms"}
    return "delays", {"slots": slots}, {names[name]: value for name, value in expect.items()}


def _times(told: Case, expect: Any) -> tuple[str, Case, Any]:
    keep = {None: None, "lock-end": "end", "lock-duration": "duration"}[told["strategy"]]
    return "times", {name: told[name] for name in ("start", "end", "duration")} | {"keep": keep}, expect


def _cues(rows: list[list[Any]]) -> list[Case]:
    """[name, minutes, hard start in minutes?] -> cues."""
    return [
        {"cue_id": row[0], "duration_ms": row[1] * MINUTE, "hard_at": row[2] * MINUTE if len(row) > 2 else None} for row in rows
    ]


def _span(pair: list[int]) -> list[int]:
    return [pair[0] * MINUTE, (pair[0] + pair[1]) * MINUTE]


def _runner(told: Case, expect: Any) -> tuple[str, Case, Any]:
    given = {
        "cues": _cues(told["cues"]),
        "plan": _cues(told.get("planned", told["cues"])),
        "on_air": told["active"],
        "went_at": told["kickoff"] * MINUTE,
        "due_at": told["deadline"] * MINUTE,
        "now": told["now"] * MINUTE,
        "ran": {name: _span(pair) for name, pair in told["elapsed"].items()},
    }
    answer = {
        "planned": _span(expect["planned_total"]),
        "projected": _span(expect["actual_total"]),
        "cues": {name: _span(pair) for name, pair in expect["actual"].items()},
    }
    return "course", given, answer


def _backtime(told: Case, expect: Any) -> tuple[str, Case, Any]:
    strategies = {
        None: None,
        "adjust_cue_duration": "change_duration",
        "move_anchor": "move_hard_start",
        "move_governing": "move_governing_start",
    }
    given = {
        "cues": _cues(told["cues"]),
        "hard_start": told["anchor"],
        "strategy": strategies[told.get("strategy")],
        "cue_id": told.get("absorb"),
    }
    if "error" in expect:
        return "backtime", given, {"refused": {"adjust_cue_not_in_segment": "not_in_segment"}[expect["error"]]}
    if "cue" in expect:
        return "backtime", given, {"cue_id": expect["cue"], "value": expect["duration"] * MINUTE}
    return "backtime", given, {"difference_ms": expect["difference"] * MINUTE, "governing": expect["governing"]}


def _parts(told: Case, expect: Any) -> tuple[str, Case, Any]:
    if "parts" in told:
        answer = {"starts_in": expect["countdown"], "left_ms": expect["remaining"]}
        return "chain", {"durations": told["parts"], "now": told["now"]}, answer
    given = {
        "ran": told["played"],
        "went_at": told["current_started"],
        "now": told["now"],
        "shared_ms": 5000,  # what the last part that ran and the one on air share
        "last_ms": 1000,
    }
    answer = {
        "budget_ms": expect["current_budget"],
        "left_ms": expect["remaining_current"],
        "next_in_ms": expect["countdown_next"],
        "show_left_ms": expect["remaining"],
        "length_ms": expect["as_played"],
    }
    return "shared_length", given, answer


_FAMILIES = {
    "offset": _offset,
    "expected_start": _expected_start,
    "expected_end": _expected_end,
    "remaining": _remaining,
    "finish": _finish,
    "elapsed": _elapsed,
    "phase": _phase,
    "day_offset": _day,
    "roll": _roll,
    "roll_runtime": _roll_runtime,
    "plan": _plan,
    "times": _times,
    "runner": _runner,
    "backtime": _backtime,
    "sofie": _parts,
}
