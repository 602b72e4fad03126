/* queue.c: the work queue. Workers take turns at the walk, which fills batches with the next
 * few inputs, some ahead of need; each takes the oldest batch, lints it with a linter of its
 * own and renders it into a chunk. Batches are appended to the report in the order of the walk,
 * whatever the number of workers. The ring of batches bounds what can be waiting, and so the
 * memory. */
#include "queue.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define BATCH_FILES 32
#define BATCH_FOLDERS 8 /* open folders that one batch may hold on to */
#define MANY_FINDINGS 256

struct job {
    enum mlint_cli_item_kind kind;
    struct mlint_cli_folder *folder;
    size_t name_at, path_at; /* in the batch's names */
    bool target;             /* an output is about to replace it */
};

struct batch {
    struct job job[BATCH_FILES];
    unsigned count, folders;
    uint64_t number;
    char *names;
    size_t used, room;
    struct mlint_chunk *chunk;
    uint64_t finished; /* files rendered since the last append */
    bool done, claimed;
};

struct queue {
    struct mlint_cli_run *run;
    pthread_mutex_t lock; /* guards all that changes, but for the walk */
    bool walking;         /* somebody is, without the lock */
    bool ended;           /* the walk has */
    pthread_cond_t moved; /* filled, ended or appended has changed */
    struct batch *ring;
    struct mlint_chunk *
        *spare; /* for batches to come; the last is the one that is in a cache */
    unsigned ring_size, jobs, spares;
    uint64_t filled, taken;        /* batches so far */
    uint64_t ahead;                /* how many may be filled and not taken */
    uint64_t claimed;              /* batches that had their turn at the baseline */
    atomic_uint_fast64_t appended; /* changes under lock, may be read without */
    size_t size_limit;
};

struct worker {
    struct queue *queue;
    struct mlint_linter *linter;
    long disk_reads; /* of this thread, up to the batch at hand */
};

/* ---- Taking work ---- */

static bool add_job(struct batch *batch, const struct mlint_cli_item *item)
{
    size_t length = strlen(item->name) + 1;

    if (batch->used + length > batch->room) {
        size_t room = (batch->used + length) * 2;
        char *names = realloc(batch->names, room);
        if (!names)
            return false;
        batch->names = names;
        batch->room = room;
    }
    memcpy(batch->names + batch->used, item->name, length);
    if (!batch->count || batch->job[batch->count - 1].folder != item->folder)
        batch->folders++;
    batch->job[batch->count++] = (struct job){ .kind = item->kind,
                                               .folder = item->folder,
                                               .name_at = batch->used,
                                               .path_at = batch->used + item->path_at,
                                               .target = item->target };
    batch->used += length;
    return true;
}

/* The first batches are small, so that every worker has something at once; one that would have
 * to wait for its next input goes as it is, and without patience none is waited for. false:
 * there is no more. */
static bool fill(struct queue *queue, struct batch *batch, bool patient)
{
    uint64_t most = queue->run->claims ? 1 : 1 + batch->number / queue->jobs;
    struct mlint_cli_walk *walk = queue->run->walk;
    struct mlint_cli_item item;

    if (most > BATCH_FILES)
        most = BATCH_FILES;
    while (batch->count < most && batch->folders < BATCH_FOLDERS &&
           ((patient && !batch->count) || mlint_cli_walk_ready(walk))) {
        if (mlint_cli_signalled() || !mlint_cli_walk_next(walk, &item))
            return false;
        if (!add_job(batch, &item)) {
            mlint_cli_say("out of memory");
            mlint_cli_folder_drop(item.folder);
            queue->run->failed = true;
            return false;
        }
    }
    return true;
}

/* Whether to walk on now: there is room, and not yet a batch for every worker, or as many as
 * may hold folders open. */
static bool may_walk(const struct queue *queue)
{
    return !queue->walking && !queue->ended &&
           queue->filled - queue->appended < queue->ring_size &&
           queue->filled - queue->taken < queue->ahead;
}

/* Fill one more batch; the lock is given up meanwhile. Returns whether there was one to fill.
 */
static bool walk_on(struct queue *queue)
{
    struct batch *batch = &queue->ring[queue->filled % queue->ring_size];
    bool patient = queue->filled == queue->taken, more;

    batch->number = queue->filled;
    batch->count = batch->folders = 0;
    batch->used = 0;
    batch->claimed = false;
    queue->walking = true;
    pthread_mutex_unlock(&queue->lock);
    more = fill(queue, batch, patient);
    pthread_mutex_lock(&queue->lock);
    queue->walking = false;
    queue->ended = !more;
    queue->filled += batch->count != 0;
    pthread_cond_broadcast(&queue->moved);
    return batch->count != 0;
}

/* The oldest batch that nobody has taken, or NULL when there is no more work. */
static struct batch *take(struct queue *queue)
{
    struct batch *batch = NULL;

    pthread_mutex_lock(&queue->lock);
    for (;;) {
        if (may_walk(queue) && (walk_on(queue) || queue->filled == queue->taken))
            continue;
        if (queue->filled > queue->taken || queue->ended)
            break;
        pthread_cond_wait(&queue->moved, &queue->lock);
    }
    if (queue->filled > queue->taken) {
        batch = &queue->ring[queue->taken++ % queue->ring_size];
        batch->chunk = queue->spare[--queue->spares];
    }
    pthread_mutex_unlock(&queue->lock);
    return batch;
}

/* ---- Handing over ---- */

/* Called with the lock held, by the worker of the oldest batch or for a finished one. */
static void append(struct queue *queue, struct batch *batch)
{
    struct mlint_cli_run *run = queue->run;
    struct mlint_error error;
    enum mlint_status status;

    if (!run->failed && batch->finished) {
        status = mlint_report_append(run->report, batch->chunk, &error);
        if (status == MLINT_OK && run->output->live && !mlint_cli_output_flush(run->output))
            status = MLINT_E_CANCELLED;
        if (status != MLINT_OK && !run->output->problem)
            mlint_cli_say("%s", error.message);
        run->failed = status != MLINT_OK;
    }
    mlint_cli_progress_add(&run->progress, batch->finished);
    batch->finished = 0;
}

static void hand_over(struct queue *queue, struct batch *batch)
{
    pthread_mutex_lock(&queue->lock);
    batch->done = true;
    while (queue->ring[queue->appended % queue->ring_size].done) {
        struct batch *oldest = &queue->ring[queue->appended % queue->ring_size];
        append(queue, oldest);
        queue->spare[queue->spares++] = oldest->chunk;
        oldest->done = false;
        queue->appended++;
    }
    pthread_cond_broadcast(&queue->moved);
    pthread_mutex_unlock(&queue->lock);
}

/* ---- The baseline: of equal findings the first are held back, so batches, of one file each
 * then, go by turns before they are rendered ---- */

/* Claim the result's findings, if there is one, when every earlier batch has done so. */
static void claim(struct queue *queue, struct batch *batch, const struct mlint_result *result)
{
    if (!queue->run->claims || batch->claimed)
        return;
    pthread_mutex_lock(&queue->lock);
    while (queue->claimed != batch->number)
        pthread_cond_wait(&queue->moved, &queue->lock);
    /* Without memory, rendering fails and says so. */
    if (result)
        (void)!mlint_report_claim(queue->run->report, result, batch->chunk);
    queue->claimed++;
    batch->claimed = true;
    pthread_cond_broadcast(&queue->moved);
    pthread_mutex_unlock(&queue->lock);
}

/* ---- Linting ---- */

/* Files of no known format are no trouble inside a folder, or beside members that are known. */
static bool is_trouble(const struct mlint_result *result, bool found, bool *unknown)
{
    size_t count = mlint_result_file_count(result), unknowns = 0;
    bool trouble = false;

    for (size_t i = 0; i < count; i++) {
        enum mlint_file_status status = mlint_file_status(mlint_result_file(result, i));
        unknowns += status == MLINT_FILE_UNRECOGNISED;
        trouble |= status != MLINT_FILE_OK && status != MLINT_FILE_UNRECOGNISED;
    }
    *unknown = unknowns == count && !found;
    return trouble || *unknown;
}

/* Reports only count such files, since most of a folder may be like that; the user named this
 * one. A detail is reported. */
static void say_unknown(const struct mlint_result *result, const char *name)
{
    if (!mlint_file_detail(mlint_result_file(result, 0)))
        mlint_cli_say(
            "%s: not an account file of a known format ('maillint formats' lists them)", name);
}

/* Whether an output would take an input away. One that a walk found and nobody can read as
 * accounts is none: the report or baseline of the last run. */
static bool is_written_over(const struct job *job, const struct mlint_result *result)
{
    size_t count = mlint_result_file_count(result), known = job->kind != MLINT_CLI_FOUND;

    for (size_t i = 0; i < count; i++)
        known += mlint_file_status(mlint_result_file(result, i)) != MLINT_FILE_UNRECOGNISED;
    return job->target && known;
}

static void refuse(struct queue *queue, const char *name)
{
    pthread_mutex_lock(&queue->lock);
    mlint_cli_misused("%s is an input and would be written over", name);
    queue->run->failed = true;
    pthread_mutex_unlock(&queue->lock);
}

static void report_result(struct queue *queue, struct batch *batch, const struct job *job,
                          const struct mlint_result *result)
{
    enum mlint_status status = mlint_report_render(queue->run->report, result, batch->chunk);
    bool unknown, trouble = is_trouble(result, job->kind == MLINT_CLI_FOUND, &unknown);
    bool hurry = queue->run->output->live || mlint_result_finding_count(result) > MANY_FINDINGS;

    batch->finished++;
    if (status == MLINT_OK && !trouble && !(hurry && batch->number == queue->appended))
        return;
    pthread_mutex_lock(&queue->lock);
    queue->run->trouble |= trouble;
    if (unknown)
        say_unknown(result, batch->names + job->name_at);
    if (status != MLINT_OK) {
        mlint_cli_say("%s: %s", batch->names + job->name_at, mlint_status_text(status));
        queue->run->trouble = true;
    }
    if (hurry && batch->number == queue->appended)
        append(queue, batch);
    pthread_mutex_unlock(&queue->lock);
}

/* One input's way through a worker. */
struct task {
    const struct job *job;
    const char *name, *path;
    struct mlint_cli_bytes bytes; /* of a stream, alive until the result is freed */
    struct mlint_result *result;
    struct mlint_error error;
};

/* A pipe or standard input: read whole, then linted as a buffer. */
static enum mlint_status check_stream(struct worker *worker, struct task *task)
{
    struct mlint_input input = {
        .struct_size = sizeof(input),
        .name = task->name,
        .format = worker->queue->run->options->input_format,
    };
    int problem = mlint_cli_slurp_file(task->job->kind == MLINT_CLI_STDIN ? "-" : task->path,
                                       worker->queue->size_limit, &task->bytes);

    if (problem && problem != EFBIG) {
        snprintf(task->error.message, sizeof(task->error.message), "%s: %s", task->name,
                 strerror(problem));
        return MLINT_E_IO;
    }
    input.data = task->bytes.data;
    input.length = task->bytes.length;
    return mlint_check(worker->linter, &input, &task->result, &task->error);
}

static enum mlint_status check(struct worker *worker, struct task *task)
{
    const struct job *job = task->job;

    if (job->kind == MLINT_CLI_STDIN || job->kind == MLINT_CLI_STREAM)
        return check_stream(worker, task);
    return mlint_check_file(worker->linter, mlint_cli_folder_descriptor(job->folder),
                            task->path, task->name, worker->queue->run->options->input_format,
                            job->kind == MLINT_CLI_FOUND ? mlint_cli_folder_flags(job->folder)
                                                         : 0,
                            &task->result, &task->error);
}

static void lint(struct worker *worker, struct batch *batch, const struct job *job)
{
    struct queue *queue = worker->queue;
    struct task task = { .job = job,
                         .name = batch->names + job->name_at,
                         .path = batch->names + job->path_at };

    if (check(worker, &task) == MLINT_OK && is_written_over(job, task.result)) {
        refuse(queue, task.name);
        mlint_result_free(task.result);
    } else if (task.result) {
        claim(queue, batch, task.result);
        report_result(queue, batch, job, task.result);
        mlint_result_free(task.result);
    } else if (!mlint_cli_signalled()) {
        pthread_mutex_lock(&queue->lock);
        mlint_cli_say("%s", task.error.message);
        queue->run->trouble = true;
        pthread_mutex_unlock(&queue->lock);
    }
    mlint_cli_bytes_free(&task.bytes);
}

/* Whether the thread has had to wait for the disk since it was last asked. */
static bool disk_was_read(struct worker *worker)
{
    long before = worker->disk_reads;
    struct rusage usage;

    if (getrusage(RUSAGE_THREAD, &usage) != 0)
        return false;
    worker->disk_reads = usage.ru_inblock;
    return worker->disk_reads > before;
}

/* Ask for a whole batch's files at once, so that the disk has something to choose from. Costs a
 * second opening of each, so only while the files come from the disk. */
static void read_ahead(const struct batch *batch)
{
    for (unsigned i = 0; i < batch->count; i++) {
        const struct job *job = &batch->job[i];
        int descriptor = -1;

        if (job->kind == MLINT_CLI_FOUND)
            descriptor =
                openat(mlint_cli_folder_descriptor(job->folder), batch->names + job->path_at,
                       O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
        if (descriptor < 0)
            continue;
        (void)posix_fadvise(descriptor, 0, 0, POSIX_FADV_WILLNEED);
        close(descriptor);
    }
}

static void *work(void *user)
{
    struct worker *worker = user;
    struct queue *queue = worker->queue;
    struct batch *batch;

    while ((batch = take(queue)) != NULL) {
        if (batch->count > 1 && disk_was_read(worker))
            read_ahead(batch);
        for (unsigned i = 0; i < batch->count; i++) {
            if (!mlint_cli_signalled() && !queue->run->failed)
                lint(worker, batch, &batch->job[i]);
            mlint_cli_folder_drop(batch->job[i].folder);
        }
        claim(queue, batch, NULL);
        hand_over(queue, batch);
    }
    return NULL;
}

/* ---- The run ---- */

static unsigned processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 1;

    return count > 1 ? (unsigned)count : 1;
}

/* Nothing that threads could share. */
static bool is_one_file(const struct mlint_cli_options *options)
{
    struct stat status;

    return options->path_count == 1 && !options->files_from &&
           (stat(options->paths[0], &status) != 0 || !S_ISDIR(status.st_mode));
}

/* Each worker may hold folders open; the soft limit is for programs that use select(). */
static void allow_open_files(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* Batches that wait hold an eighth of the descriptors at most, and one can always be filled. */
static uint64_t batches_ahead(unsigned jobs)
{
    struct rlimit limit;
    uint64_t most = 0;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
        most = limit.rlim_cur / (8 * BATCH_FOLDERS);
    most = most ? most : 1;
    return jobs < most ? jobs : most;
}

static bool prepare(struct queue *queue, struct worker *workers)
{
    struct mlint_error error = { .message = "out of memory" };
    bool good = true;

    for (unsigned i = 0; i < queue->jobs && good; i++) {
        workers[i].queue = queue;
        good = mlint_linter_new(&workers[i].linter, queue->run->config, &error) == MLINT_OK;
    }
    while (queue->spares < queue->ring_size && good) {
        good = mlint_chunk_new(&queue->spare[queue->spares], queue->run->report) == MLINT_OK;
        queue->spares += good;
    }
    if (!good)
        mlint_cli_say("%s", error.message);
    return good;
}

/* The calling thread is the first worker. */
static void run_workers(struct queue *queue, struct worker *workers)
{
    pthread_t threads[1024];
    unsigned started = 0;

    while (started + 1 < queue->jobs &&
           pthread_create(&threads[started], NULL, work, &workers[started + 1]) == 0)
        started++;
    work(&workers[0]);
    while (started)
        pthread_join(threads[--started], NULL);
}

static void clean_up(struct queue *queue, struct worker *workers)
{
    while (queue->spares)
        mlint_chunk_free(queue->spare[--queue->spares]);
    for (unsigned i = 0; queue->ring && i < queue->ring_size; i++)
        free(queue->ring[i].names);
    for (unsigned i = 0; workers && i < queue->jobs; i++)
        mlint_linter_free(workers[i].linter);
    free(queue->ring);
    free(queue->spare);
    free(workers);
}

void mlint_cli_queue(struct mlint_cli_run *run)
{
    struct queue queue = { .run = run,
                           .lock = PTHREAD_MUTEX_INITIALIZER,
                           .moved = PTHREAD_COND_INITIALIZER,
                           .size_limit = mlint_cli_size_limit(run->config) };
    struct worker *workers;

    queue.jobs = is_one_file(run->options) ? 1 : run->options->jobs;
    if (!queue.jobs)
        queue.jobs = processors();
    if (queue.jobs > 1)
        allow_open_files();
    queue.ahead = batches_ahead(queue.jobs);
    queue.ring_size = queue.jobs == 1 ? 1 : queue.jobs * 4;
    workers = calloc(queue.jobs, sizeof(*workers));
    queue.ring = calloc(queue.ring_size, sizeof(*queue.ring));
    queue.spare = calloc(queue.ring_size, sizeof(struct mlint_chunk *));
    if (workers && queue.ring && queue.spare && prepare(&queue, workers))
        run_workers(&queue, workers);
    else
        run->failed = true;
    clean_up(&queue, workers);
    run->interrupted = mlint_cli_signalled();
    run->trouble |= mlint_cli_walk_failed(run->walk);
}
