/* cpu.h: what the processor can do beyond what the compiler may take for granted. */
#ifndef MLINT_BASE_CPU_H
#define MLINT_BASE_CPU_H

#include <stdbool.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define MLINT_CPU_X86 1
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif

/* What the dynamic loader found out is asked: the compiler's own __builtin_cpu_supports runs
 * CPUID before main in every run, which a virtual machine traps. */
static inline bool mlint_cpu_has_avx2(void)
{
#if __has_include(<sys/platform/x86.h>)
    return CPU_FEATURE_ACTIVE(AVX2);
#else
    return __builtin_cpu_supports("avx2");
#endif
}

/* The instructions for single bits came with it. */
static inline bool mlint_cpu_has_avx2_and_bmi(void)
{
#if __has_include(<sys/platform/x86.h>)
    return mlint_cpu_has_avx2() && CPU_FEATURE_ACTIVE(BMI1);
#else
    return mlint_cpu_has_avx2() && __builtin_cpu_supports("bmi");
#endif
}

/* AVX-512 as of 2019, with bytes that are moved together; and all of the above. */
static inline bool mlint_cpu_has_vbmi2(void)
{
#if __has_include(<sys/platform/x86.h>)
    return mlint_cpu_has_avx2_and_bmi() && CPU_FEATURE_ACTIVE(AVX512BW) &&
           CPU_FEATURE_ACTIVE(AVX512_VBMI2);
#else
    return mlint_cpu_has_avx2_and_bmi() && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vbmi2");
#endif
}
#endif

#endif
