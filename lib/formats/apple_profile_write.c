/* apple_profile_write.c: the values of a mail payload as a corrected profile would spell them,
 * in XML. Reading them is apple_profile_mail.c. */
#include "base/buf.h"
#include "formats/apple_profile.h"

static const char *write_text(struct mlint_arena *arena, const struct mlint_node *node,
                              struct mlint_str value)
{
    struct mlint_buf out;
    const char *text;

    (void)node;
    mlint_buf_init(&out, arena->allocator, 0);
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '&')
            mlint_buf_text(&out, "&amp;");
        else if (value.ptr[i] == '<')
            mlint_buf_text(&out, "&lt;");
        else if (value.ptr[i] == '>')
            mlint_buf_text(&out, "&gt;");
        else
            mlint_buf_char(&out, value.ptr[i]);
    }
    if (out.failed)
        arena->failed = true;
    text = mlint_arena_copy(arena, mlint_str_make(out.ptr, out.len)).ptr;
    mlint_buf_done(&out);
    return text;
}

static const char *write_auth(struct mlint_arena *arena, const struct mlint_node *node,
                              struct mlint_str value)
{
    (void)arena, (void)node;
    return mlint_str_eq(value, MLINT_STR("password-cleartext")) ? "EmailAuthPassword" : NULL;
}

/* Which kind of TLS follows from the port. */
static const char *write_ssl(struct mlint_arena *arena, const struct mlint_node *node,
                             struct mlint_str value)
{
    (void)arena;
    if (node->type != MLINT_NODE_BOOLEAN)
        return NULL;
    return mlint_str_eq(value, MLINT_STR("none")) ? "<false/>" : "<true/>";
}

static const char *write_protocol(struct mlint_arena *arena, const struct mlint_node *node,
                                  struct mlint_str value)
{
    (void)arena, (void)node;
    return mlint_str_eq(value, MLINT_STR("pop3")) ? "EmailTypePOP" : "EmailTypeIMAP";
}

static const struct mlint_converter conv_text = { "profile-text", NULL, write_text };
static const struct mlint_converter conv_auth = { "profile-auth", NULL, write_auth };
static const struct mlint_converter conv_ssl = { "profile-ssl", NULL, write_ssl };
static const struct mlint_converter conv_protocol = { "profile-protocol", NULL,
                                                      write_protocol };

void mlint_profile_set_converters(const struct mlint_profile *profile, struct mlint_side *side)
{
    static const struct mlint_converter *const converters[MLINT_SIDE_FIELD_COUNT] = {
        [MLINT_FIELD_PROTOCOL] = &conv_protocol, [MLINT_FIELD_HOST] = &conv_text,
        [MLINT_FIELD_PORT] = &conv_text,         [MLINT_FIELD_SECURITY] = &conv_ssl,
        [MLINT_FIELD_AUTH] = &conv_auth,         [MLINT_FIELD_USERNAME] = &conv_text,
    };

    for (unsigned i = 0; i < MLINT_SIDE_FIELD_COUNT; i++)
        if (profile->is_xml && side->field[i].presence == MLINT_WRITTEN)
            side->field[i].converter = converters[i];
}
