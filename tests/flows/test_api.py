"""The API as it describes itself, tried by a machine that means no good."""

import os
import subprocess
import sys
from pathlib import Path

from tests.served import do, served

START = 1_764_331_200_000
EXAMPLES = "8"


def test_nothing_that_the_description_allows_or_forbids_breaks_the_server(tmp_path: Path) -> None:
    with served() as house:
        owner = house.owner()
        do(owner, "show", "api", "show.plan", show_id="api", title="介面", starts_at=START, ends_at=START + 3_600_000)
        roles = ["planner", "director", "operations", "assistant", "host", "source"]
        token = owner.post("/api/tokens", json={"label": "fuzz", "roles": roles}).json()["token"]
        command = [
            str(Path(sys.executable).parent / "schemathesis"), "run", f"{house.base}/api/openapi.json",
            "--header", f"Authorization: Bearer {token}", "--checks", "not_a_server_error", "--max-examples", EXAMPLES,
            "--phases", "examples,coverage,fuzzing", "--seed", "1", "--generation-database", "none", "--suppress-health-check", "all", "--request-timeout", "20", "--workers", "1",
        ]  # fmt: skip
        answer = subprocess.run(
            command, cwd=tmp_path, check=False, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"}
        )
        assert answer.returncode == 0, answer.stdout[-6000:] + answer.stderr[-2000:]
