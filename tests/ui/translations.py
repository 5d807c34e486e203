#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The .ts files are up to date with the sources, and every Turkish text and every plural form is there.

    translations.py check|update LUPDATE REPOSITORY
"""

import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml


def lupdate(tool, repository, language, target, options):
    command = [tool, "-silent", "-no-obsolete", "-locations", "none", *options,
               "-I", str(repository), "-recursive", str(repository / "ui"), str(repository / "app"),
               "-source-language", "en", "-target-language", language, "-ts", str(target)]
    subprocess.run(command, check=True, cwd=repository)


def messages(path):
    for context in xml.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name"), message


def keys(path):
    return {(context, m.findtext("source"), m.findtext("comment")) for context, m in messages(path)}


def unfinished(path):
    for context, message in messages(path):
        translation = message.find("translation")
        forms = [f.text for f in translation.iter("numerusform")] if message.get("numerus") else [translation.text]
        if translation.get("type") == "unfinished" or not forms or not all(f and f.strip() for f in forms):
            yield f"{path.name}: no translation in {context}: {message.findtext('source')}"
        for form in filter(None, forms):
            for place in ("%1", "%2", "%3"):
                # %n may be left out of a form; a place for a value may not.
                if (place in message.findtext("source")) != (place in form):
                    yield f"{path.name}: {place} got lost in {context}: {message.findtext('source')}"


def main():
    action, tool, repository = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    languages = {"tr": ("tr_TR", []), "en": ("en_US", ["-pluralonly"])}
    problems = []
    for language, (locale, options) in languages.items():
        file = repository / "translations" / f"postaci_{language}.ts"
        if action == "update":
            lupdate(tool, repository, locale, file, options)
            continue
        with tempfile.TemporaryDirectory() as folder:
            fresh = pathlib.Path(folder) / file.name
            lupdate(tool, repository, locale, fresh, options)
            wanted, there = keys(fresh), keys(file)
            if language == "tr" and len(wanted) < 50:
                problems.append(f"only {len(wanted)} texts were found in the sources")
            problems += [f"{file.name}: missing: {k}" for k in sorted(map(str, wanted - there))]
            problems += [f"{file.name}: no longer used: {k}" for k in sorted(map(str, there - wanted))]
        problems += unfinished(file)
    for problem in problems:
        print(problem)
    if problems:
        print("bring the files up to date with: scripts/build dev update_translations")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
