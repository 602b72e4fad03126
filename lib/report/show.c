/* show.c: the accounts as they were understood, a field a line: value, presence, place. */
#include "report/phrases.h"

#include "base/utf8.h"
#include "model/words.h"

struct showing {
    struct mlint_rendering *rendering;
    const struct mlint_result *result;
    const struct mlint_account *account;
};

static void pad(struct mlint_buf *out, const char *text, unsigned columns)
{
    struct mlint_str s = mlint_str_from(text);
    unsigned width = 0;

    for (size_t i = 0; i < s.len;) {
        uint32_t c;
        i += mlint_utf8_decode(s.ptr + i, s.len - i, &c);
        width += mlint_utf8_width(c);
    }
    mlint_buf_str(out, s);
    do
        mlint_buf_char(out, ' ');
    while (++width < columns);
}

static void show_place(const struct showing *s, const struct mlint_field *field)
{
    struct mlint_buf *out = mlint_out(s->rendering, 0);
    struct mlint_location place;

    if (mlint_field_locate(s->result, field, &place) && place.line) {
        if (field->node->source != s->result->files[s->account->file]->source) {
            mlint_say(s->rendering, s->result->sources[field->node->source]->name.ptr);
            mlint_buf_char(out, ':');
        }
        mlint_out_position(out, "", &place);
    } else if (place.path[0]) {
        mlint_say(s->rendering, place.path);
    }
    if (field->comment) {
        mlint_buf_text(out, place.path[0] ? " " : "");
        mlint_buf_char(out, '(');
        mlint_say(s->rendering, field->comment);
        mlint_buf_char(out, ')');
    }
}

static void show_field(const struct showing *s, const struct mlint_field *field, unsigned side,
                       enum mlint_field_id id)
{
    struct mlint_buf *out = mlint_out(s->rendering, 0);
    char name[48], digits[32];
    const char *value;

    if (field->presence == MLINT_ABSENT && !field->comment)
        return;
    value = mlint_field_text(s->result, field, id, digits);
    if (field->presence == MLINT_HIDDEN && mlint_field_is_text(id))
        value = "";
    mlint_buf_text(out, "  ");
    pad(out, mlint_field_name(side, id, name), 26);
    pad(out, mlint_utf8_clean(s->rendering->arena, mlint_str_from(value)).ptr, 32);
    pad(out, mlint_presence_name((enum mlint_presence)field->presence), 16);
    show_place(s, field);
    while (out->ptr && out->len && out->ptr[out->len - 1] == ' ')
        out->len--;
    mlint_buf_char(out, '\n');
}

static void show_addresses(const struct showing *s)
{
    struct mlint_buf *out = mlint_out(s->rendering, 0);

    for (size_t i = 0; i < s->account->address_count; i++) {
        mlint_buf_text(out, i ? ", " : "  addresses: ");
        mlint_say(s->rendering, s->account->addresses[i].text.ptr);
        mlint_buf_text(out, s->account->addresses[i].alias ? " (alias)" : "");
    }
    if (s->account->address_count)
        mlint_buf_char(out, '\n');
}

static void show_account(const struct showing *s)
{
    struct mlint_buf *out = mlint_out(s->rendering, 0);
    const struct mlint_account *account = s->account;
    const char *provider = mlint_account_provider(account);

    mlint_colour(s->rendering, MLINT_BOLD);
    mlint_buf_text(out, "account ");
    mlint_say(s->rendering, account->key.ptr);
    mlint_colour(s->rendering, MLINT_PLAIN);
    mlint_buf_printf(out, " (%s", mlint_client_name(account->client));
    if (provider)
        mlint_buf_printf(out, ", %s", provider);
    mlint_buf_text(out, ")\n");
    if (mlint_account_not_live(account)) {
        mlint_buf_text(out, "  not in use: ");
        mlint_say(s->rendering, mlint_account_not_live(account));
        mlint_buf_char(out, '\n');
    }
    for (int id = MLINT_FIELD_NAME; id < MLINT_FIELD_COUNT; id++)
        show_field(s, mlint_account_field(account, 0, (enum mlint_field_id)id), 0,
                   (enum mlint_field_id)id);
    show_addresses(s);
    for (unsigned side = 0; side < mlint_account_side_count(account); side++) {
        for (int id = 0; id < MLINT_SIDE_FIELD_COUNT; id++)
            show_field(s, mlint_account_field(account, side, (enum mlint_field_id)id), side,
                       (enum mlint_field_id)id);
    }
}

static void show_file(struct mlint_rendering *rendering, const struct mlint_file *file)
{
    struct mlint_buf *out = mlint_out(rendering, 0);
    const char *trouble = mlint_file_trouble(file);

    mlint_colour(rendering, MLINT_BOLD);
    mlint_say(rendering, file->path.ptr);
    mlint_colour(rendering, MLINT_PLAIN);
    if (file->format)
        mlint_buf_printf(out, ": %s, ", mlint_format_id(file->format));
    else
        mlint_buf_text(out, file->status == MLINT_FILE_UNRECOGNISED ? ": of no known format, "
                                                                    : ": ");
    mlint_say_count(out, file->account_count, "account", "accounts");
    if (trouble)
        mlint_buf_printf(out, ", %s", trouble);
    if (file->detail) {
        mlint_buf_text(out, ": ");
        mlint_say(rendering, file->detail);
    }
    mlint_buf_char(out, '\n');
}

static void result(struct mlint_rendering *rendering, const struct mlint_result *shown)
{
    struct showing s = { .rendering = rendering, .result = shown };

    for (size_t i = 0; i < shown->file_count; i++) {
        show_file(rendering, shown->files[i]);
        for (size_t n = 0; n < shown->account_count; n++) {
            s.account = shown->accounts[n];
            if (s.account->file == i)
                show_account(&s);
        }
    }
}

const struct mlint_reporter mlint_report_show = {
    .id = "show",
    .media_type = "text/plain",
    .extension = "txt",
    .sections = 1,
    .result = result,
};
