# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One connection of a server: lines in and out, TLS, and the record of all that came."""

import contextlib
import socket
import ssl
import threading
import time
import traceback

from tests.support.internet.certificates import is_good_for
from tests.support.internet.world import Door

IPV6_FREEBIND = 78  # linux/in6.h
PATIENCE = 60  # seconds; longer than any test waits


class Gone(Exception):
    """The other side has ended the connection."""


class Wire:
    def __init__(self, connection, entry, authority, server, names):
        self._socket = connection
        self._socket.settimeout(PATIENCE)
        self._buffer = b""
        self._authority = authority
        self._server = server
        self._names = names
        self.entry = entry

    @property
    def tls(self):
        return self.entry.tls

    def start_tls(self):
        context = self._authority.context(self._server.certificate, self._names,
                                          old_tls=self._server.old_tls)
        context.sni_callback = _note_name
        self._buffer = b""
        try:
            self._socket = context.wrap_socket(self._socket, server_side=True, do_handshake_on_connect=False)
            self._socket.entry = self.entry
            self._socket.do_handshake()
        except (OSError, ssl.SSLError) as problem:
            self.entry.tls_problem = str(problem)
            raise Gone from problem
        self.entry.tls = True
        self.entry.verified = is_good_for(self._server.certificate, self._names, self.entry.sni)

    def line(self):
        """One line without its end."""
        while b"\n" not in self._buffer:
            self._receive()
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.rstrip(b"\r").decode("utf-8", "surrogateescape")

    def block(self, size):
        while len(self._buffer) < size:
            self._receive()
        data, self._buffer = self._buffer[:size], self._buffer[size:]
        return data

    def send(self, *lines):
        """Lines that get their ends here; all in one packet, where it has room."""
        self.send_raw("".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogateescape"))

    def send_raw(self, data):
        try:
            self._socket.sendall(data)
        except OSError as problem:
            raise Gone from problem

    def listen(self):
        """Says nothing more, and only records, until the other side goes."""
        while True:
            self._buffer = b""
            self._receive()

    def relay(self, port):
        """Passes everything on to a real server on this machine, and back."""
        with socket.create_connection(("127.0.0.1", port)) as server:
            server.settimeout(PATIENCE)
            # TLS can be read and written at once as long as each way has one thread.
            back = threading.Thread(target=self._pass_back, args=(server,), daemon=True)
            back.start()
            with contextlib.suppress(Gone, OSError):
                while True:
                    if not self._buffer:
                        self._receive()
                    data, self._buffer = self._buffer, b""
                    server.sendall(data)
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_WR)
            back.join(5)

    def _pass_back(self, server):
        with contextlib.suppress(OSError, Gone):
            while data := server.recv(65536):
                self.send_raw(data)
        self.close()

    def close(self):
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        with contextlib.suppress(OSError):
            self._socket.close()

    def _receive(self):
        try:
            data = self._socket.recv(65536)
        except OSError as problem:
            raise Gone from problem
        if not data:
            raise Gone
        self.entry.add(data)
        self._buffer += data


class Listener:
    """One port of one machine. `serve(wire)` talks on it, in a thread for each connection."""

    def __init__(self, address, port, door, host, server, serve, authority, record):
        self._door = door
        self._host = host
        self._server = server
        self._serve = serve
        self._authority = authority
        self._record = record
        self._port = port
        self._connections = set()
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._socket = socket.socket(family)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            self._socket.setsockopt(socket.IPPROTO_IPV6, IPV6_FREEBIND, 1)  # the address is only a route to us
        self._socket.bind((address, port))
        self._filler = None
        if door is Door.DROPPED:
            self._drop_everything(family, address)
        else:
            self._socket.listen(64)
            threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        for end in (self._socket, self._filler, *list(self._connections)):
            if end:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()

    def _drop_everything(self, family, address):
        """A queue that is full: the kernel drops further first packets, as a firewall does."""
        self._socket.listen(0)
        self._filler = socket.socket(family)
        self._filler.connect((address, self._port))

    def _accept(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._connections.add(connection)
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection):
        entry = self._record.conversation(type(self._server).__name__, self._host.split()[0], self._port)
        wire = Wire(connection, entry, self._authority, self._server, self._host.split())
        try:
            if self._door is Door.SILENT:
                wire.listen()
            if self._door is Door.TLS:
                wire.start_tls()
            time.sleep(self._server.delay)
            self._serve(wire, self._server, self._door)
        except Gone:
            pass
        except Exception:  # noqa: BLE001 - told at the end of the world
            self._record.faults.append(traceback.format_exc())
        wire.close()
        self._connections.discard(connection)


def _note_name(tls, name, _):
    tls.entry.sni = name or ""
