#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails on an #include that the architecture forbids (docs/architecture.md), on an over-long file, and on a source
file without its licence line. The linker would miss all three: a header-only leak links."""

import pathlib
import re
import sys

# Folder -> the project folders it may include, besides itself.
ALLOWED = {
    "core/base": [],
    "core/mail": ["core/base"],
    "core/settings": ["core/base", "core/mail"],
    "core/net": ["core/base", "core/mail"],
    "core/mime": ["core/base", "core/mail"],
    "core/store": ["core/base", "core/mail"],
    "core/smtp": ["core/base", "core/mail", "core/net"],
    "core/imap": ["core/base", "core/mail", "core/net"],
    "core/discovery": ["core/base", "core/mail", "core/net"],
    "core/pop3": ["core/base", "core/mail", "core/net"],
    "core/sync": ["core/base", "core/mail", "core/settings", "core/net", "core/mime", "core/store", "core/smtp", "core/imap", "core/pop3",
        "core/discovery"],
    "ui": ["core/base", "core/mail", "core/settings", "core/mime", "core/store", "core/discovery", "core/sync"],
    "app": ["core/base", "core/mail", "core/settings", "core/mime", "core/store", "core/discovery", "core/sync", "ui"],
}

# Headers of a library -> the only folder that may include them.
OWNERS = {
    r"^(KIMAP/|kimap|KJob|kjob|KMime)": "core/imap",
    r"^gmime/": "core/mime",
    r"^gumbo": "core/mime",
    r"^sasl/": "core/net",
    r"^libpsl": "core/discovery",
    r"^(SQLiteCpp/|sqlite3)": "core/store",
    r"^(QSsl|QTcp)": "core/net",
    r"^Q(Abstract)?OAuth": "core/net",
    r"^(qt6keychain/|qtkeychain/|keychain)": "core/settings",
    r"^kdsingleapplication": "app",
    r"^(QtWidgets/|QApplication$|QWidget$|QMainWindow$|QDialog$)": "ui",
}
# Exceptions, each with its reason.
SHARED = {
    ("core/imap", r"^QTcp"): "the gate's loopback listener",
    ("app", r"^(QApplication|QWidget)"): "the composition root makes the QApplication",
    ("core/discovery", r"^QSsl"): "the names in a certificate",
    ("core/sync", r"^QSsl"): "engine options carry the trusted roots",
    ("app", r"^QSsl"): "the command line's --ca file",
}
LINES_LIMIT = 1000


def area(path):
    parts = path.parts
    return "/".join(parts[:2]) if parts[0] == "core" else parts[0]


def main():
    root = pathlib.Path(sys.argv[1])
    problems = []
    files = [p for top in ("core", "ui", "app", "tests") for p in sorted((root / top).rglob("*")) if p.suffix in (".h", ".cpp")]
    if len(files) < 10:
        problems.append(f"only {len(files)} source files found under {root}")
    for file in files:
        path = file.relative_to(root)
        text = file.read_text(encoding="utf-8")
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in text[:400]:
            problems.append(f"{path}: no licence line")
        if text.count("\n") > LINES_LIMIT:
            problems.append(f"{path}: over {LINES_LIMIT} lines")
        where = area(path)
        if where == "tests":
            continue
        if where.startswith("core/") and re.search(r"\btr\(|QCoreApplication::translate", text):
            problems.append(f"{path}: sentences for people are made in ui, from typed errors")
        for number, line in enumerate(text.splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*[<"]([^">]+)[">]', line)
            if not match:
                continue
            header = match.group(1)
            if re.match(r"(core|ui|app|tests)/", header):
                target = area(pathlib.PurePosixPath(header))
                if target != where and target not in ALLOWED[where]:
                    problems.append(f"{path}:{number}: {where} must not include {header}")
            for pattern, owner in OWNERS.items():
                if re.match(pattern, header) and where != owner and not any(
                        where == w and re.match(p, header) for w, p in SHARED):
                    problems.append(f"{path}:{number}: only {owner} includes <{header}>")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
