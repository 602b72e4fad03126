/* list.c: --files-from. Paths are ended by NUL if the list has one where it is first read, else
 * by line ends; the list is read in pieces, so that its length costs no memory. */
#include "list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIST_BUFFER (64u << 10) /* the longest path, too */

bool mlint_cli_list_open(struct mlint_cli_list *list, const char *name)
{
    *list = (struct mlint_cli_list){ .name = name, .delimiter = -1 };
    list->descriptor = mlint_cli_open(name);
    if (list->descriptor < 0) {
        mlint_cli_say("cannot read the list %s: %s", name, strerror(errno));
        return false;
    }
    list->buffer = malloc(LIST_BUFFER + 1);
    if (!list->buffer)
        mlint_cli_say("out of memory");
    return list->buffer != NULL;
}

static void fail(struct mlint_cli_list *list, const char *why)
{
    mlint_cli_say("cannot read the list %s: %s", list->name, why);
    list->failed = list->ended = true;
    list->begin = list->end = 0;
}

static void read_more(struct mlint_cli_list *list)
{
    ssize_t got;

    memmove(list->buffer, list->buffer + list->begin, list->end - list->begin);
    list->end -= list->begin;
    list->begin = 0;
    if (list->end == LIST_BUFFER) {
        fail(list, "a path in it is too long");
        return;
    }
    do {
        if (!mlint_cli_wait_for(list->descriptor)) {
            list->ended = true;
            list->begin = list->end;
            return;
        }
        got = read(list->descriptor, list->buffer + list->end, LIST_BUFFER - list->end);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        fail(list, strerror(errno));
    else if (got == 0)
        list->ended = true;
    else
        list->end += (size_t)got;
}

static char *find_end(struct mlint_cli_list *list)
{
    char *from = list->buffer + list->begin;
    size_t length = list->end - list->begin;

    if (list->delimiter < 0 && memchr(from, '\0', length))
        list->delimiter = '\0';
    else if (list->delimiter < 0 && memchr(from, '\n', length))
        list->delimiter = '\n';
    return list->delimiter < 0 ? NULL : memchr(from, list->delimiter, length);
}

bool mlint_cli_list_ready(struct mlint_cli_list *list)
{
    return list->ended || find_end(list) != NULL;
}

const char *mlint_cli_list_next(struct mlint_cli_list *list)
{
    for (;;) {
        char *path = list->buffer + list->begin, *end = find_end(list);
        if (!end && !list->ended) {
            read_more(list);
            continue;
        }
        if (!end && list->begin == list->end)
            return NULL;
        if (!end) /* the last path may lack its end */
            end = list->buffer + list->end++;
        *end = '\0';
        list->begin = (size_t)(end - list->buffer) + 1;
        if (*path)
            return path;
    }
}

void mlint_cli_list_close(struct mlint_cli_list *list)
{
    if (list->descriptor >= 0)
        close(list->descriptor);
    free(list->buffer);
}
