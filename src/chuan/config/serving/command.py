"""`chuan demo` and `chuan serve`: check what they are given, then hand over to the supervisor."""

import argparse
import os
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from socket import socket

import django

from chuan.cli.arguments import Arguments
from chuan.config import data_directory
from chuan.config.serving.lock import locked
from chuan.config.serving.supervisor import Supervisor, listen
from chuan.reading.administrative_units import provinces
from chuan.text.messages import BadInput, message

DEFAULT_PORT = 8000
# compared with chuan.jobs.demo_fill by a test
DEMO_STAGES = ("organisation", "systems", "services", "procedures", "everyday", "dossiers", "living")


def main(argv: Sequence[str]) -> int:
    """Run `demo …` or `serve …`; return the exit code."""
    kind = data_directory.DEMO if argv[0] == "demo" else data_directory.REAL
    options = _options(kind, argv[1:])
    os.environ["CHUAN_DATA"] = str(options.data)
    os.environ["CHUAN_DEMO_UNTIL"] = options.until or ""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chuan.config.settings")
    with nullcontext() if options.no_serve else listen(options.host, options.port) as listener:
        directory = data_directory.data_directory()  # made and marked only when the port is ours
        with locked(directory):
            mark_as(directory, kind)
            return serve(listener, directory, options.province or "") if listener else prepare_only()


def mark_as(directory: Path, kind: str) -> None:
    """Mark an unmarked directory. One that is the other kind stays so: BadInput."""
    try:
        data_directory.mark(directory, kind)
    except ValueError:
        raise BadInput(f"cli.directory_is_{data_directory.kind(directory)}", directory=directory) from None


def serve(listener: socket, directory: Path, province: str) -> int:
    """Serve until a signal; return the exit code. `province` is the code for the first start, or ""."""
    print(message("cli.preparing", directory=directory).text(), flush=True)
    address = f"http://localhost:{listener.getsockname()[1]}"
    site = os.environ.get("CHUAN_SITE", address)
    environment = {"CHUAN_SITE": site, "CHUAN_ADDRESS": address, "CHUAN_PROVINCE": province}
    return Supervisor(listener, environment).run()


def prepare_only() -> int:
    """Make the demo complete without serving it; return the exit code."""
    django.setup()

    from chuan.config.serving.no_server import prepare_and_fill  # imports models: only after setup()

    return prepare_and_fill()


def _options(kind: str, arguments: Sequence[str]) -> argparse.Namespace:
    is_demo = kind == data_directory.DEMO
    parser = Arguments("chuan demo" if is_demo else "chuan serve", description=_about(is_demo))
    default = os.environ.get("CHUAN_DEMO_DATA", "demo-data") if is_demo else os.environ.get("CHUAN_DATA")
    parser.add_argument("--data", type=Path, default=default, required=default is None, metavar="DIR")
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, metavar="N", help="0: cổng trống bất kỳ")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe; mặc định chỉ máy này")
    if is_demo:
        parser.add_argument("--no-serve", action="store_true", help="chỉ tạo dữ liệu, không chạy máy chủ")
        parser.add_argument("--until", choices=DEMO_STAGES, help="chỉ tạo dữ liệu đến phần này; mặc định: tất cả")
    else:
        parser.add_argument("--province", type=_province, help="mã tỉnh cho lần chạy đầu (xem: chuan units list)")
    parser.set_defaults(no_serve=False, province=None, until=None)
    return parser.parse_args(arguments)


def _about(is_demo: bool) -> str:
    if is_demo:
        return "Tỉnh hư cấu để dùng thử: tạo dữ liệu (một lần) và chạy máy chủ."
    return "Chạy máy chủ thật trên thư mục dữ liệu DIR: tỉnh trống, người quản trị đầu tiên."


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port


def _province(text: str) -> str:
    if text not in provinces():
        raise argparse.ArgumentTypeError(message("units.unknown_province", province=text).text())
    return text
