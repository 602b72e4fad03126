/* apple_mobileconfig.c: Apple configuration profiles with mail accounts (.mobileconfig).
 *
 * XML, binary and old-style property lists alike; signatures are taken off before (unwrap_cms).
 * Payloads are told apart by their PayloadType, never by key names: CalDAV and Wi-Fi payloads
 * have host names and passwords too. What the mail payload means is in apple_profile_mail.c.
 * Apple documents the keys in github.com/apple/device-management, mdm/profiles. */
#include "formats/apple_profile.h"
#include "formats/apple_values.h"
#include "model/config.h"
#include "source/limits.h"
#include "syntax/plist.h"

/* ---- Recognising ---- */

/* PayloadType, PayloadContent, PayloadIdentifier or EmailAccountType. */
static bool has_keys(struct mlint_str s)
{
    const struct mlint_str payload = MLINT_STR("Payload");
    struct mlint_str rest = s;
    size_t at;

    while ((at = mlint_str_find(rest, payload)) < rest.len) {
        rest = mlint_str_sub(rest, at + payload.len, rest.len);
        if (mlint_str_starts(rest, MLINT_STR("Type")) ||
            mlint_str_starts(rest, MLINT_STR("Content")) ||
            mlint_str_starts(rest, MLINT_STR("Identifier")))
            return true;
    }
    return mlint_str_find(s, MLINT_STR("EmailAccountType")) < s.len;
}

static int probe_xml(const struct mlint_probe *probe)
{
    struct mlint_str root = probe->root;

    if (root.len == 0)
        return MLINT_BID_NAME + 1; /* a long comment first: nothing speaks against it */
    if (!mlint_str_eq(root, MLINT_STR("plist")) && !mlint_str_eq(root, MLINT_STR("dict")) &&
        !mlint_str_eq(root, MLINT_STR("array")))
        return MLINT_BID_NONE;
    return has_keys(probe->text) ? MLINT_BID_CERTAIN : MLINT_BID_SYNTAX;
}

/* UTF-32, which the head is not narrowed from. */
static bool is_wide(struct mlint_str raw)
{
    return raw.len >= 8 &&
           (memcmp(raw.ptr, "\xFF\xFE\0\0", 4) == 0 ||
            memcmp(raw.ptr, "\0\0\xFE\xFF", 4) == 0 || memcmp(raw.ptr, "<\0\0\0", 4) == 0 ||
            memcmp(raw.ptr, "\0\0\0<", 4) == 0);
}

static int probe(const struct mlint_probe *probe)
{
    if (is_wide(probe->raw))
        return MLINT_BID_NAME + 1;
    if (mlint_is_declaration(probe->text))
        return MLINT_BID_KEYS;
    if (mlint_may_be_declaration(probe->text) && probe->size > MLINT_LIMIT_PROBE &&
        !has_keys(probe->text))
        return MLINT_BID_NAME + 1; /* a list of declarations, of which a later one is mail */
    switch (mlint_plist_kind(mlint_str_starts(probe->raw, MLINT_STR("bplist")) ? probe->raw
                                                                               : probe->text)) {
    case MLINT_PLIST_XML:
        return probe_xml(probe);
    case MLINT_PLIST_BINARY:
    case MLINT_PLIST_OTHER_BINARY:
        return has_keys(probe->raw) ? MLINT_BID_CERTAIN : MLINT_BID_SYNTAX;
    case MLINT_PLIST_ASCII:
    case MLINT_PLIST_PRINTED:
        return has_keys(probe->text) ? MLINT_BID_KEYS : MLINT_BID_NONE;
    default:
        return MLINT_BID_NONE;
    }
}

/* ---- Reading ---- */

static struct mlint_str text_of(const struct mlint_node *node, const char *key)
{
    const struct mlint_node *found = mlint_apple_text(node, key);
    return found ? found->value : MLINT_STR("");
}

static bool is_payload(const struct mlint_node *node)
{
    return node && node->type == MLINT_NODE_DICT &&
           (mlint_node_get(node, "PayloadType") || mlint_node_get(node, "EmailAccountType"));
}

/* What looks like mail and yet is none to a device. */
static void note_misplaced(struct mlint_profile *profile, const struct mlint_node *payload,
                           struct mlint_str type)
{
    const char *key = "PayloadType";

    if (mlint_str_eq(type, MLINT_STR("com.apple.mail.managed")))
        return;
    if (mlint_str_eq(type, MLINT_STR("Configuration")))
        mlint_reading_note(profile->reading, MLINT_NOTE_UNKNOWN_VALUE,
                           mlint_node_get(payload, key),
                           "a profile inside a profile: devices refuse it, and it is passed "
                           "over here");
    else if (mlint_node_get(payload, "EmailAccountType"))
        mlint_reading_note(
            profile->reading, MLINT_NOTE_UNKNOWN_VALUE, mlint_node_get(payload, key),
            "a payload with EmailAccountType that is no "
            "com.apple.mail.managed: devices pass it over, and so does maillint");
}

static void read_payload(struct mlint_profile *profile, const struct mlint_node *payload)
{
    struct mlint_str type = text_of(payload, "PayloadType");

    if (payload->type != MLINT_NODE_DICT)
        return;
    if (mlint_str_eq(type, MLINT_STR("com.apple.mail.managed")) ||
        (type.len == 0 && mlint_node_get(payload, "EmailAccountType")))
        mlint_profile_mail(profile, payload);
    else
        mlint_profile_other(profile, payload, type);
    if (type.len && payload != profile->top)
        note_misplaced(profile, payload, type);
}

/* Two payloads of one identifier: the later replaces the earlier when they are installed. That
 * the profile has the identifier of its only payload is what cPanel and others write. */
static void compare(struct mlint_profile *profile, const struct mlint_node *one,
                    const struct mlint_node *other, const char *key)
{
    const struct mlint_node *a = mlint_apple_text(one, key);
    const struct mlint_node *b = mlint_apple_text(other, key);
    struct mlint_reading *reading = profile->reading;
    struct mlint_note *note;

    if (!a || !b || !mlint_str_eq_nocase(a->value, b->value))
        return;
    note = mlint_tree_note(reading->tree, MLINT_NOTE_DUPLICATE_KEY, b->value_span,
                           "%s \"%.*s\" is given to two payloads; only one of them may keep it",
                           key, MLINT_STR_ARG(b->value));
    if (note) {
        note->node = b;
        note->related = a;
        note->hint = "give every payload an identifier and a UUID of its own";
    }
}

static void check_identifiers(struct mlint_profile *profile)
{
    enum { LOOKED_AT = 100 }; /* payloads; every pair is compared */
    unsigned i = 0, j;

    for (const struct mlint_node *a = profile->payloads->child; a && i < LOOKED_AT;
         a = a->next, i++) {
        j = i;
        compare(profile, profile->top, a, "PayloadUUID");
        for (const struct mlint_node *b = a->next; b && j < LOOKED_AT; b = b->next, j++) {
            compare(profile, a, b, "PayloadIdentifier");
            compare(profile, a, b, "PayloadUUID");
        }
    }
}

static void read_payloads(struct mlint_profile *profile)
{
    const struct mlint_node *payload;

    for (payload = profile->payloads->child; payload; payload = payload->next)
        if (payload->type == MLINT_NODE_DICT)
            mlint_profile_preferences(profile, payload, text_of(payload, "PayloadType"));
    for (payload = profile->payloads->child; payload; payload = payload->next)
        read_payload(profile, payload);
    if (profile->reading->file->account_count == 0)
        mlint_profile_interval_alone(profile);
    check_identifiers(profile);
}

/* A payload without its profile, or a profile that holds one where the list should be. */
static void read_lonely(struct mlint_profile *profile)
{
    const struct mlint_node *content = mlint_node_get(profile->top, "PayloadContent");

    if (!content ||
        !mlint_str_eq(text_of(profile->top, "PayloadType"), MLINT_STR("Configuration"))) {
        read_payload(profile, profile->top);
        return;
    }
    mlint_reading_note(profile->reading, MLINT_NOTE_UNKNOWN_VALUE, content,
                       "PayloadContent is no array; devices refuse the profile");
    if (is_payload(content))
        read_payload(profile, content);
}

static bool is_template(const struct mlint_tree *tree)
{
    const struct mlint_note *note = tree->notes;

    while (note && note->kind != MLINT_NOTE_UNFILLED_TEMPLATE)
        note = note->next;
    return note;
}

/* The accounts are sealed for one device: say whose profile it is, which is not. */
static enum mlint_read_outcome sealed(struct mlint_profile *profile)
{
    struct mlint_str name = text_of(profile->top, "PayloadDisplayName");
    struct mlint_str id = text_of(profile->top, "PayloadIdentifier");
    struct mlint_str maker = text_of(profile->top, "PayloadOrganization");

    if (!name.len)
        name = MLINT_STR("without a name");
    if (!id.len)
        id = MLINT_STR("no identifier");
    profile->reading->file->detail = mlint_arena_printf(
        profile->reading->arena,
        "the profile \"%.*s\" (%.*s%s%.*s) is encrypted for one device: its accounts cannot be "
        "read without that device's key. Ask for the profile as it was before encryption",
        MLINT_STR_ARG(name), MLINT_STR_ARG(id), maker.len ? ", " : "", MLINT_STR_ARG(maker));
    return MLINT_READ_UNREADABLE;
}

/* The profile itself, or a fragment: the list of payloads, or one of them. */
static bool find_payloads(struct mlint_profile *profile, const struct mlint_node *first)
{
    const struct mlint_node *content;

    profile->top = first;
    if (!first)
        return false;
    if (first->type == MLINT_NODE_ARRAY) {
        profile->payloads = first;
        return is_payload(first->child);
    }
    if (first->type != MLINT_NODE_DICT)
        return false;
    content = mlint_node_get(first, "PayloadContent");
    if (content && content->type == MLINT_NODE_ARRAY)
        profile->payloads = content;
    return content || is_payload(first) || mlint_node_get(first, "EncryptedPayloadContent") ||
           mlint_node_get(first, "PayloadIdentifier");
}

/* JSON or old-style, with or without byte-order mark: then the text is decoded. */
static bool begins_like_json(struct mlint_reading *reading)
{
    struct mlint_str raw = reading->source->raw;
    size_t at = 0;

    while (at < raw.len && at < 4 && raw.ptr[at] != '{' && raw.ptr[at] != '[' &&
           raw.ptr[at] != '<')
        at++;
    return mlint_may_be_declaration(mlint_str_sub(raw, at, raw.len)) &&
           mlint_source_decode(reading->source, reading->arena, 0);
}

static enum mlint_read_outcome parse(struct mlint_reading *reading)
{
    return begins_like_json(reading) && mlint_is_declaration(reading->source->text)
               ? mlint_declaration_parse(reading)
               : mlint_apple_parse(reading);
}

static enum mlint_read_outcome read_profile(struct mlint_reading *reading)
{
    struct mlint_profile profile = { .reading = reading };
    enum mlint_read_outcome outcome;

    if (begins_like_json(reading)) {
        if (mlint_is_declaration(reading->source->text))
            return mlint_declaration_read(reading);
        if (!has_keys(reading->source->text))
            return MLINT_READ_NOT_MINE;
    }
    outcome = mlint_apple_parse(reading);
    if (outcome != MLINT_READ_OK)
        return outcome;
    if (!find_payloads(&profile, reading->tree->root->child))
        return reading->tree->damaged && has_keys(reading->source->text)
                   ? mlint_reading_outcome(reading, reading->tree)
                   : MLINT_READ_NOT_MINE;
    profile.is_xml = mlint_plist_kind(reading->source->text) == MLINT_PLIST_XML;
    profile.is_template = is_template(reading->tree);
    if (profile.payloads)
        read_payloads(&profile);
    else if (mlint_node_get(profile.top, "EncryptedPayloadContent"))
        return sealed(&profile);
    else
        read_lonely(&profile);
    return mlint_reading_outcome(reading, reading->tree);
}

static bool is_secret(const struct mlint_node *node)
{
    static const char *const names[] = { "SharedSecret",   "Passphrase",
                                         "Challenge",      "PIN",
                                         "PayloadContent", "EncryptedPayloadContent" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (mlint_str_eq(node->name, mlint_str_from(names[i])) &&
            (node->type == MLINT_NODE_STRING || node->type == MLINT_NODE_BINARY))
            return true;
    return false;
}

const struct mlint_format mlint_format_apple_mobileconfig = {
    .id = "apple-mobileconfig",
    .client = MLINT_CLIENT_APPLE_MAIL,
    .title = "Apple configuration profile (.mobileconfig), signed or not",
    .recognised_by = "a property list with PayloadContent, PayloadType or PayloadIdentifier; "
                     "JSON of type com.apple.configuration.account.mail",
    .often = "<b",
    .probe = probe,
    .read = read_profile,
    .parse = parse,
    .is_secret = is_secret,
};
