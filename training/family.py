"""What writeTopology.ts wrote: the members and their topologies."""

import json
from pathlib import Path

DATA = Path(__file__).parent / "data"
MODELS = Path(__file__).parent.parent / "public/models"


def family() -> list[dict]:
    return json.loads((DATA / "family.json").read_text())["members"]


def member_of(name: str) -> dict:
    found = [member for member in family() if member["name"] == name]
    if not found:
        names = ", ".join(member["name"] for member in family())
        raise SystemExit(f"The family has no member {name}. Choose one of {names}, or run writeTopology.ts again.")
    return found[0]
