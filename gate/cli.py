"""The command line, which is also the entrypoint of the action."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from gate import __version__

EXIT_CODES = """exit codes:
  0  the gate opens
  1  it stays shut: a verdict, not an error
  2  it cannot judge: the policy, an option or an input is wrong
  3  a defect of the gate itself
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    told = list(sys.argv[1:] if arguments is None else arguments)
    options = vars(_parser().parse_args(_with_command(told)))
    command = options.pop("command")
    from gate.guard import guarded  # noqa: PLC0415 - `--version` and `--help` need not pay for it

    here, environment = Path.cwd(), dict(os.environ)
    given = {name.replace("_", "-"): _text(value) for name, value in options.items() if value is not None}
    with guarded(environment) as run:
        run.exit_code = _run(command, given, environment, here)
    return run.exit_code


def _run(command: str, given: dict[str, str], environment: dict[str, str], here: Path) -> int:
    """One command. Each imports what it needs: a gate that judges does not pay for a page that explains."""
    if command == "check":
        from gate.app import check  # noqa: PLC0415

        return check(given, environment, here)
    from gate import pages  # noqa: PLC0415

    sys.stdout.write(pages.page(command, given, environment, here))
    return 0


def _text(value: str | list[str]) -> str:
    """An option that may be repeated is the same as the lines of the input."""
    return value if isinstance(value, str) else "\n".join(value)


def _with_command(told: list[str]) -> list[str]:
    """`check` is what the gate does where no command is named."""
    if told and (not told[0].startswith("-") or told[0] in ("-h", "--help", "--version")):
        return told
    return ["check", *told]


class _Parser(argparse.ArgumentParser):
    """Repeats a wrong argument as text that no runner obeys."""

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the arguments, and exit with 2."""
        from gate.model.text import inert, visible  # noqa: PLC0415

        super().error(inert(visible(message)))


def _parser() -> _Parser:
    parser = _Parser(
        prog="gate",
        description="Judge the evidence of a workflow by a policy, and keep the merge shut until it holds.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"gate {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="command", required=True)
    _add_check(commands)
    commands.add_parser("schema", help="print the JSON Schema of a policy, for editors", allow_abbrev=False)
    commands.add_parser("formats", help="list the report formats it reads", allow_abbrev=False)
    explain = commands.add_parser(
        "explain", help="explain a criterion of the policy, a kind, or a problem", allow_abbrev=False
    )
    explain.add_argument("subject", metavar="CRITERION|KIND|SLUG", help="for example no-high-findings, or stale-report")
    _add_policy_options(explain)
    return parser


def _add_check(commands: "argparse._SubParsersAction[_Parser]") -> None:
    check = commands.add_parser(
        "check",
        help="judge (what the gate does where no command is named)",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_policy_options(check)
    check.add_argument("--report-dir", metavar="DIR", help="where the reports go, inside the workspace (gate-report)")
    check.add_argument("--working-directory", metavar="DIR", help="base of the patterns, inside the workspace")
    check.add_argument("--stage", metavar="WORD", help="the stage that is judged, for `when: {stage: …}`")
    check.add_argument(
        "--mode", metavar="MODE", help="enforce (default), or advise: never shut, and say what enforce would"
    )
    check.add_argument("--name", metavar="NAME", help="what this gate is called (the name of the policy)")
    check.add_argument("--needs", metavar="JSON", help="the `needs` context of the workflow's job")
    check.add_argument(
        "--evidence",
        metavar="LINE",
        action="append",
        help="`source: pattern`, replaces the files of that source",
    )
    check.add_argument(
        "--as-of", metavar="DATE", help="judge as of this day, such as 2026-11-22; printed in every report"
    )


def _add_policy_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--policy",
        metavar="P",
        help="a path, or the name of a shipped policy (.github/gate.yml, else default)",
    )
    parser.add_argument("--workspace", metavar="DIR", help="the checked-out repository (the current folder)")
