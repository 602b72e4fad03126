/* module_cms.c: OpenSSL's CMS, for taking signatures off and saying whether they hold.
 *
 * The content comes out whatever the signature is worth: expired certificates and SHA-1 are
 * usual in profiles, and trust is not maillint's to give. Nothing is decrypted. */
#include "source/module_cms.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/cms.h> /* after pem.h, which it needs for its PEM functions */
#include <openssl/x509.h>

#include <limits.h>
#include <stdlib.h>

struct opened {
    CMS_ContentInfo *info;
    BIO *input, *beside; /* beside: the clear part of a multipart/signed message */
};

static enum mlint_cms_kind kind_of(CMS_ContentInfo *info)
{
    switch (OBJ_obj2nid(CMS_get0_type(info))) {
    case NID_pkcs7_signed:
        return MLINT_CMS_SIGNED;
    case NID_pkcs7_data:
        return MLINT_CMS_PLAIN;
    case NID_pkcs7_enveloped:
    case NID_pkcs7_encrypted:
    case NID_id_smime_ct_authEnvelopedData:
        return MLINT_CMS_ENCRYPTED;
    default:
        return MLINT_CMS_OTHER;
    }
}

static void take_content(struct opened *opened, struct mlint_cms *out)
{
    ASN1_OCTET_STRING **inside = CMS_get0_content(opened->info);
    char *clear = NULL;
    long size;

    if (inside && *inside) {
        out->content = mlint_str_make((const char *)ASN1_STRING_get0_data(*inside),
                                      (size_t)ASN1_STRING_length(*inside));
        return;
    }
    size = opened->beside ? BIO_get_mem_data(opened->beside, &clear) : 0;
    if (size > 0)
        out->content = mlint_str_make(clear, (size_t)size);
    else
        out->kind = MLINT_CMS_DETACHED;
}

/* A digest that this OpenSSL does not know proves nothing against the file. */
static enum mlint_cms_check why_not(void)
{
    unsigned long error = ERR_peek_error();
    int reason = ERR_GET_REASON(error);

    if (ERR_GET_LIB(error) != ERR_LIB_CMS)
        return ERR_GET_LIB(error) == ERR_LIB_EVP ? MLINT_CMS_UNCHECKED : MLINT_CMS_BROKEN;
    if (reason == CMS_R_SIGNER_CERTIFICATE_NOT_FOUND || reason == CMS_R_NO_SIGNERS ||
        reason == CMS_R_UNKNOWN_DIGEST_ALGORITHM)
        return MLINT_CMS_UNCHECKED;
    return MLINT_CMS_BROKEN;
}

/* Behind a filter that does nothing: of a bare memory BIO CMS_verify makes a copy, which
 * OpenSSL 3.0 never frees where the signed data name no usable digest. */
static BIO *clear_part(struct mlint_str content)
{
    return BIO_push(BIO_new(BIO_f_null()), BIO_new_mem_buf(content.ptr, (int)content.len));
}

static enum mlint_cms_check check(struct opened *opened, struct mlint_str content)
{
    BIO *clear = opened->beside ? clear_part(content) : NULL;
    int good;

    ERR_clear_error();
    good = CMS_verify(opened->info, NULL, NULL, clear, NULL,
                      CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY);
    BIO_free_all(clear);
    return good == 1 ? MLINT_CMS_HOLDS : why_not();
}

static X509 *first_signer(CMS_ContentInfo *info, STACK_OF(X509) * certificates)
{
    STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(info);

    for (int i = 0; signers && i < sk_CMS_SignerInfo_num(signers); i++)
        for (int j = 0; j < sk_X509_num(certificates); j++)
            if (CMS_SignerInfo_cert_cmp(sk_CMS_SignerInfo_value(signers, i),
                                        sk_X509_value(certificates, j)) == 0)
                return sk_X509_value(certificates, j);
    return NULL;
}

/* The common name, else the organisation. */
static void name_signer(CMS_ContentInfo *info, struct mlint_cms *out)
{
    static const int parts[] = { NID_commonName, NID_organizationName, NID_pkcs9_emailAddress };
    STACK_OF(X509) *certificates = CMS_get1_certs(info);
    X509 *signer = first_signer(info, certificates);
    const X509_NAME *name = signer ? X509_get_subject_name(signer) : NULL;

    for (unsigned i = 0; name && !out->signer[0] && i < sizeof parts / sizeof *parts; i++) {
        int at = X509_NAME_get_index_by_NID((X509_NAME *)(uintptr_t)name, parts[i], -1);
        X509_NAME_ENTRY *entry = at < 0 ? NULL : X509_NAME_get_entry(name, at);
        unsigned char *text = NULL;
        int length = entry ? ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry)) : -1;

        if (length > 0 && length < (int)sizeof out->signer)
            memcpy(out->signer, text, (size_t)length);
        OPENSSL_free(text);
    }
    sk_X509_pop_free(certificates, X509_free);
}

static void parse(struct opened *opened, struct mlint_str input, bool mime,
                  struct mlint_cms *out)
{
    const unsigned char *at = (const unsigned char *)input.ptr;

    if (!mime) {
        opened->info = d2i_CMS_ContentInfo(NULL, &at, (long)input.len);
        out->used = (size_t)((const char *)at - input.ptr);
        return;
    }
    opened->input = BIO_new_mem_buf(input.ptr, (int)input.len);
    opened->info = opened->input ? SMIME_read_CMS(opened->input, &opened->beside) : NULL;
    out->used = input.len;
}

static void open_cms(struct mlint_str input, bool mime, struct mlint_cms *out)
{
    struct opened *opened;

    *out = (struct mlint_cms){ .kind = MLINT_CMS_DAMAGED };
    /* The host's OpenSSL settings file is the host's business. */
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, NULL);
    opened = OPENSSL_zalloc(sizeof(*opened));
    if (!opened || input.len > INT_MAX) {
        OPENSSL_free(opened);
        return;
    }
    out->handle = opened;
    parse(opened, input, mime, out);
    if (opened->info) {
        out->kind = kind_of(opened->info);
        if (out->kind == MLINT_CMS_SIGNED || out->kind == MLINT_CMS_PLAIN)
            take_content(opened, out);
        if (out->kind == MLINT_CMS_SIGNED) {
            name_signer(opened->info, out);
            out->check = check(opened, out->content);
        }
    }
    ERR_clear_error();
}

static void close_cms(struct mlint_cms *cms)
{
    struct opened *opened = cms->handle;

    if (!opened)
        return;
    OPENSSL_cleanse((void *)(uintptr_t)cms->content.ptr, cms->content.len);
    CMS_ContentInfo_free(opened->info);
    BIO_free(opened->input);
    BIO_free(opened->beside);
    OPENSSL_free(opened);
    cms->handle = NULL;
}

const struct mlint_module_cms mlint_module_cms = {
    .abi = MLINT_MODULE_ABI,
    .open = open_cms,
    .close = close_cms,
};
