<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>postaci::ActionText</name>
    <message numerus="yes">
        <source>Mark %Ln message(s) as read</source>
        <translation>
            <numerusform>Mark %Ln message as read</numerusform>
            <numerusform>Mark %Ln messages as read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln message(s) as unread</source>
        <translation>
            <numerusform>Mark %Ln message as unread</numerusform>
            <numerusform>Mark %Ln messages as unread</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Flag %Ln message(s)</source>
        <translation>
            <numerusform>Flag %Ln message</numerusform>
            <numerusform>Flag %Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove the flag of %Ln message(s)</source>
        <translation>
            <numerusform>Remove the flag of %Ln message</numerusform>
            <numerusform>Remove the flag of %Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln message(s) as answered</source>
        <translation>
            <numerusform>Mark %Ln message as answered</numerusform>
            <numerusform>Mark %Ln messages as answered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln message(s) as forwarded</source>
        <translation>
            <numerusform>Mark %Ln message as forwarded</numerusform>
            <numerusform>Mark %Ln messages as forwarded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln message(s) as junk</source>
        <translation>
            <numerusform>Mark %Ln message as junk</numerusform>
            <numerusform>Mark %Ln messages as junk</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln message(s) as not junk</source>
        <translation>
            <numerusform>Mark %Ln message as not junk</numerusform>
            <numerusform>Mark %Ln messages as not junk</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change the marks of %Ln message(s)</source>
        <translation>
            <numerusform>Change the marks of %Ln message</numerusform>
            <numerusform>Change the marks of %Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln message(s) from “%1” to “%2”</source>
        <translation>
            <numerusform>Move %Ln message from “%1” to “%2”</numerusform>
            <numerusform>Move %Ln messages from “%1” to “%2”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln message(s) in “%1”</source>
        <translation>
            <numerusform>Delete %Ln message in “%1”</numerusform>
            <numerusform>Delete %Ln messages in “%1”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>File a copy of %Ln sent message(s)</source>
        <translation>
            <numerusform>File a copy of %Ln sent message</numerusform>
            <numerusform>File a copy of %Ln sent messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln message(s) into “%1”</source>
        <translation>
            <numerusform>Put %Ln message into “%1”</numerusform>
            <numerusform>Put %Ln messages into “%1”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln message(s) to “%1”</source>
        <translation>
            <numerusform>Move %Ln message to “%1”</numerusform>
            <numerusform>Move %Ln messages to “%1”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln message(s)</source>
        <translation>
            <numerusform>Delete %Ln message</numerusform>
            <numerusform>Delete %Ln messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::AttachmentStrip</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::Connection</name>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%n connection</numerusform>
            <numerusform>%n connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln question(s) in %2</source>
        <translation>
            <numerusform>%1: %Ln question in %2</numerusform>
            <numerusform>%1: %Ln questions in %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::FileTasks</name>
    <message numerus="yes">
        <source>%Ln message(s) imported</source>
        <translation>
            <numerusform>%Ln message imported</numerusform>
            <numerusform>%Ln messages imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln was/were already there</source>
        <translation>
            <numerusform>%Ln was already there</numerusform>
            <numerusform>%Ln were already there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out (deleted, or too large)</source>
        <translation>
            <numerusform>%Ln left out (deleted, or too large)</numerusform>
            <numerusform>%Ln left out (deleted, or too large)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be read</source>
        <translation>
            <numerusform>%Ln file could not be read</numerusform>
            <numerusform>%Ln files could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The folder “%1”, %Ln message(s)</source>
        <translation>
            <numerusform>The folder “%1”, %Ln message</numerusform>
            <numerusform>The folder “%1”, %Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected message(s)</source>
        <translation>
            <numerusform>%Ln selected message</numerusform>
            <numerusform>%Ln selected messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) exported.</source>
        <translation>
            <numerusform>%Ln message exported.</numerusform>
            <numerusform>%Ln messages exported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) so far</source>
        <translation>
            <numerusform>%Ln message so far</numerusform>
            <numerusform>%Ln messages so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::FolderMenu</name>
    <message numerus="yes">
        <source>The folder “%1” will be deleted on the server, with all folders in it and %Ln message(s). This cannot be undone.</source>
        <translation>
            <numerusform>The folder “%1” will be deleted on the server, with all folders in it and %Ln message. This cannot be undone.</numerusform>
            <numerusform>The folder “%1” will be deleted on the server, with all folders in it and %Ln messages. This cannot be undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The folder “%1” will be deleted for good, with all folders in it and %Ln message(s). This cannot be undone.</source>
        <translation>
            <numerusform>The folder “%1” will be deleted for good, with all folders in it and %Ln message. This cannot be undone.</numerusform>
            <numerusform>The folder “%1” will be deleted for good, with all folders in it and %Ln messages. This cannot be undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The folder “%1” will be deleted for good, with %Ln message(s). This cannot be undone.</source>
        <translation>
            <numerusform>The folder “%1” will be deleted for good, with %Ln message. This cannot be undone.</numerusform>
            <numerusform>The folder “%1” will be deleted for good, with %Ln messages. This cannot be undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The folder “%1” will be deleted on the server, with %Ln message(s). This cannot be undone.</source>
        <translation>
            <numerusform>The folder “%1” will be deleted on the server, with %Ln message. This cannot be undone.</numerusform>
            <numerusform>The folder “%1” will be deleted on the server, with %Ln messages. This cannot be undone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::FolderModel</name>
    <message numerus="yes">
        <source>%1, %n unread</source>
        <translation>
            <numerusform>%1, %n unread</numerusform>
            <numerusform>%1, %n unread</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n message(s)</source>
        <translation>
            <numerusform>%1, %n message</numerusform>
            <numerusform>%1, %n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::MailView</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::MaildropBox</name>
    <message numerus="yes">
        <source>after %n day(s)</source>
        <translation>
            <numerusform>after %n day</numerusform>
            <numerusform>after %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::MessageCommands</name>
    <message numerus="yes">
        <source>%n message(s) will be deleted for good. This cannot be undone.</source>
        <translation>
            <numerusform>%n message will be deleted for good. This cannot be undone.</numerusform>
            <numerusform>%n messages will be deleted for good. This cannot be undone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::MessageHeaderView</name>
    <message numerus="yes">
        <source>To %1 and %n more</source>
        <translation>
            <numerusform>To %1 and %n more</numerusform>
            <numerusform>To %1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::MessageListView</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::Reader</name>
    <message numerus="yes">
        <source>%n message(s) selected</source>
        <translation>
            <numerusform>%n message selected</numerusform>
            <numerusform>%n messages selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n remote picture(s) not loaded.</source>
        <translation>
            <numerusform>%n remote picture not loaded.</numerusform>
            <numerusform>%n remote pictures not loaded.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::StatusLine</name>
    <message numerus="yes">
        <source>%Ln change(s) refused</source>
        <translation>
            <numerusform>%Ln change refused</numerusform>
            <numerusform>%Ln changes refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) waiting</source>
        <translation>
            <numerusform>%Ln change waiting</numerusform>
            <numerusform>%Ln changes waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::SyncBox</name>
    <message numerus="yes">
        <source>every %n minute(s)</source>
        <translation>
            <numerusform>every %n minute</numerusform>
            <numerusform>every %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the last %n day(s)</source>
        <translation>
            <numerusform>the last %n day</numerusform>
            <numerusform>the last %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::WorkQueueWindow</name>
    <message numerus="yes">
        <source>%Ln action(s) selected</source>
        <translation>
            <numerusform>%Ln action selected</numerusform>
            <numerusform>%Ln actions selected</numerusform>
        </translation>
    </message>
</context>
</TS>
