#!/usr/bin/env python3
"""helpdesk.py: a helpdesk's bot in forty lines: lints what a user attached, answers in sentences.

    python3 helpdesk.py jane.reg            libmaillint.so.0 is looked for as the loader does;
    MLINT_LIBRARY names another one."""
import ctypes as c
import os
import sys

lib = c.CDLL(os.environ.get('MLINT_LIBRARY', 'libmaillint.so.0'))


class Error(c.Structure):
    _fields_ = [('status', c.c_int), ('line', c.c_uint), ('message', c.c_char * 512)]


class Input(c.Structure):
    _fields_ = [('struct_size', c.c_size_t), ('name', c.c_char_p), ('data', c.c_char_p),
                ('length', c.c_size_t), ('format', c.c_char_p),
                ('companion', c.c_void_p), ('user', c.c_void_p), ('list', c.c_void_p)]


def declare(result, name, *arguments):  # ctypes would cut pointers to 32 bits otherwise
    getattr(lib, name).restype, getattr(lib, name).argtypes = result, arguments


for getter in ('finding_message', 'finding_hint'):
    declare(c.c_char_p, 'mlint_' + getter, c.c_void_p)
declare(c.c_size_t, 'mlint_result_finding_count', c.c_void_p)
declare(c.c_void_p, 'mlint_result_finding', c.c_void_p, c.c_size_t)
for free in ('result', 'linter', 'config'):
    declare(None, f'mlint_{free}_free', c.c_void_p)


def lint(name, data):
    """The findings of some bytes, each a message and what to do (or None)."""
    error, config, linter, result = Error(), c.c_void_p(), c.c_void_p(), c.c_void_p()
    request = Input(c.sizeof(Input), name.encode(), data, len(data))
    try:
        if (lib.mlint_config_new(c.byref(config), None, c.byref(error)) or
                lib.mlint_linter_new(c.byref(linter), config, c.byref(error)) or
                lib.mlint_check(linter, c.byref(request), c.byref(result), c.byref(error))):
            raise RuntimeError(error.message.decode())
        findings = [lib.mlint_result_finding(result, i)
                    for i in range(lib.mlint_result_finding_count(result))]
        return [(lib.mlint_finding_message(f).decode(),
                 (lib.mlint_finding_hint(f) or b'').decode() or None) for f in findings]
    finally:
        lib.mlint_result_free(result)
        lib.mlint_linter_free(linter)
        lib.mlint_config_free(config)


if __name__ == '__main__':
    with open(sys.argv[1], 'rb') as attachment:
        for message, hint in lint(sys.argv[1], attachment.read()):
            print('-', message + (f'\n  {hint}' if hint else ''))
