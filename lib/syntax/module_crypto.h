/* module_crypto.h: the few operations that Mozilla's password store is made of. */
#ifndef MLINT_SYNTAX_MODULE_CRYPTO_H
#define MLINT_SYNTAX_MODULE_CRYPTO_H

#include <stddef.h>
#include <stdint.h>

enum mlint_cipher { MLINT_CIPHER_3DES_CBC, MLINT_CIPHER_AES256_CBC };

struct mlint_module_crypto {
    uint32_t abi;
    /* SHA of 20, 32, 48 or 64 bytes; returns 0 for another length. */
    int (*digest)(size_t length, const void *data, size_t size, unsigned char *out);
    /* PBKDF2 with HMAC-SHA-256. */
    int (*derive)(const void *password, size_t password_size, const void *salt,
                  size_t salt_size, int rounds, unsigned char *key, size_t key_size);
    /* Decrypt with PKCS#7 padding; out has room for `size`. Returns the length, -1 on failure.
     */
    int (*decrypt)(enum mlint_cipher cipher, const unsigned char *key, const unsigned char *iv,
                   const unsigned char *data, size_t size, unsigned char *out);
};

extern const struct mlint_module_crypto mlint_module_crypto;

#endif
