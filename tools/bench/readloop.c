/* readloop.c: `readloop LIST`: opens, reads and closes every file of a list, one after the
 * other, with one thread and one buffer. What any linter has to do at least. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char buffer[256 << 10];

int main(int count, char **arguments)
{
    FILE *list = count == 2 ? fopen(arguments[1], "r") : NULL;
    char path[4096];

    if (!list)
        return 2;
    while (fgets(path, sizeof(path), list)) {
        int file;
        path[strcspn(path, "\n")] = '\0';
        file = open(path, O_RDONLY);
        if (file < 0)
            return 1;
        while (read(file, buffer, sizeof(buffer)) > 0)
            continue;
        close(file);
    }
    return 0;
}
