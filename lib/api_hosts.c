/* api_hosts.c: what programs around the library need beside whole results: to end a call that
 * runs, to be handed findings one by one, to have a result as a report at once. It adds no
 * judgement; everything goes through the functions that every host may call. */
#include "linter.h"

void mlint_linter_set_progress(struct mlint_linter *linter, int (*progress)(void *user),
                               void *user)
{
    if (!linter)
        return;
    linter->progress = progress;
    linter->progress_user = user;
}

/* ---- One by one ---- */

static int visit_accounts(const struct mlint_result *result,
                          const struct mlint_visitor *visitor, size_t file, size_t *next)
{
    int stop = 0;

    for (; *next < result->account_count && result->accounts[*next]->file == file && !stop;
         ++*next) {
        if (visitor->account)
            stop = visitor->account(visitor->user, result, result->accounts[*next]);
    }
    return stop;
}

static int visit_findings(const struct mlint_result *result,
                          const struct mlint_visitor *visitor, size_t file, size_t *next)
{
    int stop = 0;

    for (;
         *next < result->finding_count && result->findings[*next]->place.file == file && !stop;
         ++*next) {
        if (visitor->finding)
            stop = visitor->finding(visitor->user, result, result->findings[*next]);
    }
    return stop;
}

/* Accounts and findings stand in the order of files. */
static int visit(const struct mlint_result *result, const struct mlint_visitor *visitor)
{
    size_t account = 0, finding = 0;
    int stop = 0;

    for (size_t i = 0; i < result->file_count && !stop; i++) {
        if (visitor->file)
            stop = visitor->file(visitor->user, result, result->files[i]);
        stop = stop || visit_accounts(result, visitor, i, &account) ||
               visit_findings(result, visitor, i, &finding);
    }
    return stop;
}

enum mlint_status mlint_check_each(struct mlint_linter *linter, const struct mlint_input *input,
                                   const struct mlint_visitor *visitor,
                                   struct mlint_error *error)
{
    struct mlint_result *result = NULL;
    enum mlint_status status;

    if (!visitor || visitor->struct_size < sizeof(*visitor))
        return mlint_fail_with(error, MLINT_E_ARGUMENT, "mlint_check_each: a wrong visitor");
    status = mlint_check(linter, input, &result, error);
    if (status != MLINT_OK)
        return status;
    if (visit(result, visitor))
        status = mlint_fail_with(error, MLINT_E_CANCELLED, "the host ended the call");
    mlint_result_free(result);
    return status;
}

/* ---- A report at once ---- */

enum mlint_status mlint_result_report(const struct mlint_result *result, const char *format,
                                      int (*write)(void *user, const void *data, size_t length),
                                      void *user, struct mlint_error *error)
{
    struct mlint_report_options options = {
        .struct_size = sizeof(options), .format = format, .write = write, .user = user
    };
    struct mlint_report *report = NULL;
    enum mlint_status status;

    if (!result || !format || !write)
        return mlint_fail_with(error, MLINT_E_ARGUMENT,
                               "mlint_result_report: an argument is NULL");
    status = mlint_report_new(&report, result->config, &options, error);
    if (status == MLINT_OK)
        status = mlint_report_add(report, result, error);
    if (status == MLINT_OK)
        status = mlint_report_finish(report, 0, NULL, error);
    mlint_report_free(report);
    return status;
}
