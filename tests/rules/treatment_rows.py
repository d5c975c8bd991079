"""The treatment file as a reader of it asks: rows, and what one of them says."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from throughgate.exchange.inbound import treatment
from throughgate.exchange.inbound.rows import Reject, Row

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
RX = "prescription_id,medicine"


def read(text: str | bytes) -> list[Row | Reject]:
    written = text.encode() if isinstance(text, str) else text
    return list(treatment.read(io.BytesIO(written), as_at=NOON))


def rows(text: str | bytes) -> list[Row]:
    return [row for row in read(text) if isinstance(row, Row)]


def said(item: str, columns: str, cells: str) -> Mapping[str, Any]:
    """What one row says of one thing."""
    (row,) = rows(f"CLIENTID,{columns}\nC1,{cells}\n")
    return row.said[item]


def flags(columns: str, cells: str) -> set[tuple[str, str]]:
    """Flags of one row, but for what NDTMS misses in every such row."""
    (row,) = rows(f"CLIENTID,{columns}\nC1,{cells}\n")
    return {(flag.field, flag.key) for flag in row.flags if flag.key != "not_given"}
