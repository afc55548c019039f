"""Drives Firefox through its own remote protocol, Marionette: JSON with its length, over a socket.

Playwright drives only a Firefox of its own, which no package registry carries; the one of the system
needs no more than this.
"""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

__all__ = ["Firefox"]

PREFERENCES = {
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "extensions.update.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}
STARTS_WITHIN_S = 40
ANSWERS_WITHIN_S = 60


class Firefox:
    """A headless Firefox with a profile of its own."""

    def __init__(self, binary: str, profile: Path, *, width: int, height: int) -> None:
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        self.process = subprocess.Popen(
            [
                binary,
                "--headless",
                "--marionette",
                "--remote-allow-system-access",
                "--no-remote",
                "--profile",
                str(profile),
                "--width",
                str(width),
                "--height",
                str(height),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.socket = self._connected(profile / "MarionetteActivePort")
        self.number = 0
        self._received()  # its greeting
        self.send("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {}}})

    def _connected(self, port_file: Path) -> socket.socket:
        until = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < until and self.process.poll() is None:
            if port_file.exists() and port_file.read_text().strip():
                return socket.create_connection(("127.0.0.1", int(port_file.read_text())), ANSWERS_WITHIN_S)
            time.sleep(0.1)
        self.process.kill()
        raise TimeoutError("Firefox did not start")

    def _received(self) -> Any:
        head = b""
        while not head.endswith(b":"):
            head += self.socket.recv(1)
        length, body = int(head[:-1]), b""
        while len(body) < length:
            body += self.socket.recv(length - len(body))
        return json.loads(body)

    def send(self, command: str, parameters: dict[str, Any] | None = None) -> Any:
        """Send one command and return its result."""
        self.number += 1
        data = json.dumps([0, self.number, command, parameters or {}]).encode()
        self.socket.sendall(f"{len(data)}:".encode() + data)
        _, _, error, result = self._received()
        if error:
            raise RuntimeError(f"{command}: {error}")
        return result

    def open(self, url: str) -> None:
        """Open a page and wait for its `load`."""
        self.send("WebDriver:Navigate", {"url": url})

    def evaluate(self, script: str) -> Any:
        """Return what a function body returns in the page."""
        return self.send("WebDriver:ExecuteScript", {"script": script, "args": [], "sandbox": None})["value"]

    def errors(self) -> list[str]:
        """Return what the console holds of errors and warnings that a page of ours caused."""
        self.send("Marionette:SetContext", {"value": "chrome"})
        found = self.evaluate(
            "return Services.console.getMessageArray().filter((m) => m instanceof Ci.nsIScriptError && /map\\.html|inline/.test(m.sourceName)).map((m) => m.errorMessage)"
        )
        self.send("Marionette:SetContext", {"value": "content"})
        return list(found)

    def screenshot(self) -> bytes:
        """Return the window as PNG."""
        return base64.b64decode(self.send("WebDriver:TakeScreenshot", {"full": False})["value"])

    def close(self) -> None:
        """End the browser."""
        try:
            self.send("Marionette:Quit", {"flags": ["eForceQuit"]})
        finally:
            self.socket.close()
            self.process.wait(20)
