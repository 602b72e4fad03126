/* checklist.c: the help page answered for each account: a tick, a cross, a question mark with
 * the place to look, a dash for what does not apply, and a box for the steps that no file can
 * answer. */
#include "report/phrases.h"
#include "report/steps.h"
#include "report/view.h"

#define TICK "\xE2\x9C\x93"
#define CROSS "\xE2\x9C\x97"
#define DOTS "\xE2\x80\xA6"
#define DASH "\xE2\x80\x93"
#define BOX "\xE2\x98\x90"

struct ticking {
    struct mlint_rendering *rendering;
    const struct mlint_result *result;
    const struct mlint_account *account;
};

static struct mlint_buf *out_of(const struct ticking *t)
{
    return mlint_out(t->rendering, 0);
}

static void say_line(const struct ticking *t, enum mlint_colour colour, const char *sign,
                     const char *text)
{
    mlint_buf_text(out_of(t), "  ");
    mlint_colour(t->rendering, colour);
    mlint_buf_text(out_of(t), sign);
    mlint_colour(t->rendering, MLINT_PLAIN);
    mlint_buf_char(out_of(t), ' ');
    mlint_say(t->rendering, text);
    mlint_buf_char(out_of(t), '\n');
}

static void say_detail(const struct ticking *t, const char *text)
{
    if (!text || !*text)
        return;
    mlint_buf_text(out_of(t), "      ");
    mlint_say(t->rendering, text);
    mlint_buf_char(out_of(t), '\n');
}

static const struct mlint_verdict *verdict_of(const struct ticking *t,
                                              const struct mlint_rule *rule)
{
    for (size_t i = 0; i < t->result->verdict_count; i++) {
        const struct mlint_verdict *verdict = &t->result->verdicts[i];
        if (verdict->rule == rule && verdict->account == t->account->index)
            return verdict;
    }
    return NULL;
}

/* "line 4: ", "mail.reg line 4: " where that is another file than the account's. */
static const char *place_of(const struct ticking *t, const struct mlint_finding *finding)
{
    const char *path = mlint_view_path(t->result, &finding->place);
    const char *file = t->result->files[finding->place.file]->path.ptr;
    struct mlint_arena *arena = t->rendering->arena;
    struct mlint_location place;

    mlint_place_find_line(t->result, &finding->place, &place);
    if (!place.line)
        return "";
    if (strcmp(path, file) == 0)
        return mlint_arena_printf(arena, "line %u: ", place.line);
    return mlint_arena_printf(
        arena, "%s line %u: ", mlint_str_base_name(mlint_str_from(path)).ptr, place.line);
}

/* What exactly is wrong, each place with its advice. */
static void say_findings(const struct ticking *t, const struct mlint_rule *rule)
{
    const char *said = NULL;

    for (size_t i = 0; i < t->result->finding_count; i++) {
        const struct mlint_finding *finding = t->result->findings[i];

        if (finding->rule != rule || finding->account != t->account ||
            (t->rendering->held && t->rendering->held[finding->number]))
            continue;
        say_detail(t, mlint_arena_printf(t->rendering->arena, "%s%s", place_of(t, finding),
                                         finding->message));
        if (finding->hint && (!said || strcmp(said, finding->hint) != 0))
            say_detail(t, finding->hint);
        said = finding->hint;
    }
}

/* What a file has passed by itself may fail beside the other files of the run. */
static bool is_open(const struct ticking *t, const struct mlint_rule *rule,
                    const struct mlint_verdict *verdict)
{
    if (verdict)
        return verdict->kind < MLINT_FAIL && !mlint_verdict_shown(t->rendering, verdict);
    return (t->account->flags & MLINT_ACCOUNT_TOLD) &&
           mlint_cross_rule_named(mlint_rule_id(rule)) < MLINT_CROSS_COUNT;
}

static void answer(const struct ticking *t, const struct mlint_rule *rule)
{
    const struct mlint_verdict *verdict = verdict_of(t, rule);
    const char *brief = mlint_rule_brief(rule);
    bool open = is_open(t, rule, verdict);

    if (!verdict || open) {
        say_line(t, MLINT_DIM, open ? DOTS : DASH, brief);
        say_detail(t,
                   open ? "hangs on the other files of this run: see the end" : "not checked");
        return;
    }
    switch (verdict->kind) {
    case MLINT_PASS:
        say_line(t, MLINT_GREEN, TICK, brief);
        break;
    case MLINT_FAIL:
        say_line(t, MLINT_RED, CROSS, brief);
        break;
    case MLINT_UNKNOWN:
        say_line(t, MLINT_YELLOW, "?", brief);
        break;
    default:
        say_line(t, MLINT_DIM, DASH, brief);
        break;
    }
    if (verdict->kind != MLINT_PASS)
        say_detail(t, mlint_verdict_reason(t->rendering, t->result, verdict));
    say_findings(t, rule);
}

static void say_symptom(const struct ticking *t, const struct mlint_symptom *symptom)
{
    for (unsigned i = 0; i < symptom->count; i++) {
        const struct mlint_step *step = &symptom->steps[i];
        const struct mlint_rule *rule = step->rule ? mlint_rule_find(step->rule) : NULL;

        if (!mlint_step_is_for(step, t->account->client))
            continue;
        if (rule)
            answer(t, rule);
        else if (step->text)
            say_line(t, MLINT_PLAIN, BOX, step->text);
    }
}

static void say_account(const struct ticking *t, const struct mlint_symptom *symptom)
{
    const struct mlint_account *account = t->account;
    const char *not_live = mlint_account_not_live(account);

    mlint_colour(t->rendering, MLINT_BOLD);
    mlint_say(t->rendering, t->result->files[account->file]->path.ptr);
    mlint_buf_text(out_of(t), ": ");
    mlint_say(t->rendering, account->key.ptr);
    if (account->name.text.len) {
        mlint_buf_text(out_of(t), " \"");
        mlint_say(t->rendering, account->name.text.ptr);
        mlint_buf_char(out_of(t), '"');
    }
    mlint_buf_printf(out_of(t), " (%s)", mlint_client_name(account->client));
    mlint_colour(t->rendering, MLINT_PLAIN);
    mlint_buf_char(out_of(t), '\n');
    if (not_live && !t->rendering->config->include_disabled) {
        say_detail(t, mlint_arena_printf(t->rendering->arena, "not in use, not checked: %s",
                                         not_live));
    } else if (account->flags & MLINT_ACCOUNT_OTHER) {
        say_detail(t, "neither POP nor IMAP: these steps do not apply");
    } else {
        mlint_buf_printf(out_of(t), "%s\n", symptom->title);
        say_symptom(t, symptom);
    }
    mlint_buf_char(out_of(t), '\n');
}

static void say_file(struct mlint_rendering *rendering, const struct mlint_file *file)
{
    struct mlint_buf *out = mlint_out(rendering, 0);
    const char *trouble = mlint_file_trouble(file);

    if (!trouble && (file->account_count || file->status == MLINT_FILE_UNRECOGNISED))
        return;
    mlint_say(rendering, file->path.ptr);
    mlint_buf_printf(out, ": %s", trouble ? trouble : "holds no account");
    if (file->detail) {
        mlint_buf_text(out, ": ");
        mlint_say(rendering, file->detail);
    }
    mlint_buf_text(out, "\n\n");
}

/* What readers noted about the file itself. */
static void say_notes(struct mlint_rendering *rendering, const struct mlint_result *shown)
{
    struct mlint_buf *out = mlint_out(rendering, 0);
    bool any = false;

    for (size_t i = 0; i < shown->finding_count; i++) {
        const struct mlint_finding *finding = shown->findings[i];
        struct mlint_location place;

        if (mlint_finding_account(finding) != MLINT_NO_ACCOUNT ||
            !mlint_finding_shown(rendering, finding))
            continue;
        mlint_place_find_line(shown, &finding->place, &place);
        mlint_say(rendering, shown->files[finding->place.file]->path.ptr);
        mlint_buf_text(out, ": ");
        if (place.line)
            mlint_buf_printf(out, "line %u: ", place.line);
        mlint_say(rendering, finding->message);
        mlint_buf_char(out, '\n');
        any = true;
    }
    if (any)
        mlint_buf_char(out, '\n');
}

static void result(struct mlint_rendering *rendering, const struct mlint_result *shown)
{
    const struct mlint_symptom *symptom = mlint_symptom_named(rendering->options->symptom);
    struct ticking t = { .rendering = rendering, .result = shown };

    for (size_t i = 0; i < shown->file_count; i++)
        say_file(rendering, shown->files[i]);
    say_notes(rendering, shown);
    for (size_t i = 0; i < shown->account_count; i++) {
        t.account = shown->accounts[i];
        say_account(&t, symptom ? symptom : &mlint_symptoms[0]);
    }
}

static void cross(struct mlint_rendering *rendering, const struct mlint_cross *found)
{
    struct mlint_buf *out = mlint_out(rendering, 0);

    if (!found->message)
        return;
    if (rendering->first)
        mlint_buf_text(out, "Between the files of this run\n");
    rendering->first = false;
    mlint_buf_text(out, "  ");
    mlint_colour(rendering, MLINT_RED);
    mlint_buf_text(out, CROSS);
    mlint_colour(rendering, MLINT_PLAIN);
    mlint_buf_char(out, ' ');
    mlint_say(rendering, found->path);
    mlint_buf_text(out, ": ");
    mlint_say(rendering, found->key);
    mlint_buf_text(out, ": ");
    mlint_say(rendering, found->message);
    mlint_buf_char(out, '\n');
    for (size_t i = 0; i < found->related_count; i++) {
        mlint_buf_text(out, "      also: ");
        mlint_say(rendering, found->related[i].path);
        mlint_buf_text(out, ": ");
        mlint_say(rendering, found->related[i].key);
        mlint_buf_char(out, '\n');
    }
}

static void end(struct mlint_rendering *rendering, const struct mlint_summary *summary)
{
    if (rendering->first)
        mlint_buf_text(mlint_out(rendering, 0),
                       "Between the files of this run nothing is wrong.\n");
    if (!rendering->options->quiet)
        mlint_say_summary(rendering, summary, false);
}

const struct mlint_reporter mlint_report_checklist = {
    .id = "checklist",
    .media_type = "text/plain",
    .extension = "txt",
    .sections = 1,
    .passes = true,
    .alone = true,
    .in_place = true,
    .result = result,
    .cross = cross,
    .end = end,
};
