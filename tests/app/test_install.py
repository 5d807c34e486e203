# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `cmake --install` puts in place is whole, well-formed, and starts."""

import configparser
import os
import pathlib
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree

BUILD = os.environ["POSTACI_BUILD"]
VERSION = os.environ["POSTACI_VERSION"]
ID = "org.postaci.Postaci"


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory(prefix="postaci-install-")
        cls.addClassCleanup(directory.cleanup)
        cls.prefix = pathlib.Path(directory.name)
        subprocess.run(["cmake", "--install", BUILD, "--prefix", cls.prefix], check=True, stdout=subprocess.DEVNULL)

    def test_programs_start_and_know_their_version(self):
        for name in ("postaci", "postaci-cli"):
            answer = subprocess.run([self.prefix / "bin" / name, "--version"], capture_output=True, text=True, timeout=20)
            self.assertEqual((answer.returncode, answer.stdout), (0, f"{name} {VERSION}\n"))

    def test_desktop_entry_names_what_is_installed(self):
        parser = configparser.ConfigParser(interpolation=None)
        parser.optionxform = str
        parser.read(self.prefix / f"share/applications/{ID}.desktop", encoding="utf-8")
        entry = parser["Desktop Entry"]
        program, argument = entry["Exec"].split()
        self.assertTrue(os.access(self.prefix / "bin" / program, os.X_OK))
        self.assertEqual(argument, "%u")
        self.assertIn("x-scheme-handler/mailto;", entry["MimeType"])
        self.assertTrue((self.prefix / f"share/icons/hicolor/scalable/apps/{entry['Icon']}.svg").is_file())
        for key in ("GenericName", "Comment", "Keywords"):
            self.assertTrue(entry[key] and entry[f"{key}[tr]"])

    def test_metainfo_fits_the_program(self):
        root = xml.etree.ElementTree.parse(self.prefix / f"share/metainfo/{ID}.metainfo.xml").getroot()
        self.assertEqual(root.findtext("id"), ID)
        self.assertEqual(root.findtext("launchable"), f"{ID}.desktop")
        self.assertEqual(root.find("releases/release").get("version"), VERSION)


if __name__ == "__main__":
    unittest.main(verbosity=2)
