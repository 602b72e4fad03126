/* nss.c: key4.db and the values that it seals, as NSS writes them since 2019: PBES2 with PBKDF2
 * and AES for the keys, 3DES (to NSS 3.112) or AES for the values. No primary password is asked
 * for: a store that has one stays shut.
 *
 * Sources: NSS lib/softoken/lowpbe.c and sftkpwd.c by behaviour; values made by Thunderbird 140
 * and 153. */
#include "syntax/nss.h"

#include "base/base64.h"
#include "syntax/module_crypto.h"
#include "syntax/sqlite.h"

#define ROUNDS_AT_MOST 200000 /* NSS uses 1, or 10,000 with a primary password */
#define DER_INTEGER 0x02
#define DER_OCTETS 0x04
#define DER_OID 0x06
#define DER_SEQUENCE 0x30

static const char OID_3DES_CBC[] = "\x2a\x86\x48\x86\xf7\x0d\x03\x07";
static const char OID_AES256_CBC[] = "\x60\x86\x48\x01\x65\x03\x04\x01\x2a";
static const char OID_PBES2[] = "\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d";

/* ---- DER: just what these blobs are made of ---- */

/* Take one element of that tag off the front of *rest. */
static bool take(struct mlint_str *rest, unsigned char tag, struct mlint_str *content)
{
    const unsigned char *b = (const unsigned char *)rest->ptr;
    size_t header = 2, length;

    if (rest->len < 2 || b[0] != tag)
        return false;
    length = b[1];
    if (length & 0x80) {
        size_t bytes = length & 0x7F;
        if (!bytes || bytes > 3 || rest->len < 2 + bytes)
            return false;
        length = 0;
        for (size_t i = 0; i < bytes; i++)
            length = length << 8 | b[2 + i];
        header += bytes;
    }
    if (length > rest->len - header)
        return false;
    *content = mlint_str_sub(*rest, header, header + length);
    *rest = mlint_str_sub(*rest, header + length, rest->len);
    return true;
}

static bool take_number(struct mlint_str *rest, int64_t *out)
{
    struct mlint_str content;

    if (!take(rest, DER_INTEGER, &content) || !content.len || content.len > 4)
        return false;
    *out = 0;
    for (size_t i = 0; i < content.len; i++)
        *out = *out << 8 | (unsigned char)content.ptr[i];
    return true;
}

static bool is_oid(struct mlint_str oid, const char *wanted)
{
    return mlint_str_eq(oid, mlint_str_from(wanted));
}

/* ---- The database's own sealing: PBES2 ---- */

struct sealed {
    struct mlint_str salt, iv, content;
    int64_t rounds, key_size;
};

static bool parse_kdf(struct mlint_str kdf, struct sealed *out)
{
    struct mlint_str oid, parameters;

    return take(&kdf, DER_OID, &oid) && take(&kdf, DER_SEQUENCE, &parameters) &&
           take(&parameters, DER_OCTETS, &out->salt) &&
           take_number(&parameters, &out->rounds) && take_number(&parameters, &out->key_size) &&
           out->key_size == 32 && out->rounds > 0 && out->rounds <= ROUNDS_AT_MOST;
}

/* SEQ { SEQ { pbes2, SEQ { SEQ kdf, SEQ { aes256, iv } } }, OCTETS } */
static bool parse_sealed(struct mlint_str blob, struct sealed *out)
{
    struct mlint_str all, algorithm, oid, schemes, kdf, cipher;

    return take(&blob, DER_SEQUENCE, &all) && take(&all, DER_SEQUENCE, &algorithm) &&
           take(&all, DER_OCTETS, &out->content) && take(&algorithm, DER_OID, &oid) &&
           is_oid(oid, OID_PBES2) && take(&algorithm, DER_SEQUENCE, &schemes) &&
           take(&schemes, DER_SEQUENCE, &kdf) && take(&schemes, DER_SEQUENCE, &cipher) &&
           parse_kdf(kdf, out) && take(&cipher, DER_OID, &oid) && is_oid(oid, OID_AES256_CBC) &&
           take(&cipher, DER_OCTETS, &out->iv) && out->iv.len == 14;
}

/* Decrypt with a key derived from the global salt and an empty primary password. */
static int unseal_own(const struct mlint_nss *nss, struct mlint_str salt, struct mlint_str blob,
                      unsigned char *out, size_t room)
{
    unsigned char hash[64], key[32], iv[16] = { DER_OCTETS, 14 };
    struct sealed sealed;
    int length = -1;

    if (!parse_sealed(blob, &sealed) || sealed.content.len > room)
        return -1;
    memcpy(iv + 2, sealed.iv.ptr, 14); /* NSS takes the DER element whole as IV */
    if (nss->crypto->digest(salt.len, salt.ptr, salt.len, hash) &&
        nss->crypto->derive(hash, salt.len, sealed.salt.ptr, sealed.salt.len,
                            (int)sealed.rounds, key, sizeof(key)))
        length = nss->crypto->decrypt(MLINT_CIPHER_AES256_CBC, key, iv,
                                      (const unsigned char *)sealed.content.ptr,
                                      sealed.content.len, out);
    explicit_bzero(key, sizeof(key));
    explicit_bzero(hash, sizeof(hash));
    return length;
}

/* ---- Opening ---- */

static struct mlint_str blob_of(const struct mlint_node *row, const char *column)
{
    const struct mlint_node *node = row ? mlint_node_get(row, column) : NULL;

    return node && node->type == MLINT_NODE_BINARY ? node->value : MLINT_STR("");
}

static void add_key(struct mlint_nss *nss, struct mlint_str salt, struct mlint_str blob)
{
    unsigned char plain[128];
    int length = unseal_own(nss, salt, blob, plain, sizeof(plain));

    if ((length == 24 || length == 32) && nss->key_count < MLINT_NSS_KEYS) {
        nss->keys[nss->key_count].aes = length == 32;
        memcpy(nss->keys[nss->key_count++].bytes, plain, (size_t)length);
    }
    explicit_bzero(plain, sizeof(plain));
}

static const char *read_keys(struct mlint_nss *nss, struct mlint_sqlite *sqlite)
{
    const struct mlint_node *meta = mlint_sqlite_query(
        sqlite, "metaData", "SELECT item1, item2 FROM metaData WHERE id = 'password'");
    const struct mlint_node *keys = mlint_sqlite_query(
        sqlite, "nssPrivate", "SELECT a11 FROM nssPrivate WHERE a11 IS NOT NULL LIMIT 100");
    struct mlint_str salt = blob_of(meta ? meta->child : NULL, "item1");
    struct mlint_str check = blob_of(meta ? meta->child : NULL, "item2");
    unsigned char plain[128];
    int length;

    if (!salt.len || !check.len || !keys)
        return "the store of keys (key4.db) cannot be read";
    length = unseal_own(nss, salt, check, plain, sizeof(plain));
    if (length < 14 || memcmp(plain, "password-check", 14) != 0)
        return "a primary password is set: what it protects is not opened";
    for (const struct mlint_node *row = keys->child; row; row = row->next)
        add_key(nss, salt, blob_of(row, "a11"));
    return nss->key_count ? NULL : "the store of keys (key4.db) holds no key";
}

bool mlint_nss_open(struct mlint_nss *nss, struct mlint_arena *arena,
                    struct mlint_modules *modules, struct mlint_source *database,
                    struct mlint_str wal)
{
    struct mlint_tree *tree = mlint_tree_new(arena, database, MLINT_PATH_SLASH);
    struct mlint_sqlite sqlite;

    *nss = (struct mlint_nss){ .arena = arena };
    nss->crypto = mlint_module_open(modules, MLINT_MODULE_CRYPTO);
    nss->problem = "this build was made without the library that opens saved passwords";
    if (!nss->crypto || !tree)
        return false;
    arena->secret = true;
    database->encoding = MLINT_ENC_BINARY;
    nss->problem = mlint_sqlite_open(&sqlite, tree, modules, wal) ? read_keys(nss, &sqlite)
                                                                  : sqlite.problem;
    mlint_sqlite_close(&sqlite);
    return !nss->problem;
}

/* SEQ { OCTETS key id, SEQ { cipher, OCTETS iv }, OCTETS content } */
struct mlint_str mlint_nss_unseal(const struct mlint_nss *nss, struct mlint_str sealed)
{
    struct mlint_str blob = mlint_base64_decode(nss->arena, sealed, NULL);
    struct mlint_str all, id, algorithm, oid, iv, content;
    unsigned char *plain;
    bool aes;

    if (!take(&blob, DER_SEQUENCE, &all) || !take(&all, DER_OCTETS, &id) ||
        !take(&all, DER_SEQUENCE, &algorithm) || !take(&all, DER_OCTETS, &content) ||
        !take(&algorithm, DER_OID, &oid) || !take(&algorithm, DER_OCTETS, &iv))
        return (struct mlint_str){ NULL, 0 };
    aes = is_oid(oid, OID_AES256_CBC);
    if ((!aes && !is_oid(oid, OID_3DES_CBC)) || iv.len != (aes ? 16u : 8u))
        return (struct mlint_str){ NULL, 0 };
    plain = (unsigned char *)mlint_arena_bytes(nss->arena, content.len + 32);
    for (size_t i = 0; plain && i < nss->key_count; i++) {
        int length;
        if (nss->keys[i].aes != aes)
            continue;
        length = nss->crypto->decrypt(aes ? MLINT_CIPHER_AES256_CBC : MLINT_CIPHER_3DES_CBC,
                                      nss->keys[i].bytes, (const unsigned char *)iv.ptr,
                                      (const unsigned char *)content.ptr, content.len, plain);
        if (length >= 0)
            return mlint_str_make((const char *)plain, (size_t)length);
    }
    return (struct mlint_str){ NULL, 0 };
}

void mlint_nss_done(struct mlint_nss *nss)
{
    explicit_bzero(nss->keys, sizeof(nss->keys));
    nss->key_count = 0;
}
