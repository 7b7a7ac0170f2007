// SPDX-License-Identifier: MIT
// Signals: noted by a handler, answered at the next poll of guest code.
//
// WAIVER: a handler gets no argument of ours, so which VM to tell and which signals arrived are
// kept in two words of the process. The VM that was made last gets the signals.
#ifndef MX_RUNTIME_SIGNAL_H
#define MX_RUNTIME_SIGNAL_H

#include "runtime/vm.h"

// Boot: send signals to this VM; catch those that raise SignalException.
MX_FUNC void mx_signal_boot(VM *vm);
// The VM ends: no more signals to it.
MX_FUNC void mx_signal_leave(const VM *vm);
// The lowest signal that arrived and was not taken, 0 for none.
MX_FUNC int mx_signal_take(void);
typedef enum SignalWay { SIGNAL_CATCH, SIGNAL_IGNORE, SIGNAL_SYSTEM } SignalWay;
// Choose what the system does with a signal; false with errno.
MX_FUNC bool mx_signal_set(int number, SignalWay way);
// Name without SIG, NULL for an unknown number.
MX_FUNC const char *mx_signal_name(int number);
// End the process by a signal; returns when that is not possible.
MX_FUNC void mx_signal_end_process(int number);

#endif
