"""The code of a dossier as QR code: a black-and-white PNG of fixed bytes, the same in PDF and Word."""

import struct
import zlib

MODULE = 8  # pixels
QUIET = 4  # modules around the code (ISO/IEC 18004)


def qr_png(text: str) -> bytes:
    """Return `text` as QR code, error correction M, one bit a pixel."""
    from qrcode import QRCode  # heavy: loaded when a file is written
    from qrcode.constants import ERROR_CORRECT_M

    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    side = len(matrix) * MODULE
    lines = b"".join(_line(row) * MODULE for row in matrix)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(kind, data) for kind, data in parts)


def _line(row: list[bool]) -> bytes:
    """A line of pixels with its filter byte: MODULE is 8, so each module is one byte, 0 for black."""
    return b"\x00" + bytes(0x00 if dark else 0xFF for dark in row)


def _part(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
