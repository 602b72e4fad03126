/* check_interval.c: a POP account does not check for mail more often than asked. */
#include "rules/rule.h"

static int64_t wanted_ms(const struct mlint_judging *judging)
{
    if (!judging->config->min_interval_set && judging->provider &&
        judging->provider->min_interval_ms)
        return judging->provider->min_interval_ms;
    return judging->config->min_interval_ms;
}

/* IMAP keeps a connection; the step is about POP unless the settings say otherwise. */
static bool applies(struct mlint_judging *judging)
{
    const struct mlint_field *protocol = mlint_field_at(judging, 0, MLINT_FIELD_PROTOCOL);

    if (judging->account->flags & MLINT_ACCOUNT_FILE_ONLY)
        return true;
    if (mlint_is_unknown(judging, protocol,
                         "the file does not say whether this is POP or IMAP"))
        return false;
    if (protocol->number == MLINT_PROTOCOL_POP3 ||
        (protocol->number == MLINT_PROTOCOL_IMAP && judging->config->interval_for_imap))
        return true;
    mlint_not_applicable(judging, "only POP accounts are asked to check seldom");
    return false;
}

static void fail_at(struct mlint_judging *judging, const struct mlint_field *interval,
                    int64_t wanted)
{
    int64_t minutes = interval->number / 60000, seconds = interval->number / 1000;
    int64_t asked = (wanted + 59999) / 60000;

    mlint_fail(judging, MLINT_INCOMING, MLINT_FIELD_INTERVAL,
               "checks for mail every %lld %s%s; %lld minutes or more are asked for",
               (long long)(minutes ? minutes : seconds),
               minutes        ? minutes == 1 ? "minute" : "minutes"
               : seconds == 1 ? "second"
                              : "seconds",
               mlint_by_default(interval), (long long)asked);
    mlint_suggest(judging,
                  mlint_str_from(mlint_arena_printf(judging->arena, "%lld", (long long)asked)),
                  true);
}

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    const struct mlint_field *enabled = mlint_field_at(judging, 0, MLINT_FIELD_CHECK_ENABLED);
    const struct mlint_field *interval = mlint_field_at(judging, 0, MLINT_FIELD_INTERVAL);
    int64_t wanted = wanted_ms(judging);

    if (!applies(judging))
        return judging->worst;
    if (mlint_field_has(enabled) && !enabled->number)
        return mlint_pass(judging);
    if (mlint_is_unknown(judging, interval, "the interval is not in this file"))
        return judging->worst;
    if (interval->number <= 0 || interval->number >= wanted)
        return mlint_pass(judging);
    fail_at(judging, interval, wanted);
    return judging->worst;
}

const struct mlint_rule mlint_rule_check_interval = {
    .id = "check-interval",
    .level = MLINT_WARNING,
    .brief = "A POP account checks for mail every 10 minutes or more.",
    .why = "Each check opens a POP session and locks the mailbox. Checks that follow one another "
           "too closely meet the lock of the one before; the server refuses the login and the "
           "client asks for the password.",
    .steps = {
        [MLINT_CLIENT_NONE] = "Let the client check for mail every 10 minutes or more.",
        [MLINT_CLIENT_OUTLOOK] = "Send/Receive > Send/Receive Groups > Define (Ctrl+Alt+S): schedule "
                                 "an automatic send/receive every 10 minutes or more.",
        [MLINT_CLIENT_OUTLOOK_EXPRESS] = "Tools > Options > General: check for new messages every "
                                         "10 minutes or more.",
        [MLINT_CLIENT_WINDOWS_MAIL] = "Tools > Options > General: check for new messages every 10 "
                                      "minutes or more.",
        [MLINT_CLIENT_THUNDERBIRD] = "Account Settings > Server Settings: check for new messages "
                                     "every 10 minutes or more.",
        [MLINT_CLIENT_K9] = "Account settings > Fetching mail > Folder poll frequency: every 15 "
                            "minutes or more.",
        [MLINT_CLIENT_APPLE_MAIL] = "Mail > Settings > General > Check for new messages: every 15 "
                                    "minutes or more.",
    },
    .source = "Turbify help, \"Troubleshooting POP password prompts in mail clients\": turn up the "
              "check mail interval to 10 minutes",
    .check = check,
};
