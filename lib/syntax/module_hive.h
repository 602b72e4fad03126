/* module_hive.h: what libhivex does for us: keys and values of a hive image. Nodes and values
 * are offsets into the image; what is returned by pointer is to be released. */
#ifndef MLINT_SYNTAX_MODULE_HIVE_H
#define MLINT_SYNTAX_MODULE_HIVE_H

#include <stddef.h>
#include <stdint.h>

struct mlint_module_hive {
    uint32_t abi;
    /* Open a copy of the image; NULL and why. */
    void *(*open)(const void *image, size_t length, const char **problem);
    void (*close)(void *hive);
    size_t (*root)(void *hive); /* 0: none */
    /* How many there are said to be; looking at them costs that much. */
    size_t (*child_count)(void *hive, size_t node);
    size_t (*value_count)(void *hive, size_t node);
    size_t *(*children)(void *hive, size_t node); /* 0 ends them; NULL: damaged */
    size_t *(*values)(void *hive, size_t node);
    char *(*node_name)(void *hive, size_t node);
    char *(*value_name)(void *hive, size_t value);
    int (*value_size)(void *hive, size_t value, uint32_t *type, size_t *length); /* 0: good */
    char *(*value_bytes)(void *hive, size_t value, size_t *length);
    void (*release)(void *pointer);
};

extern const struct mlint_module_hive mlint_module_hive;

#endif
