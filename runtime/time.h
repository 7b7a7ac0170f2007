// SPDX-License-Identifier: MIT
// Time: seconds and nanoseconds since 1970 with a way to show them (UTC, local, fixed offset).
#ifndef MX_RUNTIME_TIME_H
#define MX_RUNTIME_TIME_H

#include "runtime/base/strbuf.h"
#include "runtime/vm.h"

#include <time.h>

typedef enum TimeZoneKind { ZONE_LOCAL, ZONE_UTC, ZONE_FIXED } TimeZoneKind;

typedef struct TimeObj {
  int64_t sec;    // seconds since 1970, floor
  int32_t nsec;   // 0 .. 999,999,999
  int32_t offset; // ZONE_FIXED: seconds east of UTC
  uint8_t zone;   // TimeZoneKind
  Value name;     // ZONE_FIXED: name of the zone, a zone object, or nil
} TimeObj;

// A moment as a calendar shows it.
typedef struct TimeParts {
  int64_t year;
  int32_t month;  // 1 .. 12
  int32_t day;    // 1 .. 31
  int32_t hour;   // 0 .. 23
  int32_t min;    // 0 .. 59
  int32_t sec;    // 0 .. 60
  int32_t nsec;   // 0 .. 999,999,999
  int32_t wday;   // 0 Sunday .. 6
  int32_t yday;   // 1 .. 366
  int32_t offset; // seconds east of UTC
  bool dst;       // summer time
  char zone[16];  // abbreviation, "" for none
} TimeParts;

MX_FUNC void mx_time_boot(VM *vm);
MX_FUNC TimeObj *mx_time_get(Value v); // NULL when v is no Time
// A local Time.
MX_FUNC Value mx_time_at(ExecCtx *ec, int64_t sec, int64_t nsec);
// A Time of a class with the zone of another (or local, when like is NULL).
MX_FUNC Value mx_time_new(ExecCtx *ec, ClassObj *klass, int64_t sec, int64_t nsec,
                          const TimeObj *like);
MX_FUNC void mx_time_parts(const TimeObj *time, TimeParts *out);
// Days since 1970 of a date of the Gregorian calendar.
MX_FUNC int64_t mx_time_days(int64_t year, int32_t month, int32_t day);
// Seconds since 1970 of parts (offset used for ZONE_FIXED); out-of-range days overflow.
MX_FUNC int64_t mx_time_from_parts(const TimeParts *parts, TimeZoneKind zone);
// Seconds and nanoseconds of a Time, Integer, Float or Rational; false + TypeError.
MX_FUNC MX_MUST_CHECK bool mx_time_split(ExecCtx *ec, Value v, int64_t *sec, int64_t *nsec);
MX_FUNC MX_MUST_CHECK bool mx_time_to_timespec(ExecCtx *ec, Value v, struct timespec *out);

// strftime; format is any bytes.
MX_FUNC void mx_time_format(const TimeObj *time, const TimeParts *parts, const char *format,
                            size_t len, StrBuf *out);

#endif
