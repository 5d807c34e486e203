# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop session of its own for one journey: home, message bus, display, window manager and an unlocked keyring,
all in a temporary directory, and all gone at the end, whatever happens."""

import ctypes
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

INSIDE = "POSTACI_JOURNEY_SESSION"
PR_SET_CHILD_SUBREAPER = 36


def run_in_own_session(deadline):
    """Runs this very script again inside a fresh session and exits with its result; inside, returns its directory.

    `deadline`: seconds after which the session is ended by force."""
    if INSIDE in os.environ:
        return pathlib.Path(os.environ[INSIDE])

    # Orphans come to us, so that nothing that was started in the session can outlive it.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    directory = pathlib.Path(tempfile.mkdtemp(prefix="postaci-journey-"))
    try:
        inner = subprocess.Popen(sys.orig_argv, env=_environment(directory))
        try:
            sys.exit(inner.wait(timeout=deadline))
        except subprocess.TimeoutExpired:
            print(f"FAILED: not done after {deadline} s", flush=True)
            sys.exit(1)
    finally:
        _end_descendants()
        shutil.rmtree(directory, ignore_errors=True)


def start_desktop(directory, scale=1):
    """Display, message bus, window manager and keyring. The processes live as long as the session. `scale`: how many times
    the usual resolution the screen has."""
    log = (directory / "desktop.log").open("wb")
    os.environ["DISPLAY"] = ":" + _start_and_read_line(
        ["Xvfb", "-displayfd", "{fd}", "-screen", "0", f"{1280 * scale}x{900 * scale}x24", "-nolisten", "tcp",
         "-noreset"], log)
    subprocess.Popen(["openbox"], stdout=log, stderr=log)
    wait_for(lambda: subprocess.run(["xdotool", "get_desktop"], capture_output=True).returncode == 0, "the window manager")
    start_keyring(log)


def start_keyring(log):
    """Message bus and keyring, for programs without windows too."""
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = _start_and_read_line(
        ["dbus-daemon", "--session", "--nofork", "--print-address={fd}"], log)
    keyring = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                               stdin=subprocess.PIPE, stdout=log, stderr=log)
    keyring.stdin.write(b"journey")
    keyring.stdin.close()
    wait_for(lambda: _owns_name("org.freedesktop.secrets"), "the keyring")


def wait_for(condition, what, timeout=20):
    """The first true value of `condition`; looks again and again until the time is over."""
    end = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {timeout} s in vain for {what}")
        time.sleep(0.05)


def _start_and_read_line(command, log):
    """Starts a server that writes where it can be found on the file descriptor {fd}."""
    read_end, write_end = os.pipe()
    subprocess.Popen([argument.format(fd=write_end) for argument in command], pass_fds=[write_end], stdout=log, stderr=log)
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        line = pipe.readline().strip()
    assert line, f"{command[0]} did not start"
    return line


def _environment(directory):
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith(("XDG_", "QT_", "DBUS_", "WAYLAND_", "KDE_", "GNOME_", "GTK_", "LC_", "LANG"))}
    for name in ("home", "run"):
        (directory / name).mkdir(mode=0o700)
    environment |= {
        INSIDE: str(directory),
        "HOME": str(directory / "home"),
        "XDG_RUNTIME_DIR": str(directory / "run"),
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "xcb",
        "QT_ACCESSIBILITY": "1",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    return environment


def _owns_name(name):
    from gi.repository import Gio, GLib
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    answer = bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
                           GLib.Variant("(s)", (name,)), None, Gio.DBusCallFlags.NONE, -1)
    return answer.unpack()[0]


def _children():
    """Processes whose parent we are; as subreaper that includes the orphans."""
    found = []
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            found.append(int(stat.parent.name))
    return found


def _end_descendants():
    end = time.monotonic() + 10
    kind = signal.SIGTERM
    while children := _children():
        for child in children:
            try:
                os.kill(child, kind)
            except ProcessLookupError:
                pass
        time.sleep(0.05)
        while True:
            try:
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    break
            except ChildProcessError:
                return
        if time.monotonic() > end - 7:
            kind = signal.SIGKILL
        if time.monotonic() > end:
            print(f"left over: {children}", flush=True)
            return
