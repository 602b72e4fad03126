/* records_account.c: an account as a JSON object: for check its values, with the presence of
 * those that are not written beside them; for show each field as an object with presence and
 * place. */
#include "report/records.h"

#include "model/words.h"

struct account_record {
    const struct mlint_records *records;
    const struct mlint_result *result;
    const struct mlint_account *account;
    unsigned section;
};

static const enum mlint_field_id incoming[] = {
    MLINT_FIELD_PROTOCOL,
    MLINT_FIELD_HOST,
    MLINT_FIELD_PORT,
    MLINT_FIELD_SECURITY,
    MLINT_FIELD_AUTH,
    MLINT_FIELD_USERNAME,
    MLINT_FIELD_PASSWORD,
    MLINT_FIELD_CHECK_ENABLED,
    MLINT_FIELD_CHECK_AT_START,
    MLINT_FIELD_INTERVAL,
    MLINT_FIELD_LEAVE_ON_SERVER,
};
static const enum mlint_field_id outgoing[] = {
    MLINT_FIELD_HOST,     MLINT_FIELD_PORT,     MLINT_FIELD_SECURITY,         MLINT_FIELD_AUTH,
    MLINT_FIELD_USERNAME, MLINT_FIELD_PASSWORD, MLINT_FIELD_SAME_AS_INCOMING,
};
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* The value alone; false: there is none to show (sealed). */
static bool put_value(struct mlint_json *json, const char *key, const struct mlint_field *field,
                      enum mlint_field_id id)
{
    const char *word = mlint_enum_word(id, field->number);

    if (mlint_field_is_text(id)) {
        if (field->presence == MLINT_HIDDEN)
            return false;
        mlint_json_str(json, key, field->text);
    } else if (mlint_field_is_flag(id)) {
        mlint_json_flag(json, key, field->number != 0);
    } else if (word) {
        mlint_json_word(json, key, word);
    } else {
        mlint_json_number(json, key,
                          id == MLINT_FIELD_INTERVAL ? field->number / 60000 : field->number);
    }
    return true;
}

static void put_shown(const struct account_record *record, struct mlint_json *json,
                      const struct mlint_field *field, enum mlint_field_id id)
{
    struct mlint_location place;
    struct mlint_json object;
    const char *source = NULL;

    mlint_json_key(json, mlint_field_word(id));
    object = mlint_json_open(json->out, '{');
    put_value(&object, "value", field, id);
    mlint_json_word(&object, "presence",
                    mlint_presence_name((enum mlint_presence)field->presence));
    if (mlint_field_locate(record->result, field, &place) &&
        field->node->source != record->result->files[record->account->file]->source)
        source = record->result->sources[field->node->source]->name.ptr;
    mlint_record_location(&object, "location", &place, source);
    mlint_json_text(&object, "comment", field->comment);
    mlint_buf_char(json->out, '}');
}

static void put_field(const struct account_record *record, struct mlint_json *json,
                      const struct mlint_field *field, enum mlint_field_id id)
{
    if (field->presence == MLINT_ABSENT)
        return;
    if (record->records->show)
        put_shown(record, json, field, id);
    else
        put_value(json, mlint_field_word(id), field, id);
}

/* "Not in this file" is a value of its own for passwords. */
static void put_no_password(const struct account_record *record, struct mlint_json *json)
{
    struct mlint_json object;

    if (!record->records->show) {
        mlint_json_text(json, "password", "absent");
        return;
    }
    mlint_json_key(json, "password");
    object = mlint_json_open(json->out, '{');
    mlint_json_text(&object, "value", "absent");
    mlint_json_word(&object, "presence", "absent");
    mlint_buf_char(json->out, '}');
}

static void put_side(const struct account_record *record, struct mlint_json *json,
                     const char *key, const struct mlint_side *side, bool is_incoming)
{
    const enum mlint_field_id *ids = is_incoming ? incoming : outgoing;
    size_t count = is_incoming ? COUNT(incoming) : COUNT(outgoing);
    bool same = !is_incoming && side->field[MLINT_FIELD_SAME_AS_INCOMING].number;
    struct mlint_json object;

    mlint_json_key(json, key);
    object = mlint_json_open(json->out, '{');
    for (size_t i = 0; i < count; i++) {
        const struct mlint_field *field = &side->field[ids[i]];

        if (ids[i] == MLINT_FIELD_PASSWORD && field->presence == MLINT_ABSENT)
            put_no_password(record, &object);
        else if (!(same && ids[i] == MLINT_FIELD_USERNAME) &&
                 !(!same && ids[i] == MLINT_FIELD_SAME_AS_INCOMING))
            put_field(record, &object, field, ids[i]);
    }
    mlint_buf_char(json->out, '}');
}

static void put_addresses(struct mlint_json *json, const struct mlint_account *account)
{
    struct mlint_json list;

    mlint_json_key(json, "addresses");
    list = mlint_json_open(json->out, '[');
    for (size_t i = 0; i < account->address_count; i++)
        mlint_json_str(&list, NULL, account->addresses[i].text);
    mlint_buf_char(json->out, ']');
}

static void put_presence_of(struct mlint_json *list, const struct mlint_field *field,
                            unsigned side, enum mlint_field_id id)
{
    char name[48];

    if (field->presence == MLINT_CLIENT_DEFAULT || field->presence == MLINT_HIDDEN)
        mlint_json_text(list, mlint_field_name(side, id, name),
                        mlint_presence_name((enum mlint_presence)field->presence));
}

static void put_presence(const struct account_record *record, struct mlint_json *json)
{
    const struct mlint_account *account = record->account;
    struct mlint_json list;

    mlint_json_key(json, "presence");
    list = mlint_json_open(json->out, '{');
    put_presence_of(&list, &account->name, 0, MLINT_FIELD_NAME);
    put_presence_of(&list, &account->enabled, 0, MLINT_FIELD_ENABLED);
    put_presence_of(&list, &account->online, 0, MLINT_FIELD_ONLINE);
    for (size_t i = 0; i < COUNT(incoming); i++)
        put_presence_of(&list, &account->incoming.field[incoming[i]], 0, incoming[i]);
    for (unsigned side = 0; side < account->outgoing_count; side++) {
        for (size_t i = 0; i < COUNT(outgoing); i++)
            put_presence_of(&list, &account->outgoing[side].field[outgoing[i]], side + 1,
                            outgoing[i]);
    }
    mlint_buf_char(json->out, '}');
}

static void put_alternatives(const struct account_record *record, struct mlint_json *json)
{
    struct mlint_json list;

    mlint_json_key(json, "outgoing_alternatives");
    list = mlint_json_open(json->out, '[');
    for (size_t i = 1; i < record->account->outgoing_count; i++)
        put_side(record, &list, NULL, &record->account->outgoing[i], false);
    mlint_buf_char(json->out, ']');
}

static void put_number(const struct account_record *record, struct mlint_json *json)
{
    struct mlint_rendering *rendering = record->records->rendering;

    if (record->records->stream)
        mlint_json_word(json, "type", "account");
    mlint_json_key(json, "id");
    mlint_out_account(rendering, record->section, record->account->index);
    mlint_json_key(json, "file");
    mlint_out_file(rendering, record->section, record->account->file);
}

void mlint_record_account(const struct mlint_records *records, unsigned section,
                          const struct mlint_result *result,
                          const struct mlint_account *account)
{
    struct account_record record = { records, result, account, section };
    struct mlint_json json = mlint_json_open(mlint_out(records->rendering, section), '{');

    put_number(&record, &json);
    mlint_json_str(&json, "key", account->key);
    put_field(&record, &json, &account->name, MLINT_FIELD_NAME);
    mlint_json_word(&json, "client", mlint_client_name(account->client));
    put_field(&record, &json, &account->enabled, MLINT_FIELD_ENABLED);
    mlint_json_text(&json, "not_live", mlint_account_not_live(account));
    put_addresses(&json, account);
    mlint_json_text(&json, "provider", mlint_account_provider(account));
    put_side(&record, &json, "incoming", &account->incoming, true);
    if (account->outgoing_count)
        put_side(&record, &json, "outgoing", &account->outgoing[0], false);
    if (account->outgoing_count > 1)
        put_alternatives(&record, &json);
    put_field(&record, &json, &account->online, MLINT_FIELD_ONLINE);
    if (!records->show)
        put_presence(&record, &json);
    mlint_buf_text(json.out, records->stream ? "}\n" : "}");
}
