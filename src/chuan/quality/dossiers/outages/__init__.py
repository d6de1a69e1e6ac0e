"""When the system or the network of an agency was down (R21): on record, because what was received on paper meanwhile
is entered later with both times, and is judged by it (`chuan.rules.handling.outages`).
"""
