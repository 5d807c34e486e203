# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A network of one's own: the program runs again inside bubblewrap, where every address of the internet is this machine, so
that the names, ports and certificates of the tests are the real ones and nothing can get out."""

import ctypes
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

INSIDE = "POSTACI_INTERNET"
SKIPPED = 77  # exit code, see SKIP_RETURN_CODE
CERTIFICATES = "/etc/ssl/certs"
CAPABILITIES = ("CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_NET_BIND_SERVICE")
# Ordinary addresses, so that nothing takes the tests' servers for machines of a private network.
OUR_IPV4, OUR_IPV6 = "11.0.0.1", "2600:1::1"
RESOLVER = "nameserver 127.0.0.1\n"
PR_SET_CHILD_SUBREAPER = 36


def enter():
    """Runs this very program again in a network of its own and exits with its result. Inside, returns a directory that goes
    when the program ends.

    Where the system has no namespaces for us, the test is skipped with a line that says so; but never under CI."""
    if INSIDE in os.environ:
        return pathlib.Path(os.environ[INSIDE])
    problem = _problem()
    if problem:
        print(f"SKIPPED: no network namespace here: {problem}", flush=True)
        sys.exit(1 if os.environ.get("CI") == "true" else SKIPPED)

    # The servers of the inner program come to us when it dies, and end with us.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    directory = pathlib.Path(tempfile.mkdtemp(prefix="postaci-net-"))
    try:
        os.chmod(directory, 0o755)  # mail servers change user
        binds = _prepare(directory)
        command = [*_bwrap(), *binds, "--setenv", INSIDE, str(directory), "--", *sys.orig_argv]
        inner = subprocess.Popen(command)
        try:
            sys.exit(inner.wait())
        finally:
            if inner.poll() is None:
                inner.terminate()
                inner.wait()
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def set_up():
    """Inside: every address leads to this machine. What nobody listens on is refused, as by a computer without that server."""
    for command in (
            "link set lo up",
            f"addr replace {OUR_IPV4}/32 dev lo",
            f"-6 addr replace {OUR_IPV6}/128 dev lo nodad",
            f"route replace local default dev lo src {OUR_IPV4}",
            f"-6 route replace local default dev lo src {OUR_IPV6}"):
        subprocess.run(["ip", *command.split()], check=True)


def set_ipv6(on):
    """Without it the machine has no way to any IPv6 address, as in most homes."""
    if on:
        set_up()
        return
    for command in ("-6 route del local default dev lo", f"-6 addr del {OUR_IPV6}/128 dev lo"):
        subprocess.run(["ip", *command.split()], check=False, stderr=subprocess.DEVNULL)


def set_resolver(text=RESOLVER):
    """What /etc/resolv.conf says from now on."""
    (pathlib.Path(os.environ[INSIDE]) / "resolv.conf").write_text(text, encoding="ascii")


def trust(root_pem):
    """From now on every program believes this issuer, as it does those that come with the system."""
    with open(f"{CERTIFICATES}/ca-certificates.crt", "ab") as bundle:
        bundle.write(root_pem)
    own = pathlib.Path(CERTIFICATES, "postaci-test-root.pem")
    own.write_bytes(root_pem)
    name = subprocess.run(["openssl", "x509", "-noout", "-hash", "-in", own], check=True, capture_output=True, text=True)
    link = pathlib.Path(CERTIFICATES, f"{name.stdout.strip()}.0")
    link.unlink(missing_ok=True)
    link.symlink_to(own.name)


def _bwrap():
    command = ["bwrap", "--die-with-parent", "--unshare-net", "--dev-bind", "/", "/"]
    if os.geteuid() == 0:
        return [*command, "--cap-add", "ALL"]  # the mail servers change user
    command.append("--unshare-user")
    for capability in CAPABILITIES:
        command += ["--cap-add", capability]
    return command


def _problem():
    """Why there can be no namespace; empty if there can."""
    for program in ("bwrap", "ip"):
        if not shutil.which(program):
            return f"{program} is not installed"
    tried = subprocess.run([*_bwrap(), "--", "ip", "addr", "add", "11.0.0.1/32", "dev", "lo"], check=False,
                           capture_output=True, text=True)
    return tried.stderr.strip() or ("bwrap failed" if tried.returncode else "")


def _prepare(directory):
    """The files that say where names and trust come from."""
    (directory / "resolv.conf").write_text(RESOLVER, encoding="ascii")
    (directory / "hosts").write_text("127.0.0.1 localhost\n::1 localhost\n", encoding="ascii")
    certificates = directory / "certs"
    shutil.copytree(CERTIFICATES, certificates, symlinks=True)
    binds = []
    for name, place in (("resolv.conf", "/etc/resolv.conf"), ("hosts", "/etc/hosts"), ("certs", CERTIFICATES)):
        binds += ["--bind", str(directory / name), os.path.realpath(place)]
    return binds
