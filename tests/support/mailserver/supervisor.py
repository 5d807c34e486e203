# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The process that owns the servers: it starts them, and ends them when told to, when the watched parent dies, or when
one of them dies. Should it be killed itself, its own parent, the guardian, ends them."""

import os
import select
import signal
import socket
import subprocess
import sys
import time

PATIENCE = 15  # seconds


def supervise(site, plan, parent, report):
    """Runs until the servers are to end. The plan is a list of (command, its ports); each server answers before the
    next one starts. `report` is called once: with None when all are up, else with a text."""
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    watched = [wake_read]
    try:
        if parent:
            watched.append(os.pidfd_open(parent))
    except ProcessLookupError:
        report(f"process {parent} is not there")
        return
    servers = []
    try:
        for command, names in plan:
            with open(site.path("log/servers.log"), "ab") as log:
                servers.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log))
            watched.append(os.pidfd_open(servers[-1].pid))
            silent = wait_for_answers(site, names, watched)
            if silent:
                report(f"no answer on {', '.join(silent)}:\n{tail(site)}")
                return
        report(None)
        select.select(watched, [], [])
    finally:
        kill_all(site)
        for server in servers:
            server.wait()


def wait_for_answers(site, names, watched):
    """The names of the ports that stay silent until the time is up, or until anything watched happens."""
    silent = list(names)
    deadline = time.monotonic() + PATIENCE
    while silent and time.monotonic() < deadline:
        silent = [name for name in silent if not answers(site.ports[name], greets=not name.endswith("s"))]
        if silent and select.select(watched, [], [], 0.01)[0]:
            break
    return silent


def answers(port, greets):
    try:
        with socket.create_connection(("127.0.0.1", port), 2) as connection:
            return not greets or connection.recv(1) != b""
    except OSError:
        return False


def processes(site):
    """Servers and supervisors that live in the site's directory, whoever started them."""
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit() or int(entry) == os.getpid():
            continue
        try:
            where = os.readlink(f"/proc/{entry}/cwd").removesuffix(" (deleted)")
            program = os.readlink(f"/proc/{entry}/exe")
            with open(f"/proc/{entry}/cmdline", "rb") as file:
                arguments = file.read().split(b"\0")
        except OSError:
            continue
        ours = program.startswith(("/usr/lib/dovecot/", "/usr/sbin/dovecot", "/usr/lib/postfix/")) or any(
            argument.endswith(b"tests/support/mailserver") for argument in arguments)
        if ours and (where == site.directory or where.startswith(site.directory + "/")):
            found.append(int(entry))
    return found


def kill_all(site):
    """Ends what is left over, and does not return before it has gone."""
    for number, patience in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        deadline = time.monotonic() + patience
        left = processes(site)
        for pid in left:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass
        while left and time.monotonic() < deadline:
            time.sleep(0.01)
            left = processes(site)  # a dead child that nobody waited for has no directory any more
        if not left:
            return
    raise SystemExit(f"mailserver: processes {left} do not end")


def tail(site):
    text = ""
    for name in ("supervisor.log", "servers.log", "dovecot.log", "postfix.log"):
        try:
            with open(site.path("log", name), encoding="utf-8", errors="replace") as file:
                text += "".join(file.readlines()[-10:])
        except FileNotFoundError:
            pass
    return text


def detach(site, run):
    """Runs run(report) in a process of its own session, with a guardian above it; returns what it reports."""
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        os.close(read_end)
        os.setsid()
        os.chdir(site.directory)
        nothing = os.open(os.devnull, os.O_RDWR)
        errors = os.open(site.path("log/supervisor.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        for target, source in ((0, nothing), (1, errors), (2, errors)):
            os.dup2(source, target)

        supervisor = os.fork()
        if supervisor != 0:
            os.close(write_end)
            os.waitpid(supervisor, 0)
            kill_all(site)
            os._exit(0)

        def report(problem):
            os.write(write_end, b"ready" if problem is None else problem.encode())
            os.close(write_end)

        status = 1
        try:
            run(report)
            status = 0
        except BaseException:  # noqa: BLE001 - the last chance to say anything
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stderr.flush()
            os._exit(status)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        answer = pipe.read().decode()
    return None if answer == "ready" else answer or tail(site) or "the supervisor died"
