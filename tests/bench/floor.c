// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is physically possible on loopback (TLS from the first byte, the certificate unchecked): asks, pipelined, and
// throws the answer away.
//
// floor PORT USER PASSWORD ITEMS: the IMAP server, for the items of every message of the inbox.
// floor PORT USER PASSWORD --retr COUNT: the POP3 server, for the first COUNT messages.
// floor PORT USER PASSWORD --uidl: the POP3 server, for the unique ids.
//
// Prints one JSON object: wall and processor seconds from connect() to the last byte, and the bytes received.

#define _GNU_SOURCE // memmem()
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

enum { blockSize = 256 * 1024, lineLimit = 8192 };

static SSL *connection;
static long long received;

static void fail(const char *what)
{
    fprintf(stderr, "floor: %s\n", what);
    ERR_print_errors_fp(stderr);
    exit(1);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double processorSeconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void dial(int port)
{
    const struct sockaddr_in address
        = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    if (descriptor < 0 || connect(descriptor, (const struct sockaddr *)&address, sizeof address) != 0)
        fail("cannot connect");
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);

    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_default_read_buffer_len(context, blockSize);
    connection = SSL_new(context);
    SSL_set_fd(connection, descriptor);
    if (SSL_connect(connection) != 1)
        fail("no TLS");
}

static void say(const char *text)
{
    if (SSL_write(connection, text, (int)strlen(text)) <= 0)
        fail("cannot write");
}

/// Reads up to and including the line that starts with the tag, which nothing follows. Only the end of what arrives
/// is looked at.
static void readUntil(const char *tag)
{
    static char block[lineLimit + blockSize]; // the last bytes of what came before, then what comes now
    size_t kept = 0;
    for (;;) {
        const int count = SSL_read(connection, block + kept, blockSize);
        if (count <= 0)
            fail("the connection ended");
        received += count;
        const size_t have = kept + (size_t)count;
        if (block[have - 1] == '\n') {
            size_t line = have - 1;
            while (line > 0 && block[line - 1] != '\n')
                --line;
            const size_t length = strlen(tag);
            if (have - line > length && memcmp(block + line, tag, length) == 0) {
                if (memcmp(block + line + length, " OK", 3) != 0) {
                    fprintf(stderr, "floor: %.*s", (int)(have - line), block + line);
                    exit(1);
                }
                return;
            }
        }
        kept = have < lineLimit ? have : lineLimit;
        memmove(block, block + have - kept, kept);
    }
}

static void fetchByImap(char **arguments)
{
    char command[lineLimit];
    readUntil("*"); // the greeting
    snprintf(command, sizeof command, "floor1 LOGIN \"%s\" \"%s\"\r\n", arguments[2], arguments[3]);
    say(command);
    readUntil("floor1");
    say("floor2 SELECT INBOX\r\n");
    readUntil("floor2");
    snprintf(command, sizeof command, "floor3 UID FETCH 1:* (%s)\r\n", arguments[4]);
    say(command);
    readUntil("floor3");
}

/// Reads a block; how many ends were in it.
static int readEnds(const char *end)
{
    static char block[8 + blockSize];
    static size_t kept; // of what came before: an end may begin there
    const size_t length = strlen(end);
    const int count = SSL_read(connection, block + kept, blockSize);
    if (count <= 0)
        fail("the connection ended");
    received += count;
    const char *at = block;
    const char *const last = block + kept + count;
    int ends = 0;
    for (const char *found; (found = memmem(at, (size_t)(last - at), end, length)); ++ends)
        at = found + length;
    kept = (size_t)(last - at) < length ? (size_t)(last - at) : length - 1; // never what was counted
    memmove(block, last - kept, kept);
    return ends;
}

static void readLine(void)
{
    while (readEnds("\r\n") == 0) { }
}

/// RFC 1939; the answers to RETR and UIDL end in a dot on a line.
static void fetchByPop3(int count, char **arguments)
{
    enum { window = 200 };
    char command[lineLimit];
    readLine(); // the greeting
    snprintf(command, sizeof command, "USER %s\r\n", arguments[2]);
    say(command);
    readLine();
    snprintf(command, sizeof command, "PASS %s\r\n", arguments[3]);
    say(command);
    readLine();
    const int wanted = count == 6 ? atoi(arguments[5]) : 1;
    if (count == 5)
        say("UIDL\r\n");
    int asked = count == 5;
    for (int answered = 0; answered < wanted;) {
        if (count == 6 && asked < wanted && asked - answered <= window / 2) {
            size_t length = 0;
            for (; asked < wanted && asked - answered < window; ++asked)
                length += (size_t)snprintf(command + length, sizeof command - length, "RETR %d\r\n", asked + 1);
            say(command);
        }
        answered += readEnds("\r\n.\r\n");
    }
}

int main(int count, char **arguments)
{
    const int byPop3
        = (count == 5 && strcmp(arguments[4], "--uidl") == 0) || (count == 6 && strcmp(arguments[4], "--retr") == 0);
    if (count != 5 && !byPop3) {
        fprintf(stderr, "usage: floor PORT USER PASSWORD ITEMS | --uidl | --retr COUNT\n");
        return 2;
    }
    const double start = seconds();
    dial(atoi(arguments[1]));
    if (byPop3)
        fetchByPop3(count, arguments);
    else
        fetchByImap(arguments);
    printf("{\"seconds\": %.4f, \"cpu\": %.4f, \"bytes\": %lld}\n", seconds() - start, processorSeconds(), received);
    return 0;
}
