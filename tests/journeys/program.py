# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program under test, seen and used the way a person with a screen reader, a mouse and a keyboard does."""

import os
import subprocess

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

from tests.journeys.session import wait_for

# The children of a message list are rows without end; cells are reached through the table interface.
MANY = 100


class Control:
    """One accessible object. Its attributes are read anew each time."""

    def __init__(self, node):
        self.node = node

    @property
    def name(self):
        return self.node.get_name()

    @property
    def label(self):
        """The name of the label beside it. A combo box has only this one: its own name is what is chosen."""
        for relation in self.node.get_relation_set():
            if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
                return relation.get_target(0).get_name()
        return ""

    @property
    def role(self):
        return self.node.get_role_name()

    @property
    def text(self):
        """What an editor or document shows."""
        interface = self.node.get_text_iface()
        return Atspi.Text.get_text(interface, 0, -1) if interface else self.name

    def is_(self, state):
        return self.node.get_state_set().contains(getattr(Atspi.StateType, state.upper()))

    @property
    def rows(self):
        return Atspi.Table.get_n_rows(self.node.get_table_iface())

    def cell(self, row, column=0):
        return Control(Atspi.Table.get_accessible_at(self.node.get_table_iface(), row, column))

    @property
    def box(self):
        """Where it is on the screen: x, y, width, height, in units that don't depend on its resolution."""
        return Atspi.Component.get_extents(self.node.get_component_iface(), Atspi.CoordType.SCREEN)

    def children(self):
        for index in range(self.node.get_child_count()):
            child = self.node.get_child_at_index(index)
            if child is not None:
                yield Control(child)

    def walk(self):
        yield self
        if self.node.get_child_count() <= MANY:
            for child in self.children():
                yield from child.walk()

    def click(self, button=1, times=1):
        """With the mouse, in the middle of the control: what covers it is found out that way."""
        wait_for(lambda: self.is_("showing") and self.is_("sensitive"), f"{self} to be usable")
        box = self.box
        point_at(on_screen(box.x + box.width // 2), on_screen(box.y + box.height // 2))
        xdotool("click", "--repeat", times, "--delay", 80, button)

    def focus(self):
        self.click()
        wait_for(lambda: self.is_("focused"), f"{self} to have the focus")

    def enter(self, text):
        """Replaces an editor's text. Plain ASCII goes through the keyboard."""
        self.focus()
        if text.isascii():
            xdotool("key", "--clearmodifiers", "ctrl+a")
            xdotool("type", "--delay", 5, "--clearmodifiers", text)
        else:
            Atspi.EditableText.set_text_contents(self.node.get_editable_text_iface(), text)
        if self.role != "password text":
            wait_for(lambda: self.text == text, f"{self} to contain what was typed; it has {self.text!r}")

    def type_before(self, text):
        """Adds text at the beginning of an editor, as a person does above a quoted mail."""
        self.focus()
        xdotool("key", "--clearmodifiers", "ctrl+Home")
        Atspi.EditableText.insert_text(self.node.get_editable_text_iface(), 0, text, len(text.encode()))
        wait_for(lambda: self.text.startswith(text), f"{self} to begin with what was typed")

    def __str__(self):
        return f"{self.role} '{self.name}'"


class Program:
    """One start of the program, and the search for its controls."""

    def __init__(self, command, log):
        self.process = subprocess.Popen([str(part) for part in command], stderr=log)
        self.root = wait_for(self._application, "the program to appear on the accessibility bus", timeout=30)
        wait_for(self._is_active, "the program's window to become active")

    def _application(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the program ended with {self.process.returncode}")
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            node = desktop.get_child_at_index(index)
            if node is not None and node.get_process_id() == self.process.pid:
                node.set_cache_mask(Atspi.Cache.NONE)
                return Control(node)
        return None

    def _is_active(self):
        answer = subprocess.run(["xdotool", "getactivewindow", "getwindowpid"], capture_output=True, text=True)
        return answer.stdout.strip() == str(self.process.pid)

    def look_for(self, role, name=None, within=None, showing=True):
        """The controls of this role; `name` is the exact name or label, or a function that judges a name."""
        if callable(name):
            matches = lambda control: name(control.name)
        else:
            matches = lambda control: name is None or control.name == name or control.label == name
        found = []
        try:
            for control in (within or self.root).walk():
                if control.role == role and matches(control) and (not showing or control.is_("showing")):
                    found.append(control)
        except GLib.Error:  # It went away while we looked.
            if self.process.poll() is not None:
                raise AssertionError(f"the program ended with {self.process.returncode}") from None
            return []
        return found

    def find(self, role, name=None, within=None, timeout=20):
        """Waits until there is such a control."""
        described = name if isinstance(name, str) else "…"
        return wait_for(lambda: self.look_for(role, name, within), f"{role} '{described}'", timeout)[0]

    def active_window(self):
        """The window or dialogue that the user is in."""
        return wait_for(lambda: next((window for window in self.root.children() if window.is_("active")), None),
                        "an active window")

    def wait_gone(self, role, name, timeout=20):
        wait_for(lambda: not self.look_for(role, name), f"{role} '{name}' to go away", timeout)

    def wait_ended(self, timeout=10):
        return self.process.wait(timeout=timeout)

    def dump(self):
        """The accessible tree as text, for the one who has to find out what went wrong."""
        lines = []

        def visit(control, depth):
            lines.append(f"{'  ' * depth}{control} {'' if control.is_('showing') else '(hidden)'}")
            if control.node.get_child_count() > MANY:
                lines.append(f"{'  ' * depth}  ({control.node.get_child_count()} children)")
                return
            for child in control.children():
                visit(child, depth + 1)

        visit(self.root, 0)
        return "\n".join(lines)


def on_screen(units):
    """In pixels of the screen."""
    return units * int(os.environ.get("QT_SCALE_FACTOR", 1))


def press(*keys):
    """Key combinations for the window that has the focus, "ctrl+Return"."""
    xdotool("key", "--clearmodifiers", *keys)


def point_at(x, y):
    """Where the pointer is there already, xdotool would wait 15 s for it to move."""
    here = subprocess.run(["xdotool", "getmouselocation"], check=True, capture_output=True, text=True).stdout.split()
    if here[:2] != [f"x:{x}", f"y:{y}"]:
        xdotool("mousemove", "--sync", x, y)


def xdotool(*arguments):
    subprocess.run(["xdotool", *(str(argument) for argument in arguments)], check=True)
