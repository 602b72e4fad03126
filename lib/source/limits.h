/* limits.h: whatever a file can make grow has a ceiling, and the ceiling has its name here. */
#ifndef MLINT_SOURCE_LIMITS_H
#define MLINT_SOURCE_LIMITS_H

#define MLINT_LIMIT_INPUT_MIB 128       /* one input, setting limit-size */
#define MLINT_LIMIT_MEMORY_MIB 256      /* one result's memory, setting limit-memory */
#define MLINT_LIMIT_DEPTH 64            /* nesting of any syntax */
#define MLINT_LIMIT_NODES 4000000       /* nodes kept of one file */
#define MLINT_LIMIT_ACCOUNTS 10000      /* accounts of one file */
#define MLINT_LIMIT_OUTGOING 16         /* outgoing alternatives of one account */
#define MLINT_LIMIT_ADDRESSES 64        /* addresses of one account */
#define MLINT_LIMIT_SPARES 16           /* readable passwords that one account does not use */
#define MLINT_LIMIT_RULES 256           /* built in and added by settings and hosts */
#define MLINT_LIMIT_FINDINGS 10000      /* findings of one file */
#define MLINT_LIMIT_READER_FINDINGS 100 /* of them, about the file's syntax */
#define MLINT_LIMIT_RELATED 16          /* other accounts that one finding names */
#define MLINT_LIMIT_BESIDE 256      /* names of a folder that is looked through for company */
#define MLINT_LIMIT_EXPORTS 4       /* registry exports of one installation in a folder */
#define MLINT_LIMIT_EXPORT_MIB 16   /* and each of them */
#define MLINT_LIMIT_ACCOUNT_KIB 256 /* a file of one account, read for another's sake */
#define MLINT_LIMIT_INSTALLATION 64 /* files that set up one Thunderbird */
#define MLINT_LIMIT_MEMBERS 100000  /* members of one archive */
#define MLINT_LIMIT_TAG                                                                        \
    65536                          /* bytes of one XML start tag: its attributes are compared  \
                                      with one another */
#define MLINT_LIMIT_RATIO 200      /* unpacked size over packed size */
#define MLINT_LIMIT_UNWRAP 3       /* containers inside containers */
#define MLINT_LIMIT_WALK_DEPTH 128 /* folders inside folders */
#define MLINT_LIMIT_VALUE 65536    /* bytes of one value that is kept as text */
#define MLINT_LIMIT_BASELINE 1000000 /* lines of one baseline */
#define MLINT_LIMIT_EXCERPT 160      /* characters of a line that a report shows */
#define MLINT_LIMIT_PATHS 64         /* [path GLOB] sections of the settings */
#define MLINT_LIMIT_PROBE 4096       /* bytes that detection looks at */
#define MLINT_LIMIT_LOOK_BACK                                                                  \
    512 /* bytes before a place where a word for a secret may stand                            \
         */
/* Names and values of a file with oddities, and words for a secret where nothing was read;
 * beyond, nothing of it is quoted. */
#define MLINT_LIMIT_READ 100000
#define MLINT_LIMIT_GAPS 100000
#define MLINT_LIMIT_CLOSING 16   /* files that were read and are still open */
#define MLINT_LIMIT_WINDOW_MIB 1 /* longer files are read through a window where that helps */

#endif
