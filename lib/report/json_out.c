/* json_out.c: writing JSON. RFC 8259; one function escapes, the others only place commas. */
#include "report/json_out.h"

#include "base/utf8.h"

static bool is_plain(uint32_t c)
{
    if (c < 0x20 || c == '"' || c == '\\' || c == '<' || (c >= 0x7F && c < 0xA0))
        return false;
    return c < 0x61C ||
           !(c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
             (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF);
}

static void escape(struct mlint_buf *out, uint32_t c)
{
    static const char letters[] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
                                    ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\' };

    if (c < sizeof(letters) && letters[c]) {
        mlint_buf_char(out, '\\');
        mlint_buf_char(out, letters[c]);
    } else {
        mlint_buf_printf(out, "\\u%04x", c);
    }
}

/* Bytes at the front that stand for themselves; most texts are nothing else. */
static size_t plain_run(struct mlint_str text)
{
    size_t i = 0;

    while (i < text.len && text.ptr[i] >= 0x20 && text.ptr[i] < 0x7F && text.ptr[i] != '"' &&
           text.ptr[i] != '\\' && text.ptr[i] != '<')
        i++;
    return i;
}

void mlint_json_string(struct mlint_buf *out, struct mlint_str text)
{
    size_t clean = 0; /* where the bytes that can be copied as they are begin */

    mlint_buf_char(out, '"');
    for (size_t i = plain_run(text); i < text.len;) {
        uint32_t c;
        size_t len = mlint_utf8_decode(text.ptr + i, text.len - i, &c);
        bool bad = len == 1 && (text.ptr[i] & 0x80);

        if (bad || !is_plain(c)) {
            mlint_buf_add(out, text.ptr + clean, i - clean);
            clean = i + len;
            if (bad)
                mlint_buf_text(out, "\xEF\xBF\xBD");
            else
                escape(out, c);
        }
        i += len;
        i += plain_run(mlint_str_sub(text, i, text.len));
    }
    if (clean < text.len)
        mlint_buf_add(out, text.ptr + clean, text.len - clean);
    mlint_buf_char(out, '"');
}

struct mlint_json mlint_json_open(struct mlint_buf *out, char bracket)
{
    mlint_buf_char(out, bracket);
    return (struct mlint_json){ .out = out };
}

void mlint_json_key(struct mlint_json *json, const char *key)
{
    if (json->some)
        mlint_buf_char(json->out, ',');
    json->some = true;
    if (key) {
        mlint_json_string(json->out, mlint_str_from(key));
        mlint_buf_char(json->out, ':');
    }
}

void mlint_json_str(struct mlint_json *json, const char *key, struct mlint_str text)
{
    mlint_json_key(json, key);
    mlint_json_string(json->out, text);
}

void mlint_json_text(struct mlint_json *json, const char *key, const char *text)
{
    if (text)
        mlint_json_str(json, key, mlint_str_from(text));
}

void mlint_json_number(struct mlint_json *json, const char *key, int64_t number)
{
    mlint_json_key(json, key);
    mlint_buf_number(json->out, number);
}

void mlint_json_flag(struct mlint_json *json, const char *key, bool flag)
{
    mlint_json_key(json, key);
    mlint_buf_text(json->out, flag ? "true" : "false");
}

void mlint_json_null(struct mlint_json *json, const char *key)
{
    mlint_json_key(json, key);
    mlint_buf_text(json->out, "null");
}
