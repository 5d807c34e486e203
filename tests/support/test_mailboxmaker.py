#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The made mailboxes are the same each time, are valid mail, and have in them what a mail program must cope with."""

import email
import email.header
import email.policy
import os
import pathlib
import re
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "mailserver"))
import mailboxmaker  # noqa: E402 - found through the line above


class MailboxMaker(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.place = pathlib.Path(directory.name)
        cls.digest = mailboxmaker.make(cls.place / "a", 1234, "small")
        cls.files = sorted((cls.place / "a/cur").iterdir(), key=lambda f: int(re.search(r"M(\d+)P", f.name)[1]))
        cls.messages = [email.message_from_bytes(f.read_bytes(), policy=email.policy.default) for f in cls.files]

    def test_same_arguments_same_bytes(self):
        self.assertEqual(mailboxmaker.make(self.place / "same", 1234, "small"), self.digest)
        self.assertNotEqual(mailboxmaker.make(self.place / "other", 1234, "small", seed=2), self.digest)
        again = {f.name: f.read_bytes() for f in (self.place / "same/cur").iterdir()}
        self.assertEqual(again, {f.name: f.read_bytes() for f in self.files})

    def test_every_count_is_exact(self):
        for count in (1, 49, 50, 51):
            mailboxmaker.make(self.place / f"count{count}", count, "real")
            self.assertEqual(len(os.listdir(self.place / f"count{count}/cur")), count)
        for count in (0, 1_000_001):
            self.assertRaises(ValueError, mailboxmaker.make, self.place / "never", count)

    def test_names_tell_the_size_and_the_uid_list_names_all(self):
        for file in self.files:
            data = file.read_bytes()
            self.assertIn(f",S={len(data)},W={len(data) + data.count(10)}:2,", file.name)
        lines = (self.place / "a/dovecot-uidlist").read_text(encoding="ascii").splitlines()
        self.assertIn(" N1235 ", lines[0])
        self.assertEqual([line.split(" :") for line in lines[1:]],
                         [[str(uid), file.name.split(":")[0]] for uid, file in enumerate(self.files, 1)])

    def test_everything_is_valid_mail(self):
        ids = set()
        for message in self.messages:
            for part in message.walk():
                self.assertEqual(part.defects, [])
                if part.get_content_maintype() == "text":
                    self.assertNotIn("\ufffd", part.get_content())
            for name in ("From", "To", "Subject", "Date", "Message-ID"):
                self.assertEqual(len(message.get_all(name)), 1)
            self.assertLess(max(len(line) for line in message.as_string().split("\n\n", 1)[0].splitlines()), 400)
            ids.add(message["Message-ID"])
        self.assertEqual(len(ids), len(self.messages))

    def test_encoded_words_keep_to_their_limit_and_to_whole_letters(self):
        text = "Çok uzun, ığüşöç dolu bir konu başlığı: " * 5
        for style in "BQ":
            for charset in ("utf-8", "iso-8859-9"):
                words = mailboxmaker.encoded_words(text, style, charset).split("\n ")
                self.assertLessEqual(max(map(len, words)), 75)
                decoded = [email.header.decode_header(word)[0] for word in words]
                self.assertEqual("".join(data.decode(found) for data, found in decoded), text)

    def test_answers_belong_to_earlier_messages(self):
        seen, answers = set(), 0
        for message in self.messages:
            if message["In-Reply-To"]:
                answers += 1
                self.assertIn(message["In-Reply-To"], seen)
                self.assertEqual(message["References"].split()[-1], message["In-Reply-To"])
            seen.add(message["Message-ID"])
        self.assertGreater(answers, len(self.messages) / 5)

    def test_has_what_a_mail_program_must_cope_with(self):
        raw = [file.read_bytes() for file in self.files]
        for what in (rb"^Subject: =\?utf-8\?B\?", rb"^Subject: =\?iso-8859-9\?Q\?", rb"^From: =\?utf-8\?Q\?",
                     rb"^From: \"[^\"]*[\x80-\xff]", rb"^From: [a-z]", rb"^Subject: Ynt: ", rb"^Cc:", rb"^List-Id:",
                     rb"^List-Unsubscribe:", rb"text/html", rb"multipart/alternative", rb"multipart/mixed",
                     rb"filename\*=utf-8''", rb"filename=\"=\?utf-8", rb"charset=iso-8859-9", rb"Encoding: 8bit"):
            self.assertTrue(any(re.search(what, data, re.MULTILINE) for data in raw), what)
        flags = [file.name.rpartition(",")[2] for file in self.files]
        self.assertTrue({"", "S", "RS", "FS"} <= set(flags), set(flags))

    def test_real_profile_has_a_long_tail(self):
        mailboxmaker.make(self.place / "real", 400, "real")
        sizes = sorted(f.stat().st_size for f in (self.place / "real/cur").iterdir())
        self.assertGreater(sizes[200], 4_000)
        self.assertGreater(sizes[-1], 200_000)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
