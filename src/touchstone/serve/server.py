"""Serving the console on this machine: a free port of the loopback address, and nothing beyond it."""

import os
import socket
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from touchstone.errors import UnreadableFile
from touchstone.publish.words import word
from touchstone.serve.terminal import wrong

if TYPE_CHECKING:
    from touchstone.flow import Workspace

_ADDRESS = "127.0.0.1"


def run(
    workspace: "Workspace",
    problems: Iterable[UnreadableFile],
    port: int,
    lang: str,
    *,
    open_browser: bool,
    allowed_hosts: Iterable[str] = (),
) -> None:
    """Serve until interrupted; the address is printed before the first request can come.

    Raises:
        UnreadableFile: the port cannot be used.
    """
    import uvicorn

    from touchstone.serve.web import console

    listening = _listen(port)
    address = f"http://{_ADDRESS}:{listening.getsockname()[1]}/"
    app = console(workspace, problems, allowed_hosts)
    typer.echo(word("command.console", lang, address=address))
    sys.stdout.flush()
    if open_browser and _has_screen():
        import webbrowser

        webbrowser.open(address)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
    server.run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    """A socket that listens already, so that two consoles never race for one port."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((_ADDRESS, port))
    except OSError as error:
        listening.close()
        raise wrong("COMMAND-005", _ADDRESS, port=port, reason=error.strerror or str(error)) from error
    listening.listen(128)
    return listening


def _has_screen() -> bool:
    """Whether a browser window can be shown; a terminal browser would take the terminal over."""
    return sys.platform in ("darwin", "win32") or any(
        os.environ.get(v) for v in ("DISPLAY", "WAYLAND_DISPLAY")
    )
