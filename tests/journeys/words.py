# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program says in a language, so that one journey is walked in all of them."""

import pathlib
import xml.etree.ElementTree

TRANSLATIONS = pathlib.Path(__file__).parents[2] / "translations"
NAMES = {"en": "English", "tr": "Türkçe"}


class Words:
    """`say("Sign in to %1", name)` is the sentence as the program shows it, without the mark of the access key."""

    def __init__(self, language):
        self.language = language
        self.name = NAMES[language]
        self._found = {}
        tree = xml.etree.ElementTree.parse(TRANSLATIONS / f"postaci_{language}.ts")
        for context in tree.iter("context"):
            area = context.findtext("name").removeprefix("postaci::")
            for message in context.iter("message"):
                translation = message.find("translation")
                if message.get("numerus") == "yes" or translation.get("type") in ("vanished", "obsolete"):
                    continue
                text = translation.text or message.findtext("source")
                self._found.setdefault(message.findtext("source"), {})[area] = text

    def __call__(self, source, *arguments, area=None):
        """`area`: the class that says it, where several say it differently."""
        found = self._found.get(source) or self._found.get(f"&{source}") or self._with_key(source)
        if self.language == "en" and not found:
            found = {"": source}
        assert found, f"the program never says '{source}'"
        texts = {found[area]} if area in found else set(found.values())
        assert len(texts) == 1, f"'{source}' is said in several ways: {found}"
        text = texts.pop().replace("&&", "\0").replace("&", "").replace("\0", "&")
        for number, argument in enumerate(arguments, 1):
            text = text.replace(f"%{number}", str(argument))
        return text

    def _with_key(self, source):
        """English sources have their access key somewhere in the middle: "Set up by &hand"."""
        return next((found for text, found in self._found.items() if text.replace("&", "") == source), None)
