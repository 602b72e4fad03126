/* module_cms.h: the table of functions that stands between libmaillint and OpenSSL's CMS. */
#ifndef MLINT_SOURCE_MODULE_CMS_H
#define MLINT_SOURCE_MODULE_CMS_H

#include "base/module.h"
#include "base/str.h"

enum mlint_cms_kind {
    MLINT_CMS_DAMAGED,  /* begins as CMS does, but cannot be taken apart */
    MLINT_CMS_SIGNED,   /* content, signers, check are set */
    MLINT_CMS_PLAIN,    /* content without signature */
    MLINT_CMS_DETACHED, /* a signature of something that is not here, or certificates alone */
    MLINT_CMS_ENCRYPTED,
    MLINT_CMS_OTHER, /* compressed, digested, ... */
};

enum mlint_cms_check {
    MLINT_CMS_UNCHECKED, /* the signer's certificate is not inside, or an unknown algorithm */
    MLINT_CMS_HOLDS,     /* the content is what the key in the certificate signed */
    MLINT_CMS_BROKEN,
};

struct mlint_cms {
    enum mlint_cms_kind kind;
    enum mlint_cms_check check;
    struct mlint_str content; /* until close */
    size_t used;              /* bytes of the input that belong to the structure */
    char signer[256];         /* common name of the first signer, UTF-8; "" unknown */
    void *handle;
};

struct mlint_module_cms {
    uint32_t abi;
    /* Take apart DER or BER, or with mime a whole S/MIME message. Call close afterwards. */
    void (*open)(struct mlint_str input, bool mime, struct mlint_cms *out);
    void (*close)(struct mlint_cms *cms); /* wipes the content */
};

extern const struct mlint_module_cms mlint_module_cms;

#endif
