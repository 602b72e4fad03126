/* view.c: findings, flattened. */
#include "report/view.h"

const char *mlint_view_path(const struct mlint_result *result, const struct mlint_place *place)
{
    if (place->known && place->known->source)
        return place->known->source;
    if (place->located && place->source < result->source_count)
        return result->sources[place->source]->name.ptr;
    return result->files[place->file]->path.ptr;
}

void mlint_view_finding(const struct mlint_result *result, const struct mlint_finding *finding,
                        struct mlint_cross *out)
{
    const struct mlint_file *file = result->files[finding->place.file];
    bool own = finding->account && !(finding->account->flags & MLINT_ACCOUNT_FILE_ONLY);

    *out = (struct mlint_cross){
        .rule = mlint_rule_id(finding->rule),
        .client = own            ? finding->account->client
                  : file->format ? mlint_format_client(file->format)
                                 : MLINT_CLIENT_NONE,
        .level = finding->level,
        .verdict = MLINT_FAIL,
        .file = finding->place.file,
        .account = own ? finding->account->index : 0,
        .path = mlint_view_path(result, &finding->place),
        .key = own ? finding->account->key.ptr : NULL,
        .field = finding->field_name,
        .owner = own ? finding->account : NULL,
        .message = finding->message,
        .hint = finding->hint,
    };
    mlint_finding_locate(result, finding, &out->location);
}

void mlint_view_each(struct mlint_rendering *rendering, const struct mlint_result *result,
                     void (*write)(struct mlint_rendering *rendering,
                                   const struct mlint_cross *view))
{
    for (size_t i = 0; i < result->finding_count; i++) {
        struct mlint_cross view;

        if (!mlint_finding_shown(rendering, result->findings[i]))
            continue;
        mlint_view_finding(result, result->findings[i], &view);
        write(rendering, &view);
    }
}
