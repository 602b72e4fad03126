/* fuzz.h: what a driver and whoever calls it agree on (libFuzzer's own interface). */
#ifndef MLINT_FUZZ_H
#define MLINT_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
