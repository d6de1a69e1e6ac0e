"""All commands of `chuan`, one line each: where they are and what they are for (catalogue `cli`, `about_…`)."""

from collections.abc import Mapping

SERVING = "chuan.config.serving.command"
COMMANDS: Mapping[str, str] = {
    "demo": SERVING,
    "serve": SERVING,
    "check": "chuan.cli.check",
    "read": "chuan.cli.read",
    "backup": "chuan.cli.backup",
    "restore": "chuan.cli.restore",
    "upgrade": "chuan.config.serving.upgrade",
    "account": "chuan.cli.account",
    "trail": "chuan.cli.trail",
    "units": "chuan.cli.units",
    "authority": "chuan.cli.authority",
    "doctor": "chuan.cli.doctor",
    "manage": "chuan.cli.manage",
}
WITH_NAME = frozenset({"demo", "serve"})  # one module, two commands: it is told which
