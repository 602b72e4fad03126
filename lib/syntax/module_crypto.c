/* module_crypto.c: libcrypto behind the module contract: digests, PBKDF2, two ciphers. */
#include "base/module.h"
#include "syntax/module_crypto.h"

#include <limits.h>
#include <openssl/evp.h>

static int digest(size_t length, const void *data, size_t size, unsigned char *out)
{
    const EVP_MD *kind = length == 20   ? EVP_sha1()
                         : length == 32 ? EVP_sha256()
                         : length == 48 ? EVP_sha384()
                         : length == 64 ? EVP_sha512()
                                        : NULL;

    return kind && EVP_Digest(data, size, out, NULL, kind, NULL) == 1;
}

static int derive(const void *password, size_t password_size, const void *salt,
                  size_t salt_size, int rounds, unsigned char *key, size_t key_size)
{
    if (password_size > INT_MAX || salt_size > INT_MAX || key_size > INT_MAX)
        return 0;
    return PKCS5_PBKDF2_HMAC(password, (int)password_size, salt, (int)salt_size, rounds,
                             EVP_sha256(), (int)key_size, key) == 1;
}

static int decrypt(enum mlint_cipher cipher, const unsigned char *key, const unsigned char *iv,
                   const unsigned char *data, size_t size, unsigned char *out)
{
    const EVP_CIPHER *kind =
        cipher == MLINT_CIPHER_AES256_CBC ? EVP_aes_256_cbc() : EVP_des_ede3_cbc();
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int length = 0, tail = 0, good;

    good = context && size <= INT_MAX &&
           EVP_DecryptInit_ex(context, kind, NULL, key, iv) == 1 &&
           EVP_DecryptUpdate(context, out, &length, data, (int)size) == 1 &&
           EVP_DecryptFinal_ex(context, out + length, &tail) == 1;
    EVP_CIPHER_CTX_free(context);
    return good ? length + tail : -1;
}

const struct mlint_module_crypto mlint_module_crypto = {
    .abi = MLINT_MODULE_ABI,
    .digest = digest,
    .derive = derive,
    .decrypt = decrypt,
};
