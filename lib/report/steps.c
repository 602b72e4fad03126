/* steps.c: the documented steps, in the order in which the provider's page gives them. A step
 * is answered by a rule, or it is one that no file can answer. */
#include "report/steps.h"

#include <string.h>

#define OUTLOOK (1u << MLINT_CLIENT_OUTLOOK)
#define APPLE (1u << MLINT_CLIENT_APPLE_MAIL)

static const struct mlint_step prompts[] = {
    { .rule = "server-settings" },
    { .rule = "username-alias" },
    { .rule = "username-full-address" },
    { .rule = "username-lowercase" },
    { .rule = "app-password" },
    { .rule = "app-password-spaces" },
    { .rule = "account-online", .clients = APPLE },
    { .rule = "no-spa" },
    { .text = "Close the mail program and open it again." },
    { .text = "If the prompt comes back, cancel it and enter the app password in the account's "
              "settings instead.",
      .clients = OUTLOOK },
    { .rule = "single-pop-session" },
    { .rule = "check-interval" },
    { .rule = "local-proxy" },
    { .text =
          "Switch firewall and virus scanner off for one test; if that helps, let them leave "
          "the mail ports alone." },
    { .text =
          "If nothing helps, read mail in the webmail and tell support which of these steps "
          "were done." },
};

static const struct mlint_step no_account[] = {
    { .text = "Ask the account's administrator whether the address exists and is active." },
    { .rule = "username-full-address" },
    { .rule = "username-alias" },
};

static const struct mlint_step no_connection[] = {
    { .text = "See in the webmail's settings that mail forwarding is off." },
    { .rule = "server-settings" },
    { .rule = "local-proxy" },
    { .text =
          "Try from another network, such as a phone's; if it works there, ask the internet "
          "provider of the first one." },
};

#define STEPS(table) .steps = (table), .count = sizeof(table) / sizeof((table)[0])

const struct mlint_symptom mlint_symptoms[MLINT_SYMPTOMS] = {
    { .id = "password-prompt", .title = "Repeated password prompts", STEPS(prompts) },
    { .id = "no-account",
      .title = "\"This user doesn't have a Business Mail account\"",
      STEPS(no_account) },
    { .id = "cannot-connect",
      .title = "\"Could not connect to the server\"",
      STEPS(no_connection) },
};

const struct mlint_symptom *mlint_symptom_named(const char *id)
{
    if (!id)
        return &mlint_symptoms[0];
    for (unsigned i = 0; i < MLINT_SYMPTOMS; i++) {
        if (strcmp(mlint_symptoms[i].id, id) == 0)
            return &mlint_symptoms[i];
    }
    return NULL;
}
