/* model.c: building a result: files, sources, accounts, fields, findings. Appending only; what
 * is said about accounts is decided elsewhere. */
#include "model/model.h"

#include "model/config.h"
#include "source/limits.h"

struct mlint_file *mlint_result_add_file(struct mlint_result *result, struct mlint_str path)
{
    struct mlint_file **files =
        mlint_arena_extend(&result->arena, result->files, result->file_count, &result->file_cap,
                           sizeof(struct mlint_file *));
    struct mlint_file *file;

    if (!files)
        return NULL;
    result->files = files;
    file = mlint_arena_new(&result->arena, struct mlint_file);
    if (!file)
        return NULL;
    file->path = mlint_arena_copy(&result->arena, path);
    file->index = (uint32_t)result->file_count;
    files[result->file_count++] = file;
    return file;
}

struct mlint_source *mlint_result_add_source(struct mlint_result *result, struct mlint_str name,
                                             struct mlint_str raw)
{
    struct mlint_source **sources =
        mlint_arena_extend(&result->arena, result->sources, result->source_count,
                           &result->source_cap, sizeof(struct mlint_source *));
    struct mlint_source *source;

    if (!sources)
        return NULL;
    result->sources = sources;
    source = mlint_arena_new(&result->arena, struct mlint_source);
    if (!source)
        return NULL;
    mlint_source_init(source, mlint_arena_copy(&result->arena, name), raw);
    source->cursor = mlint_arena_new(&result->arena, struct mlint_mark);
    source->index = (unsigned)result->source_count;
    sources[result->source_count++] = source;
    return source;
}

struct mlint_account *mlint_result_add_account(struct mlint_result *result,
                                               struct mlint_file *file, struct mlint_str key)
{
    struct mlint_account *account;

    if (file->account_count >= MLINT_LIMIT_ACCOUNTS) {
        file->too_many_accounts = true;
        return NULL;
    }
    if (result->linter && mlint_linter_stopped(result->linter))
        return NULL;
    account = mlint_arena_new(&result->arena, struct mlint_account);
    if (!account)
        return NULL;
    account->key = mlint_arena_copy(&result->arena, key);
    account->file = file->index;
    account->format = file->format;
    account->client = file->format ? mlint_format_client(file->format) : MLINT_CLIENT_NONE;
    account->installation = MLINT_STR("");
    if (result->last_account)
        result->last_account->next = account;
    else
        result->account_list = account;
    result->last_account = account;
    file->account_count++;
    return account;
}

struct mlint_finding *mlint_result_add_finding(struct mlint_result *result,
                                               const struct mlint_rule *rule)
{
    struct mlint_finding *finding;

    if (result->finding_count >= MLINT_LIMIT_FINDINGS) {
        result->too_many_findings = true;
        return NULL;
    }
    finding = mlint_arena_new(&result->arena, struct mlint_finding);
    if (!finding)
        return NULL;
    finding->rule = rule;
    finding->field = -1;
    if (result->last_finding)
        result->last_finding->next = finding;
    else
        result->finding_list = finding;
    result->last_finding = finding;
    result->finding_count++;
    return finding;
}

struct mlint_side *mlint_account_add_outgoing(struct mlint_result *result,
                                              struct mlint_account *account)
{
    size_t cap = account->outgoing_count; /* full whenever it is a power of two */

    if (account->outgoing_count >= MLINT_LIMIT_OUTGOING)
        return NULL;
    if ((cap & (cap - 1)) == 0) {
        struct mlint_side *sides =
            mlint_arena_array(&result->arena, struct mlint_side, cap ? cap * 2 : 1);
        if (!sides)
            return NULL;
        if (cap)
            memcpy(sides, account->outgoing, cap * sizeof(*sides));
        account->outgoing = sides;
    }
    account->outgoing[account->outgoing_count].exists = true;
    return &account->outgoing[account->outgoing_count++];
}

void mlint_account_add_address(struct mlint_result *result, struct mlint_account *account,
                               struct mlint_str address, bool alias)
{
    size_t cap = account->address_count;

    if (!address.len || account->address_count >= MLINT_LIMIT_ADDRESSES)
        return;
    for (size_t i = 0; i < account->address_count; i++) {
        if (mlint_str_eq(account->addresses[i].text, address))
            return;
    }
    if ((cap & (cap - 1)) == 0) {
        struct mlint_address *addresses =
            mlint_arena_array(&result->arena, struct mlint_address, cap ? cap * 2 : 1);
        if (!addresses)
            return;
        if (cap)
            memcpy(addresses, account->addresses, cap * sizeof(*addresses));
        account->addresses = addresses;
    }
    account->addresses[account->address_count++] = (struct mlint_address){
        .text = mlint_arena_copy(&result->arena, address),
        .alias = alias,
    };
}

struct mlint_field *mlint_account_own_field(struct mlint_account *account,
                                            enum mlint_field_id id)
{
    switch (id) {
    case MLINT_FIELD_NAME:
        return &account->name;
    case MLINT_FIELD_ENABLED:
        return &account->enabled;
    case MLINT_FIELD_ONLINE:
        return &account->online;
    case MLINT_FIELD_ADDRESS:
        return &account->address;
    default:
        return NULL;
    }
}

static void set_place(struct mlint_field *field, enum mlint_presence presence,
                      const struct mlint_node *node)
{
    field->presence = (uint8_t)presence;
    field->node = node;
    if (node)
        field->source = (uint16_t)node->source;
}

void mlint_field_set_text(struct mlint_field *field, enum mlint_presence presence,
                          const struct mlint_node *node, struct mlint_str text)
{
    set_place(field, presence, node);
    field->text = text;
    field->shape = MLINT_SHAPE_ANY;
}

void mlint_field_set_number(struct mlint_field *field, enum mlint_presence presence,
                            const struct mlint_node *node, int64_t number)
{
    set_place(field, presence, node);
    field->number = number;
}

static void hide(struct mlint_result *result, const struct mlint_node *node)
{
    result->arena.secret = true;
    if (node && node->source < result->source_count)
        mlint_source_hide(result->sources[node->source], &result->arena, node->value_span);
}

void mlint_field_set_password(struct mlint_result *result, struct mlint_field *field,
                              const struct mlint_node *node, struct mlint_str secret)
{
    set_place(field, MLINT_WRITTEN, node);
    field->number = MLINT_PASSWORD_READABLE;
    field->secret = secret;
    hide(result, node);
}

static bool has_password(const struct mlint_account *account, const struct mlint_node *node)
{
    if (account->incoming.field[MLINT_FIELD_PASSWORD].node == node)
        return true;
    for (size_t i = 0; i < account->outgoing_count; i++) {
        if (account->outgoing[i].field[MLINT_FIELD_PASSWORD].node == node)
            return true;
    }
    return false;
}

void mlint_account_add_spare(struct mlint_result *result, struct mlint_account *account,
                             unsigned side, const struct mlint_node *node)
{
    struct mlint_spare *spare;

    if (has_password(account, node))
        return;
    hide(result, node);
    spare = account->spare_count < MLINT_LIMIT_SPARES
                ? mlint_arena_new(&result->arena, struct mlint_spare)
                : NULL;
    if (!spare)
        return;
    *spare = (struct mlint_spare){ .next = account->spares, .node = node, .side = side };
    account->spares = spare;
    account->spare_count++;
}
