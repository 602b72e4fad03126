/* helpdesk.c: the smallest useful host: lints what a user attached and answers in sentences.
 * Valid C and C++; needs nothing but <maillint/maillint.h>:
 *     cc helpdesk.c $(pkg-config --cflags --libs maillint) -o helpdesk && ./helpdesk < jane.reg
 */
#include <maillint/maillint.h>

#include <stdio.h>

static char attachment[1 << 20];
static struct mlint_input input; /* what is not set below stays NULL */

static void answer(const struct mlint_result *result)
{
    size_t count = mlint_result_finding_count(result);

    for (size_t i = 0; i < count; i++) {
        const struct mlint_finding *finding = mlint_result_finding(result, i);
        const char *hint = mlint_finding_hint(finding);
        struct mlint_location place;
        if (mlint_finding_locate(result, finding, &place))
            printf("line %u: ", place.line);
        printf("%s [%s]\n", mlint_finding_message(finding),
               mlint_rule_id(mlint_finding_rule(finding)));
        if (hint)
            printf("    %s\n", hint);
    }
    printf("%u accounts, %u findings\n", (unsigned)mlint_result_account_count(result),
           (unsigned)count);
}

int main(void)
{
    struct mlint_config *config = NULL;
    struct mlint_linter *linter = NULL;
    struct mlint_result *result = NULL;
    struct mlint_error error;

    input.struct_size = sizeof(input);
    input.name = "attachment";
    input.data = attachment;
    input.length = fread(attachment, 1, sizeof(attachment), stdin);

    if (mlint_config_new(&config, NULL, &error) == MLINT_OK &&
        mlint_config_set(config, "provider", "turbify", "helpdesk", &error) == MLINT_OK &&
        mlint_linter_new(&linter, config, &error) == MLINT_OK &&
        mlint_check(linter, &input, &result, &error) == MLINT_OK)
        answer(result);
    else
        fprintf(stderr, "helpdesk: %s\n", error.message);

    mlint_result_free(result);
    mlint_linter_free(linter);
    mlint_config_free(config);
    return result ? 0 : 1;
}
