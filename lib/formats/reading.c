/* reading.c: what every reader needs after its tree: notes about nodes, the outcome of a
 * damaged tree, and the finish of its accounts (own address, placeholders that were never
 * filled in). */
#include "base/format.h"
#include "formats/format.h"
#include "source/limits.h"

void mlint_reading_note(struct mlint_reading *reading, enum mlint_note_kind kind,
                        const struct mlint_node *node, const char *format, ...)
{
    struct mlint_note *note;
    char text[400];
    va_list args;

    if (!reading->tree)
        return;
    va_start(args, format);
    mlint_format(text, sizeof(text), format, args);
    va_end(args);
    note = mlint_tree_note(reading->tree, kind, node ? node->value_span : MLINT_NO_SPAN, "%s",
                           text);
    if (note && node) {
        note->node = node;
        note->source = node->source;
    }
}

enum mlint_read_outcome mlint_reading_outcome(struct mlint_reading *reading,
                                              const struct mlint_tree *tree)
{
    if (tree->too_many || tree->too_deep) {
        reading->file->detail = tree->too_many
                                    ? "has more values than maillint reads of one file"
                                    : "is nested more deeply than maillint reads";
        return MLINT_READ_LIMIT;
    }
    if (!tree->damaged)
        return MLINT_READ_OK;
    if (!reading->file->detail)
        reading->file->detail = tree->problem ? tree->problem : "the file is damaged";
    return tree->missing_module ? MLINT_READ_UNREADABLE : MLINT_READ_DAMAGED;
}

bool mlint_reading_is_password(struct mlint_str name)
{
    static const struct mlint_str others[] = { MLINT_STR_INIT("prompt"), MLINT_STR_INIT("ask"),
                                               MLINT_STR_INIT("remember"),
                                               MLINT_STR_INIT("save") };

    if (mlint_str_find_nocase(name, MLINT_STR("passw")) >= name.len)
        return false;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (mlint_str_find_nocase(name, others[i]) < name.len)
            return false;
    }
    return true;
}

static bool is_word(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           c == '_';
}

/* %SMTP_PASSWORD%, %password%: and not a password that happens to stand between two signs. */
static bool names_something(struct mlint_str s)
{
    bool capitals = true;

    for (size_t i = 0; i < s.len; i++) {
        if (!is_word(s.ptr[i]))
            return false;
        capitals &= s.ptr[i] < 'a';
    }
    return capitals || mlint_str_find_nocase(s, MLINT_STR("pass")) < s.len;
}

/* "********": what a program shows in place of one. */
static bool is_masked(struct mlint_str s)
{
    size_t stars = 0;

    while (stars < s.len && s.ptr[stars] == '*')
        stars++;
    return stars >= 3 && stars == s.len;
}

bool mlint_reading_is_token(struct mlint_str password)
{
    static const struct mlint_str marks[][2] = {
        { MLINT_STR_INIT("%"), MLINT_STR_INIT("%") },
        { MLINT_STR_INIT("{{"), MLINT_STR_INIT("}}") },
        { MLINT_STR_INIT("${"), MLINT_STR_INIT("}") },
        { MLINT_STR_INIT("<%"), MLINT_STR_INIT("%>") },
        { MLINT_STR_INIT("<?"), MLINT_STR_INIT("?>") },
    };
    struct mlint_str text = mlint_str_trim(password);

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        struct mlint_str inside;

        if (!mlint_str_starts(text, marks[i][0]) || !mlint_str_ends_nocase(text, marks[i][1]) ||
            text.len < marks[i][0].len + marks[i][1].len + 3)
            continue;
        inside = mlint_str_sub(text, marks[i][0].len, text.len - marks[i][1].len);
        if (i > 0 || names_something(inside))
            return true;
    }
    return is_masked(text);
}

void mlint_reading_same_login(struct mlint_account *account, unsigned side,
                              const struct mlint_node *node)
{
    static const enum mlint_field_id ids[] = { MLINT_FIELD_USERNAME, MLINT_FIELD_AUTH,
                                               MLINT_FIELD_PASSWORD };

    mlint_field_set_number(mlint_account_field_of(account, side, MLINT_FIELD_SAME_AS_INCOMING),
                           node ? MLINT_WRITTEN : MLINT_CLIENT_DEFAULT, node, 1);
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        struct mlint_field *field = mlint_account_field_of(account, side, ids[i]);

        *field = account->incoming.field[ids[i]];
        field->inherited = true;
        field->converter = NULL;
    }
}

static void drop_default(struct mlint_field *field)
{
    if (field->presence != MLINT_CLIENT_DEFAULT)
        return;
    *field = (struct mlint_field){ .where = field->where };
    field->comment = "the file ends early: the rest of it may have said so";
}

void mlint_reading_drop_defaults(struct mlint_reading *reading)
{
    struct mlint_account *account = mlint_reading_accounts(reading);

    for (; account; account = account->next) {
        if (account->file != reading->file->index)
            continue;
        for (unsigned side = 0; side <= account->outgoing_count; side++) {
            for (int id = MLINT_FIELD_HOST; id < MLINT_SIDE_FIELD_COUNT; id++)
                drop_default(mlint_account_field_of(account, side, (enum mlint_field_id)id));
        }
    }
}

/* %NAME%, also inside other text. */
static bool has_percent_name(struct mlint_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        size_t end = i + 1;
        if (s.ptr[i] != '%')
            continue;
        while (end < s.len && is_word(s.ptr[end]))
            end++;
        if (end > i + 2 && end < s.len && s.ptr[end] == '%')
            return true;
    }
    return false;
}

/* PRIMARY_HOSTNAME: capitals and at least one underscore inside, nothing else. */
static bool is_constant_name(struct mlint_str s)
{
    bool underscore = false;

    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '_' && i && i + 1 < s.len)
            underscore = true;
        else if (!(s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') && !(s.ptr[i] >= '0' && s.ptr[i] <= '9'))
            return false;
    }
    return underscore;
}

/* What every placeholder but a constant's name has: an odd character, or more than the one @ of
 * an address. A plain address costs one look. */
static bool is_odd(struct mlint_str s)
{
    static const uint8_t odd[256] = {
        ['{'] = 2, ['}'] = 2, ['<'] = 2, ['$'] = 2, ['['] = 2, ['#'] = 2, ['%'] = 2, ['@'] = 1,
    };
    size_t sum = 0;

    for (size_t i = 0; i < s.len; i++)
        sum += odd[(unsigned char)s.ptr[i]];
    return sum > 1;
}

static bool is_placeholder(struct mlint_str s)
{
    static const struct mlint_str marks[] = {
        MLINT_STR_INIT("{{"), MLINT_STR_INIT("}}"), MLINT_STR_INIT("{%"), MLINT_STR_INIT("<?"),
        MLINT_STR_INIT("<%"), MLINT_STR_INIT("${"), MLINT_STR_INIT("$("), MLINT_STR_INIT("[["),
        MLINT_STR_INIT("@@"), MLINT_STR_INIT("#{"),
    };

    if (!is_odd(s))
        return is_constant_name(s);
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (mlint_str_find(s, marks[i]) < s.len)
            return true;
    }
    if (s.ptr[0] == '$' && s.len > 1 && is_word(s.ptr[1]))
        return true;
    if (s.ptr[0] == '<' && mlint_str_find_char(s, '>') < s.len)
        return true;
    return has_percent_name(s) || is_constant_name(s);
}

/* A text of the arena that is NUL-ended, marked when it is a placeholder. Returns whether. What
 * was just copied is not looked at: a processor waits for bytes that it wrote in other pieces.
 */
static bool finish_text(struct mlint_reading *reading, struct mlint_field *field)
{
    struct mlint_str text = field->text;

    if (field->presence == MLINT_ABSENT)
        return false;
    field->text = mlint_arena_copy(reading->arena, text);
    field->shape = (uint8_t)mlint_shape_of(text);
    if (field->shape == MLINT_SHAPE_ANY && field->token == MLINT_TOKEN_NONE &&
        field->presence == MLINT_WRITTEN && is_placeholder(text))
        field->token = MLINT_TOKEN_TEMPLATE;
    return field->token == MLINT_TOKEN_TEMPLATE;
}

static void finish_field(struct mlint_reading *reading, struct mlint_field *field,
                         const struct mlint_field **unfilled)
{
    if (finish_text(reading, field) && !*unfilled)
        *unfilled = field;
}

static void finish_account(struct mlint_reading *reading, struct mlint_account *account,
                           const struct mlint_field **unfilled)
{
    if (account->address.presence == MLINT_ABSENT && account->address_count)
        mlint_field_set_text(&account->address, MLINT_WRITTEN, NULL,
                             account->addresses[0].text);
    if (account->name.presence != MLINT_ABSENT)
        account->name.text = mlint_arena_copy(reading->arena, account->name.text);
    finish_field(reading, &account->address, unfilled);
    for (unsigned i = 0; i <= account->outgoing_count; i++) {
        struct mlint_side *side = i ? &account->outgoing[i - 1] : &account->incoming;

        finish_field(reading, &side->field[MLINT_FIELD_HOST], unfilled);
        finish_field(reading, &side->field[MLINT_FIELD_USERNAME], unfilled);
    }
}

/* A reader that met template code has said so already. */
static bool template_is_noted(const struct mlint_tree *tree)
{
    const struct mlint_note *note = tree ? tree->notes : NULL;

    while (note && note->kind != MLINT_NOTE_UNFILLED_TEMPLATE)
        note = note->next;
    return note != NULL;
}

/* A default holds where the file says nothing; what was not read may have said something. */
static void forget_default(struct mlint_field *field, const char *why)
{
    if (field->presence == MLINT_CLIENT_DEFAULT)
        *field = (struct mlint_field){ .comment = why };
}

/* Why the rest of the file is not known, or NULL where it is. */
static const char *why_unread(const struct mlint_reading *reading)
{
    if (reading->file->status == MLINT_FILE_LIMIT && !reading->file->too_many_accounts)
        return "the file was not read to its end: what stood there is unknown";
    if (reading->file->status == MLINT_FILE_DAMAGED && !reading->format->client_reads_damaged)
        return "the file is damaged: what stood behind the break is unknown";
    if (reading->lost)
        return "a file that goes with it is damaged: what stood there is unknown";
    return NULL;
}

static void forget_defaults(struct mlint_account *account, const char *why)
{
    for (unsigned side = 0; side <= account->outgoing_count; side++) {
        for (unsigned id = MLINT_FIELD_HOST; id < MLINT_SIDE_FIELD_COUNT; id++)
            forget_default(mlint_account_field_of(account, side, (enum mlint_field_id)id), why);
    }
}

void mlint_reading_finish(struct mlint_reading *reading)
{
    const struct mlint_field *unfilled = NULL;
    struct mlint_account *account = mlint_reading_accounts(reading);
    const char *why = why_unread(reading);

    for (; account; account = account->next) {
        if (account->file != reading->file->index)
            continue;
        account->unread = why;
        if (why)
            forget_defaults(account, why);
        finish_account(reading, account, &unfilled);
    }
    if (unfilled && !template_is_noted(reading->tree))
        mlint_reading_note(reading, MLINT_NOTE_UNFILLED_TEMPLATE, unfilled->node,
                           "a template that was never filled in: \"%.*s\"",
                           MLINT_STR_ARG(unfilled->text));
}
