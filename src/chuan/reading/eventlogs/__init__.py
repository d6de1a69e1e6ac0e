"""Logs of real dossiers: what the rows of a source mean (docs/log-sources.md)."""

from chuan.reading.eventlogs.kinds import Kinds, names_reception
from chuan.reading.eventlogs.mapping import LogMapping, mapping_from, read_mapping
from chuan.reading.eventlogs.on_page import on_page
from chuan.reading.eventlogs.proposal import Proposal, propose_mapping, recognised_columns
from chuan.reading.eventlogs.sources import read_log, read_rows, read_table
from chuan.reading.eventlogs.table import Table, find_table

__all__ = [
    "Kinds",
    "LogMapping",
    "Proposal",
    "Table",
    "find_table",
    "mapping_from",
    "names_reception",
    "on_page",
    "propose_mapping",
    "read_log",
    "read_mapping",
    "read_rows",
    "read_table",
    "recognised_columns",
]
