# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes mailboxes that look like people's own: conversations, notices, newsletters, mailing lists; Turkish and other
names, HTML, attachments, several charsets and encodings, flags.

The same arguments give the same bytes, names, times and UIDs. The mailbox is a Maildir with Dovecot's list of UIDs; it is made
in blocks that depend on nothing but their number, so that all processors can work on it."""

import base64
import hashlib
import multiprocessing
import os
import quopri
import random
import time
from email.utils import formatdate

from phrases import (FAMILY, FILES, GIVEN, LANGUAGES, LIST, NEWS, NOTICE, PEOPLE_DOMAINS, SHOP_DOMAINS, SHOPS, TALK)

PROFILES = ("small", "real")
LARGEST = 1_000_000
BLOCK = 50  # messages; conversations stay within one
END = 1_782_800_000  # 2026-06-30, the time of the newest message
INTERVAL = 45 * 60  # seconds between two messages, less when it would be over twelve years
OWNER = "=?utf-8?Q?Ay=C5=9Fe_Y=C4=B1lmaz?= <ayse@example.test>"
UID_VALIDITY = 1_700_000_000
PLAIN_LETTERS = str.maketrans("çğıöşüÇĞİIÖŞÜéøí", "cgiosuCGIIOSUeoi")


# How the bytes look in a Q word.
Q_BYTES = [chr(c) if c < 128 and chr(c).isalnum() else "_" if c == 32 else f"={c:02X}" for c in range(256)]


def encoded_words(text, style, charset="utf-8"):
    """RFC 2047: each word at most 75 characters and of whole letters, words on lines of their own."""
    if text.isascii():
        return text
    room = 75 - len(f"=?{charset}?{style}??=")
    words, word, used = [], b"", 0
    for letter in text:
        data = letter.encode(charset)
        size = sum(len(Q_BYTES[byte]) for byte in data) if style == "Q" else len(data) * 4 / 3
        if used + size > room - 2:  # base64 may need two more
            words.append(word)
            word, used = b"", 0
        word += data
        used += size
    words.append(word)
    return "\n ".join(
        f"=?{charset}?{style}?{base64.b64encode(w).decode() if style == 'B' else ''.join(Q_BYTES[b] for b in w)}?="
        for w in words)


def charset_for(text, dice):
    """Mostly UTF-8; a part of Turkish mail still comes in Latin-5."""
    if dice.random() < 0.1:
        try:
            text.encode("iso-8859-9")
            return "iso-8859-9"
        except UnicodeEncodeError:
            pass
    return "utf-8"


class People:
    """Everybody who writes to the owner. The same for every mailbox."""

    def __init__(self):
        dice = random.Random("people")
        self.friends, self.shops = [], []
        for number in range(300):
            name = f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}"
            local = "".join(c for c in name.translate(PLAIN_LETTERS).lower().replace(" ", ".") if c.isascii() and c != "'")
            address = f"{local.strip('.') or 'kisi'}{number}@{dice.choice(PEOPLE_DOMAINS)}"
            # Now and then a name comes raw, in quotes, the wrong way round, or not at all.
            shape = dice.random()
            if shape < 0.04:
                written = address
            elif name.isascii() or shape < 0.08:
                written = f'"{name}" <{address}>'
            else:
                written = f"{encoded_words(name, dice.choice('BQ'), charset_for(name, dice))} <{address}>"
            self.friends.append(written)
        for number, name in enumerate(SHOPS):
            self.shops.append(f"{encoded_words(name, 'Q')} <bilgi@{SHOP_DOMAINS[number % len(SHOP_DOMAINS)]}>")


class BlockMaker:
    """Makes the messages of one block, one after the other."""

    people = People()
    # Two thirds of a mailbox come from a few people.
    friend_weights = [1 / (rank + 3) for rank in range(300)]

    def __init__(self, seed, profile, count, block):
        self.dice = random.Random(f"{seed}-{profile}-{block}")
        self.seed, self.real, self.count = seed, profile == "real", count
        self.conversations = []  # (subject, people, [message ids])
        self.first = block * BLOCK
        self.interval = min(INTERVAL, 12 * 365 * 86400 // count)

    def messages(self):
        """(time, flags, bytes with LF) of each message of the block."""
        for index in range(self.first, min(self.first + BLOCK, self.count)):
            when = END - (self.count - index) * self.interval + self.dice.randrange(self.interval)
            kind = self.dice.random()
            if kind < 0.45:
                message, answered = self.talk(index, when, TALK, "")
            elif kind < 0.55:
                message, answered = self.talk(index, when, LIST, "List-Id: <devel.dev.example.com>\n"
                                           "List-Unsubscribe: <mailto:devel-leave@dev.example.com>\nPrecedence: list\n")
            else:
                message, answered = self.broadcast(index, when, NEWS if kind < 0.75 else NOTICE), False
            yield when, self.flags(index, answered), message

    def flags(self, index, answered):
        """As the letters of a Maildir name. The newest ones are mostly unread."""
        seen = self.dice.random() < (0.3 if self.count - index <= 20 else 0.85)
        return ("F" if self.dice.random() < 0.03 else "") + ("R" if seen and answered else "") + ("S" if seen else "")

    def talk(self, index, when, subjects, extra):
        """A message of a conversation, often an answer; with an attachment once in a while."""
        dice = self.dice
        message_id = f"<{index}.{dice.getrandbits(48):012x}@{dice.choice(PEOPLE_DOMAINS)}>"
        open_ones = [c for c in self.conversations if c[3] is subjects]
        if open_ones and dice.random() < 0.6:
            subject, partners, ids, _ = dice.choice(open_ones)
            # Turkish Outlook answers with Ynt:, some people with several prefixes.
            subject = dice.choice(("Re: ", "Re: ", "Ynt: ", "RE: ", "Re: Ynt: ")) + subject
            extra += f"In-Reply-To: {ids[-1]}\nReferences: " + "\n ".join(ids[-10:]) + "\n"
            ids.append(message_id)
        else:
            subject = dice.choice(subjects).format(n=dice.randrange(1, 9999))
            partners = dice.choices(self.people.friends, self.friend_weights, k=dice.choice((1, 1, 1, 2, 3)))
            self.conversations.append((subject, partners, [message_id], subjects))
        to = OWNER if len(partners) < 2 else f"{OWNER},\n {partners[1]}"
        if len(partners) > 2:
            extra += f"Cc: {partners[2]}\n"
        text = self.letter(personal=True)
        style = dice.random()
        if style < 0.12:
            body = self.multipart("mixed", [self.text_part("plain", text), self.attachment()])
        elif style < 0.4:
            body = self.multipart("alternative", [self.text_part("plain", text), self.text_part("html", self.html(text))])
        else:
            body = self.text_part("plain", text)
        return self.head(when, dice.choice(partners), to, subject, message_id, extra) + body, dice.random() < 0.3

    def broadcast(self, index, when, subjects):
        """A newsletter or a notice: HTML with an unsubscribe link."""
        dice = self.dice
        subject = dice.choice(subjects).format(n=dice.randrange(10, 99999))
        domain = dice.choice(SHOP_DOMAINS)
        extra = (f"List-Unsubscribe: <https://{domain}/cik/{dice.getrandbits(40):x}>, <mailto:cik@{domain}>\n"
                 "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n")
        text = self.letter(personal=False)
        html = self.text_part("html", self.html(text, pictures=dice.randrange(1, 6)))
        body = html if dice.random() < 0.25 else self.multipart("alternative", [self.text_part("plain", text), html])
        return self.head(when, dice.choice(self.people.shops), OWNER, subject,
                         f"<{index}.{dice.getrandbits(48):012x}@{domain}>", extra) + body

    def head(self, when, sender, to, subject, message_id, extra):
        dice = self.dice
        style = dice.choice("BBQ")
        subject = encoded_words(subject, style, charset_for(subject, dice))
        received = ""
        if self.real:
            received = (f"Return-Path: <bounce-{dice.getrandbits(32):x}@mx.example.org>\nDelivered-To: ayse@example.test\n"
                        "Authentication-Results: mx.example.test; spf=pass; dkim=pass; dmarc=pass\n"
                        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=s1;\n"
                        f" h=from:to:subject:date; bh={self.noise(32)};\n b={self.noise(48)}\n {self.noise(48)}\n"
                        f" {self.noise(48)}\n {self.noise(48)}\n")
        for hop in range(2 if self.real else 1):
            received += (f"Received: from mx{hop}.example.org (mx{hop}.example.org [192.0.2.{dice.randrange(1, 255)}])\n"
                         f"\tby mail.example.test with ESMTPS id {dice.getrandbits(40):010X}\n\tfor <ayse@example.test>; "
                         f"{formatdate(when + hop)}\n")
        zone = dice.choice((3, 3, 3, 3, 0, 1, -5))
        date = formatdate(when - 2 + zone * 3600)[:-5] + f"{zone * 100:+05d}"
        return (f"{received}From: {sender}\nTo: {to}\nSubject: {subject}\nDate: {date}\nMessage-ID: {message_id}\n{extra}"
                "MIME-Version: 1.0\n").encode()

    def letter(self, personal):
        dice = self.dice
        # Real letters have a long tail: most are short, some are essays.
        paragraphs = min(40, 1 + int(dice.expovariate(0.25 if self.real else 0.8)))
        language = dice.choices(LANGUAGES, (3, 1))[0]
        lines = [language["greeting"], ""]
        for _ in range(paragraphs):
            lines += [" ".join(dice.choices(language["sentences"], k=dice.randrange(1, 4))), ""]
        if personal and dice.random() < 0.3:
            lines += [language["wrote"]] + ["> " + s for s in dice.choices(language["sentences"], k=3)] + [""]
        return "\n".join(lines) + ("\n-- \nPostacı\n" if dice.random() < 0.2 else "")

    def html(self, text, pictures=0):
        dice = self.dice
        paragraphs = "".join(
            f'<tr><td style="padding:12px 24px;font-family:Arial,sans-serif;font-size:14px;color:#{dice.getrandbits(20):06x}">'
            f"<p>{p.replace('&', '&amp;').replace('<', '&lt;')}</p></td></tr>\n" for p in text.split("\n\n"))
        images = "".join(f'<tr><td><a href="https://www.magaza.example/u/{dice.getrandbits(40):x}"><img width="560" '
                         f'src="https://img.magaza.example/{dice.getrandbits(40):x}.jpg" alt="Ürün {n}"></a></td></tr>\n'
                         for n in range(pictures))
        # A designed newsletter is mostly style.
        style = "".join(f".c{n}{{padding:{n}px;margin:{dice.randrange(40)}px;color:#{dice.getrandbits(24):06x}}}\n"
                        for n in range(dice.randrange(60, 600) if pictures and self.real else 4))
        return ('<!DOCTYPE html>\n<html lang="tr"><head><meta charset="utf-8"><style>\nbody{margin:0;background:#f4f4f4}\n'
                f'{style}</style></head><body>\n<table width="600" align="center" cellpadding="0" cellspacing="0">\n'
                f"{images}{paragraphs}</table></body></html>\n")

    def text_part(self, subtype, text):
        dice = self.dice
        charset = charset_for(text, dice)
        data = text.encode(charset)
        way = dice.random()
        if way < 0.5:
            encoding, data = "quoted-printable", quopri.encodestring(data)
        elif way < 0.75 or charset != "utf-8":
            encoding, data = "base64", base64.encodebytes(data)
        else:
            encoding = "8bit"
        return (f"Content-Type: text/{subtype}; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n".encode()
                + data)

    def attachment(self):
        dice = self.dice
        name, kind = dice.choice(FILES)
        size = min(6_000_000, int(dice.lognormvariate(11, 1.4))) if self.real else dice.randrange(200, 1500)
        if kind.startswith("text/"):
            kind, data = f"{kind}; charset=utf-8", self.letter(personal=False).encode()
        else:
            data = dice.randbytes(size)
        if dice.random() < 0.5:  # as Outlook does it, against RFC 2047
            named = f'name="{encoded_words(name, "B")}"'
        else:  # RFC 2231
            named = "name*=utf-8''" + "".join(
                c if c.isascii() and c.isalnum() or c == "." else "".join(f"%{b:02X}" for b in c.encode()) for c in name)
        return (f"Content-Type: {kind}; {named}\nContent-Disposition: attachment; file{named}\n"
                "Content-Transfer-Encoding: base64\n\n").encode() + base64.encodebytes(data)

    def multipart(self, subtype, parts):
        boundary = f"=_{self.dice.getrandbits(64):016x}"
        body = b"".join(f"--{boundary}\n".encode() + part + b"\n" for part in parts)
        return f'Content-Type: multipart/{subtype}; boundary="{boundary}"\n\n'.encode() + body + f"--{boundary}--\n".encode()

    def noise(self, size):
        return base64.b64encode(self.dice.randbytes(size)).decode("ascii")


def write_block(arguments):
    """Writes one block into cur/; its lines of the UID list and a digest of everything."""
    directory, seed, profile, count, block = arguments
    maker = BlockMaker(seed, profile, count, block)
    lines, digest = [], hashlib.sha256()
    for uid, (when, flags, data) in enumerate(maker.messages(), maker.first + 1):
        name = f"{when}.M{uid}P1.made,S={len(data)},W={len(data) + data.count(10)}"
        path = f"{directory}/cur/{name}:2,{flags}"
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        os.write(file, data)
        os.close(file)
        os.utime(path, (when, when))
        lines.append(f"{uid} :{name}\n")
        digest.update(f"{name}{flags}".encode() + data)
    return "".join(lines), digest.digest()


def make(directory, count, profile="small", seed=1):
    """Writes a Maildir into a new directory; returns a digest of everything in it."""
    if not 1 <= count <= LARGEST:
        raise ValueError(f"a mailbox has 1 to {LARGEST} messages")
    for folder in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(directory, folder))
    digest = hashlib.sha256()
    blocks = [(directory, seed, profile, count, block) for block in range(-(-count // BLOCK))]
    with (multiprocessing.Pool() as pool,
          open(os.path.join(directory, "dovecot-uidlist"), "w", encoding="ascii") as uids):
        uids.write(f"3 V{UID_VALIDITY} N{count + 1} G{hashlib.md5(str(seed).encode()).hexdigest()}\n")
        for lines, part in pool.imap(write_block, blocks, chunksize=8):
            uids.write(lines)
            digest.update(part)
    return digest.hexdigest()


def measure(count, profile, seed, directory):
    """For people: makes one and says what came out."""
    start = time.monotonic()
    digest = make(directory, count, profile, seed)
    seconds = time.monotonic() - start
    sizes = sorted(entry.stat().st_size for entry in os.scandir(os.path.join(directory, "cur")))
    return {"messages": count, "seconds": round(seconds, 2), "bytes": sum(sizes), "median": sizes[count // 2],
            "largest": sizes[-1], "digest": digest}
