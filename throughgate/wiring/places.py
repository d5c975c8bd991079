"""Where things lie in a checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"  # whatever a run leaves behind; never committed
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
