// SPDX-License-Identifier: MIT
// Reports of exceptions, in Ruby 4.0's form.
#ifndef MX_RUNTIME_ERROR_REPORT_H
#define MX_RUNTIME_ERROR_REPORT_H

#include "runtime/error.h"

// Exception#full_message: message, backtrace, causes; ends with a newline. reverse: innermost
// call last, under a heading. options: Hash of further keywords for detailed_message, or nil.
MX_FUNC MX_MUST_CHECK Value mx_error_full_message(ExecCtx *ec, Value exception, bool highlight,
                                                  bool reverse, Value options);
// Exception#detailed_message of a message String: with the class, and escapes when highlighted.
MX_FUNC Value mx_error_decorate(ExecCtx *ec, ClassObj *klass, Value message, bool highlight);

// The same of an exception's own message, with the piece of source that shows where it happened.
MX_FUNC Value mx_error_detail(ExecCtx *ec, Value exception, Value message, bool highlight);

// Report the exception that ended the program on $stderr, unless it is one that ends programs
// silently. Returns the exit status; 128 and the signal's number for SignalException and for
// exceptions that stand for a signal (@__signo).
MX_FUNC int mx_error_report(ExecCtx *ec, Value exception);

// Boot: enter the globals $! and $@.
MX_FUNC void mx_error_boot_globals(VM *vm);

#endif
