/* cases.c: finds the golden cases, reads their inputs, and runs maillint over them through the
 * public header, as a host would. Compares nothing. */
#include "test/cases.h"

#include <fnmatch.h>
#include <stdio.h>

static char *join(const char *folder, const char *name)
{
    return mlint_test_print("%s/%s", folder, name);
}

/* ---- Finding them ------------------------------------------------------------------------ */

/* The lines of a file that are neither empty nor comments. */
static struct mlint_test_names read_lines(const char *folder, const char *name)
{
    struct mlint_test_names lines = { NULL, 0 };
    char *path = join(folder, name);
    struct mlint_str text = mlint_test_read(path), rest = text, line;

    free(path);
    while (text.ptr && mlint_str_split(&rest, '\n', &line)) {
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        lines.name =
            mlint_test_need(realloc(lines.name, (lines.count + 1) * sizeof(*lines.name)));
        lines.name[lines.count++] = strndup(line.ptr, line.len);
    }
    free((char *)text.ptr);
    return lines;
}

static void add_input(struct mlint_case *item, const char *name)
{
    item->inputs =
        mlint_test_need(realloc(item->inputs, (item->input_count + 1) * sizeof(*item->inputs)));
    item->inputs[item->input_count++] = (struct mlint_case_input){
        .name = strdup(name),
        .path = join(item->folder, name),
    };
}

static void add_folder(struct mlint_case *item, const char *name)
{
    char *folder = join(item->folder, name);
    struct mlint_test_names names = mlint_test_list(folder);

    for (size_t i = 0; i < names.count; i++) {
        char *path = join(name, names.name[i]), *full = join(item->folder, path);

        if (mlint_test_is_folder(full))
            add_folder(item, path);
        else
            add_input(item, path);
        free(full);
        free(path);
    }
    mlint_test_names_free(&names);
    free(folder);
}

static void find_inputs(struct mlint_case *item)
{
    struct mlint_test_names names = mlint_test_list(item->folder);

    for (size_t i = 0; i < names.count; i++) {
        if (strcmp(names.name[i], "input") == 0)
            add_folder(item, "input");
        else if (strncmp(names.name[i], "input.", 6) == 0)
            add_input(item, names.name[i]);
    }
    mlint_test_names_free(&names);
}

static void add_case(struct mlint_cases *cases, const char *folder, const char *name)
{
    const char *glob = getenv("MLINT_CASE");
    struct mlint_case *item;

    if (glob && fnmatch(glob, name, 0) != 0)
        return;
    cases->item =
        mlint_test_need(realloc(cases->item, (cases->count + 1) * sizeof(*cases->item)));
    item = &cases->item[cases->count++];
    *item = (struct mlint_case){ .name = strdup(name), .folder = strdup(folder) };
    find_inputs(item);
    item->options = read_lines(folder, "options");
    item->secrets = read_lines(folder, "secrets");
}

/* testdata/KIND/ID/CASE: two folders deep below KIND. */
static void walk(struct mlint_cases *cases, const char *folder, const char *name, int depth)
{
    struct mlint_test_names names = mlint_test_list(folder);

    for (size_t i = 0; i < names.count; i++) {
        char *below = join(folder, names.name[i]), *label = join(name, names.name[i]);

        if (mlint_test_is_folder(below) && depth > 0)
            walk(cases, below, label, depth - 1);
        else if (mlint_test_is_folder(below))
            add_case(cases, below, label);
        free(label);
        free(below);
    }
    mlint_test_names_free(&names);
}

const struct mlint_cases *mlint_cases_all(void)
{
    static const char *const kinds[] = { "formats", "rules", "reports" };
    static struct mlint_cases cases;

    if (!cases.item)
        for (size_t i = 0; i < MLINT_TEST_COUNT(kinds); i++) {
            char *folder = mlint_test_path("testdata/%s", kinds[i]);

            walk(&cases, folder, kinds[i], 1);
            free(folder);
        }
    return &cases;
}

void mlint_case_open(struct mlint_case *item)
{
    ck_assert_msg(item->input_count > 0, "%s: has no input.EXT and no folder input",
                  item->name);
    for (size_t i = 0; i < item->input_count; i++) {
        item->inputs[i].bytes = mlint_test_read(item->inputs[i].path);
        ck_assert_msg(item->inputs[i].bytes.ptr, "%s: cannot be read", item->inputs[i].path);
    }
}

void mlint_case_close(struct mlint_case *item)
{
    for (size_t i = 0; i < item->input_count; i++) {
        free((char *)item->inputs[i].bytes.ptr);
        item->inputs[i].bytes = mlint_str_make(NULL, 0);
    }
}

/* ---- Settings ---------------------------------------------------------------------------- */

enum file_option { NOT_A_FILE, PROVIDER_FILE, ALIASES_FILE, SETTINGS_FILE, INSTALLATION };

static enum file_option file_option(const char *name)
{
    static const char *const names[] = { "", "provider-file", "aliases-file", "settings-file",
                                         "installation-folder" };

    for (int i = PROVIDER_FILE; i <= INSTALLATION; i++)
        if (strcmp(names[i], name) == 0)
            return (enum file_option)i;
    return NOT_A_FILE;
}

static enum mlint_status load(struct mlint_case_run *run, enum file_option kind,
                              const char *name)
{
    char *path = join(run->item->folder, name);
    struct mlint_str text = mlint_test_read(path);
    enum mlint_status status;

    ck_assert_msg(text.ptr, "%s: cannot be read", path);
    if (kind == PROVIDER_FILE)
        status = mlint_config_add_provider(run->config, name, text.ptr, text.len, &run->error);
    else if (kind == ALIASES_FILE)
        status = mlint_config_add_aliases(run->config, name, text.ptr, text.len, &run->error);
    else
        status = mlint_config_load(run->config, name, text.ptr, text.len, &run->error);
    free((char *)text.ptr);
    free(path);
    return status;
}

/* The files of an application's folder below the case; root: where it begins. */
static enum mlint_status install(struct mlint_case_run *run, const char *root, const char *name)
{
    char *folder = join(run->item->folder, name);
    struct mlint_test_names names = mlint_test_list(folder);
    enum mlint_status status = MLINT_OK;

    for (size_t i = 0; i < names.count && status == MLINT_OK; i++) {
        char *path = join(name, names.name[i]), *full = join(run->item->folder, path);
        struct mlint_str text;

        if (mlint_test_is_folder(full)) {
            status = install(run, root, path);
        } else {
            text = mlint_test_read(full);
            status = mlint_config_add_installation_file(run->config, path + strlen(root) + 1,
                                                        path, text.ptr, text.len, &run->error);
            free((char *)text.ptr);
        }
        free(full);
        free(path);
    }
    mlint_test_names_free(&names);
    free(folder);
    return status;
}

static enum mlint_status set(struct mlint_case_run *run, const char *line)
{
    const char *equals = strchr(line, '=');
    enum mlint_status status = MLINT_OK;
    enum file_option kind;
    char *name;

    ck_assert_msg(equals != NULL, "%s: options: no '=' in \"%s\"", run->item->name, line);
    name = strndup(line, (size_t)(equals - line));
    kind = file_option(name);
    if (kind == INSTALLATION)
        status = install(run, equals + 1, equals + 1);
    else if (kind != NOT_A_FILE)
        status = load(run, kind, equals + 1);
    else if (strcmp(name, "input-format") == 0)
        run->format = strdup(equals + 1);
    else if (strcmp(name, "symptom") == 0)
        run->symptom = strdup(equals + 1);
    else
        status = mlint_config_set(run->config, name, equals + 1, "options", &run->error);
    free(name);
    return status;
}

void mlint_case_configure(struct mlint_case_run *run, struct mlint_case *item,
                          const struct mlint_allocator *allocator)
{
    run->item = item;
    run->status = mlint_config_new(&run->config, allocator, &run->error);
    for (size_t i = 0; i < item->options.count && run->status == MLINT_OK; i++)
        run->status = set(run, item->options.name[i]);
    if (run->status == MLINT_OK && run->tune)
        run->tune(run->config, run->user);
    if (run->status == MLINT_OK)
        run->status = mlint_linter_new(&run->linter, run->config, &run->error);
}

/* ---- Linting ----------------------------------------------------------------------------- */

struct beside {
    struct mlint_case *item;
    const struct mlint_case_input *input;
    bool looked_around; /* what is found so stays an input in its own right */
};

/* The path of a file or folder beside the input, in the case; NULL: outside. "../" of name take
 * folders away. */
static char *path_beside(const struct beside *beside, const char *name)
{
    char *folder = strdup(beside->input->name), *slash = strrchr(folder, '/'), *path;

    if (slash)
        *slash = '\0';
    while (slash && strncmp(name, "../", 3) == 0) {
        slash = strrchr(folder, '/');
        if (slash)
            *slash = '\0';
        name += 3;
    }
    path = slash ? join(folder, name) : NULL;
    free(folder);
    return path;
}

/* A file of the same folder counts with the input; files further away are linted as well. */
static int companion(void *user, const char *name, const void **data, size_t *length)
{
    struct beside *beside = user;
    char *path = path_beside(beside, name);
    int found = 0;

    for (size_t i = 0; path && !found && i < beside->item->input_count; i++) {
        struct mlint_case_input *other = &beside->item->inputs[i];

        if (strcmp(other->name, path) != 0)
            continue;
        if (!beside->looked_around && !strchr(name, '/') && !strstr(name, ".cfg"))
            other->companion = true;
        *data = other->bytes.ptr;
        *length = other->bytes.len;
        found = 1;
    }
    free(path);
    return found;
}

/* Whether the input of that number is the first in its folder right below the one that is
 * listed; rest is its name from there. */
static bool is_first_of(const struct mlint_case *item, size_t number, const char *rest)
{
    size_t length = (size_t)(strchr(rest, '/') + 1 - item->inputs[number].name);

    for (size_t i = 0; i < number; i++) {
        if (strncmp(item->inputs[i].name, item->inputs[number].name, length) == 0)
            return false;
    }
    return true;
}

static const char *list(void *user, const char *name, size_t index)
{
    static char folder_name[256];
    struct beside *beside = user;
    char *asked = mlint_test_print("%s%s", name, name[0] ? "/" : "");
    char *folder = path_beside(beside, asked);
    size_t length = folder ? strlen(folder) : 0;
    const char *found = NULL;

    if (length && folder[length - 1] == '/')
        length--;
    beside->looked_around = true;
    for (size_t i = 0; folder && !found && i < beside->item->input_count; i++) {
        const char *other = beside->item->inputs[i].name, *rest = other + length + 1, *slash;

        if (strncmp(other, folder, length) != 0 || other[length] != '/')
            continue;
        slash = strchr(rest, '/');
        if ((slash && !is_first_of(beside->item, i, rest)) || index-- > 0)
            continue;
        snprintf(folder_name, sizeof(folder_name), "%.*s", slash ? (int)(slash + 1 - rest) : 0,
                 rest);
        found = slash ? folder_name : rest;
    }
    free(asked);
    free(folder);
    return found;
}

struct mlint_result *mlint_case_check(struct mlint_case_run *run, size_t input,
                                      struct mlint_str bytes)
{
    struct beside beside = { run->item, &run->item->inputs[input], false };
    struct mlint_input request = {
        .struct_size = sizeof(request),
        .name = beside.input->name,
        .data = bytes.ptr,
        .length = bytes.len,
        .format = run->format,
        .companion = companion,
        .user = &beside,
        .list = list,
    };
    struct mlint_result *result = NULL;

    run->status = mlint_check(run->linter, &request, &result, &run->error);
    return result;
}

/* A file that is read beside a later one is known to be so only now. */
static void drop_companions(struct mlint_case_run *run)
{
    for (size_t i = 0; i < run->item->input_count; i++)
        if (run->item->inputs[i].companion) {
            mlint_result_free(run->results[i]);
            run->results[i] = NULL;
        }
}

void mlint_case_lint(struct mlint_case_run *run, struct mlint_case *item,
                     const struct mlint_allocator *allocator)
{
    mlint_case_configure(run, item, allocator);
    run->results = mlint_test_need(calloc(item->input_count, sizeof(*run->results)));
    for (size_t i = 0; i < item->input_count; i++)
        item->inputs[i].companion = false;
    for (size_t i = 0; i < item->input_count && run->status == MLINT_OK; i++)
        if (!item->inputs[i].companion)
            run->results[i] = mlint_case_check(run, i, item->inputs[i].bytes);
    drop_companions(run);
}

static int collect(void *user, const void *data, size_t length)
{
    struct mlint_buf *out = user;

    mlint_buf_add(out, data, length);
    return out->failed;
}

enum mlint_status mlint_case_begin_report(struct mlint_case_run *run, const char *format,
                                          struct mlint_buf *out, struct mlint_report **report)
{
    struct mlint_report_options options = {
        .struct_size = sizeof(options),
        .format = format,
        .facts = 1,
        .symptom = run->symptom,
        .write = collect,
        .user = out,
    };
    enum mlint_status status;

    mlint_buf_init(out, NULL, 0);
    status = mlint_report_new(report, run->config, &options, &run->error);
    for (size_t i = 0; i < run->item->input_count && status == MLINT_OK; i++)
        if (run->results[i])
            status = mlint_report_add(*report, run->results[i], &run->error);
    return status;
}

enum mlint_status mlint_case_report(struct mlint_case_run *run, const char *format,
                                    struct mlint_buf *out)
{
    struct mlint_report *report = NULL;
    enum mlint_status status = mlint_case_begin_report(run, format, out, &report);

    if (status == MLINT_OK)
        status = mlint_report_finish(report, 0, NULL, &run->error);
    mlint_report_free(report);
    return status;
}

static int collect_row(void *user, const struct mlint_dump_row *row)
{
    mlint_buf_printf(user, "%s %s %s %s %u:%u\n", row->file, row->path, row->type, row->value,
                     row->line, row->column);
    return 0;
}

enum mlint_status mlint_case_dump(struct mlint_case_run *run, struct mlint_buf *out)
{
    enum mlint_status status = MLINT_OK;

    mlint_buf_init(out, NULL, 0);
    for (size_t i = 0; i < run->item->input_count && status == MLINT_OK; i++) {
        struct beside beside = { run->item, &run->item->inputs[i] };
        struct mlint_input request = {
            .struct_size = sizeof(request),
            .name = beside.input->name,
            .data = beside.input->bytes.ptr,
            .length = beside.input->bytes.len,
            .format = run->format,
        };

        status = mlint_dump(run->linter, &request, collect_row, out, &run->error);
    }
    return status;
}

void mlint_case_done(struct mlint_case_run *run)
{
    for (size_t i = 0; run->results && i < run->item->input_count; i++)
        mlint_result_free(run->results[i]);
    free(run->results);
    mlint_linter_free(run->linter);
    mlint_config_free(run->config);
    free(run->format);
    free(run->symptom);
}
