/* steps.h: the help page as a list: three symptoms, each with its steps in the page's order. */
#ifndef MLINT_REPORT_STEPS_H
#define MLINT_REPORT_STEPS_H

#include "maillint/maillint.h"

#include <stdbool.h>

struct mlint_step {
    const char *rule; /* what answers it, or NULL: nobody but the user can */
    const char *text; /* of a manual step */
    unsigned clients; /* 1u << enum mlint_client; 0: all */
};

struct mlint_symptom {
    const char *id; /* as --symptom takes it */
    const char *title;
    const struct mlint_step *steps;
    unsigned count;
};

#define MLINT_SYMPTOMS 3
extern const struct mlint_symptom mlint_symptoms[MLINT_SYMPTOMS];

/* The symptom of that id; the first for NULL; NULL if there is none. */
const struct mlint_symptom *mlint_symptom_named(const char *id);
static inline bool mlint_step_is_for(const struct mlint_step *step, enum mlint_client client)
{
    return !step->clients || (step->clients & 1u << client);
}

#endif
