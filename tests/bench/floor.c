// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// floor PORT USER PASSWORD ITEMS: the physical limit of a first synchronisation. Asks the IMAP server on loopback (TLS
// from the first byte, its certificate unchecked) for the items of every message of the inbox, and throws the answer
// away.
//
// Prints one JSON object: wall and processor seconds from connect() to the last byte, and the bytes received.

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

int main(int count, char **arguments)
{
    if (count != 5) {
        fprintf(stderr, "usage: floor PORT USER PASSWORD ITEMS\n");
        return 2;
    }
    char command[lineLimit];
    const double start = seconds();
    dial(atoi(arguments[1]));
    readUntil("*"); // the greeting
    snprintf(command, sizeof command, "floor1 LOGIN \"%s\" \"%s\"\r\n", arguments[2], arguments[3]);
    say(command);
    readUntil("floor1");
    say("floor2 SELECT INBOX\r\n");
    readUntil("floor2");
    snprintf(command, sizeof command, "floor3 UID FETCH 1:* (%s)\r\n", arguments[4]);
    say(command);
    readUntil("floor3");
    printf("{\"seconds\": %.4f, \"cpu\": %.4f, \"bytes\": %lld}\n", seconds() - start, processorSeconds(), received);
    return 0;
}
