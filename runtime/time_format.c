// SPDX-License-Identifier: MIT
// strftime: flags (- 0 ^ # _ :), width, and all directives.
#include "runtime/base/strbuf.h"
#include "runtime/time.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *const format_days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                          "Thursday", "Friday", "Saturday"};
static const char *const format_months[] = {"January",   "February", "March",    "April",
                                            "May",       "June",     "July",     "August",
                                            "September", "October",  "November", "December"};

enum { FORMAT_MAX_WIDTH = 65535 }; // characters; wider directives are cut

// A directive being formatted.
typedef struct Directive {
  const TimeObj *time;
  const TimeParts *at;
  StrBuf *out;
  char pad;   // '0', '_', '-', or 0 for the directive's own
  bool upper; // ^
  bool swap;  // #
  int colons; // :
  int width;  // -1 when not given
} Directive;

// Add a text, padded by blanks (zeros under the flag 0) to the width, in the case asked for.
static void format_text(const Directive *d, const char *text, bool swap_down) {
  size_t len = strlen(text);
  if (d->width > (int)len && d->pad != '-')
    mx_strbuf_add_repeat(d->out, d->pad == '0' ? '0' : ' ', (size_t)d->width - len);
  for (size_t i = 0; i < len; i++) {
    int c = (unsigned char)text[i];
    if (d->upper || (d->swap && !swap_down))
      c = toupper(c);
    else if (d->swap)
      c = tolower(c);
    mx_strbuf_add_byte(d->out, c);
  }
}

// Add a number with a default width and padding.
static void format_number(const Directive *d, int64_t n, int width, char pad) {
  char digits[32];
  bool negative = n < 0;
  uint64_t magnitude = negative ? (uint64_t)-n : (uint64_t)n;
  int len = snprintf(digits, sizeof digits, "%lu", (unsigned long)magnitude);
  if (d->pad == '-')
    width = 0;
  else if (d->pad)
    pad = d->pad == '_' ? ' ' : '0';
  if (d->width >= 0) width = d->width;
  if (d->pad == '-') width = 0;
  int fill = width - len - negative;
  if (negative && pad == '0') mx_strbuf_add_byte(d->out, '-');
  if (fill > 0) mx_strbuf_add_repeat(d->out, pad, (size_t)fill);
  if (negative && pad == ' ') mx_strbuf_add_byte(d->out, '-');
  mx_strbuf_add(d->out, digits, (size_t)len);
}

// Add the fraction of a second with as many digits as the width says.
static void format_fraction(const Directive *d, int digits) {
  char text[16];
  int width = d->width > 0 ? d->width : digits;
  snprintf(text, sizeof text, "%09d", d->at->nsec);
  mx_strbuf_add(d->out, text, width < 9 ? (size_t)width : 9);
  if (width > 9) mx_strbuf_add_repeat(d->out, '0', (size_t)width - 9);
}

// Add the offset from UTC: +hhmm, with colons +hh:mm, +hh:mm:ss, +hh:mm as short as possible.
static void format_offset(const Directive *d) {
  int32_t offset = d->at->offset;
  char sign = offset < 0 ? '-' : '+';
  int32_t all = offset < 0 ? -offset : offset;
  int hours = all / 3600, minutes = all / 60 % 60, seconds = all % 60;
  char tail[16] = "";
  if (d->colons == 0)
    snprintf(tail, sizeof tail, "%02d", minutes);
  else if (d->colons == 1)
    snprintf(tail, sizeof tail, ":%02d", minutes);
  else if (d->colons == 2)
    snprintf(tail, sizeof tail, ":%02d:%02d", minutes, seconds);
  else if (seconds)
    snprintf(tail, sizeof tail, ":%02d:%02d", minutes, seconds);
  else if (minutes)
    snprintf(tail, sizeof tail, ":%02d", minutes);
  int room = d->width - (int)strlen(tail) - 1; // digits of the hours
  char text[32];
  snprintf(text, sizeof text, d->pad == '-' || d->pad == '_' ? "%d" : "%02d", hours);
  int fill = d->pad == '-' ? 0 : room - (int)strlen(text);
  if (d->pad == '_' && d->width < 0) fill = 2 - (int)strlen(text);
  if (fill < 0) fill = 0;
  if (d->pad == '_') mx_strbuf_add_repeat(d->out, ' ', (size_t)fill);
  mx_strbuf_add_byte(d->out, sign);
  if (d->pad != '_') mx_strbuf_add_repeat(d->out, '0', (size_t)fill);
  mx_strbuf_add_str(d->out, text);
  mx_strbuf_add_str(d->out, tail);
}

// Number of a week whose first day is `first` (0 Sunday, 1 Monday).
static int format_week(const TimeParts *at, int first) {
  int wday = (at->wday + 7 - first) % 7;
  return (at->yday - 1 + 7 - wday) / 7;
}

// Days of a year.
static int format_year_days(int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365;
}

// Year and week of ISO 8601.
static int format_iso_week(const TimeParts *at, int64_t *year) {
  int wday = (at->wday + 6) % 7; // Monday is 0
  int week = (at->yday - 1 - wday + 10) / 7;
  *year = at->year;
  if (week < 1) {
    *year -= 1;
    int yday = at->yday + format_year_days(*year);
    return (yday - 1 - wday + 10) / 7;
  }
  int rest = format_year_days(at->year) - at->yday; // days left
  if (week == 53 && rest < 3 - wday) {
    *year += 1;
    return 1;
  }
  return week;
}

// Add what another format gives, padded as one text.
static void format_composite(const Directive *d, const char *format) {
  StrBuf inner = STRBUF_INIT;
  mx_time_format(d->time, d->at, format, strlen(format), &inner);
  format_text(d, mx_strbuf_text(&inner), false);
  mx_strbuf_free(&inner);
}

// Numbers of the date; false when it is another directive.
static bool format_date_number(const Directive *d, char which) {
  const TimeParts *at = d->at;
  int64_t year;
  int week = format_iso_week(at, &year);
  switch (which) {
  case 'Y': format_number(d, at->year, at->year < 0 ? 5 : 4, '0'); return true;
  case 'C': format_number(d, at->year / 100 - (at->year % 100 < 0), 2, '0'); return true;
  case 'y': format_number(d, ((at->year % 100) + 100) % 100, 2, '0'); return true;
  case 'G': format_number(d, year, 4, '0'); return true;
  case 'g': format_number(d, ((year % 100) + 100) % 100, 2, '0'); return true;
  case 'V': format_number(d, week, 2, '0'); return true;
  case 'm': format_number(d, at->month, 2, '0'); return true;
  case 'd': format_number(d, at->day, 2, '0'); return true;
  case 'e': format_number(d, at->day, 2, ' '); return true;
  case 'j': format_number(d, at->yday, 3, '0'); return true;
  case 'u': format_number(d, at->wday ? at->wday : 7, 1, '0'); return true;
  case 'w': format_number(d, at->wday, 1, '0'); return true;
  case 'U': format_number(d, format_week(at, 0), 2, '0'); return true;
  case 'W': format_number(d, format_week(at, 1), 2, '0'); return true;
  default: return false;
  }
}

// Numbers of the time of day; false when it is another directive.
static bool format_clock_number(const Directive *d, char which) {
  const TimeParts *at = d->at;
  int hour = at->hour % 12 ? at->hour % 12 : 12;
  switch (which) {
  case 'H': format_number(d, at->hour, 2, '0'); return true;
  case 'k': format_number(d, at->hour, 2, ' '); return true;
  case 'I': format_number(d, hour, 2, '0'); return true;
  case 'l': format_number(d, hour, 2, ' '); return true;
  case 'M': format_number(d, at->min, 2, '0'); return true;
  case 'S': format_number(d, at->sec, 2, '0'); return true;
  case 's': format_number(d, d->time->sec, 1, '0'); return true;
  case 'L': format_fraction(d, 3); return true;
  case 'N': format_fraction(d, 9); return true;
  case 'z': format_offset(d); return true;
  default: return false;
  }
}

// Names and combinations; false for an unknown directive.
static bool format_word(const Directive *d, char which) {
  const TimeParts *at = d->at;
  char brief[4] = "";
  switch (which) {
  case 'A': format_text(d, format_days[at->wday], false); return true;
  case 'a': memcpy(brief, format_days[at->wday], 3); break;
  case 'B': format_text(d, format_months[at->month - 1], false); return true;
  case 'b':
  case 'h': memcpy(brief, format_months[at->month - 1], 3); break;
  case 'p': format_text(d, at->hour < 12 ? "AM" : "PM", true); return true;
  case 'P': format_text(d, at->hour < 12 ? "am" : "pm", false); return true;
  case 'Z': format_text(d, at->zone, true); return true;
  case 'n': format_text(d, "\n", false); return true;
  case 't': format_text(d, "\t", false); return true;
  case '%': format_text(d, "%", false); return true;
  case 'c': format_composite(d, "%a %b %e %H:%M:%S %Y"); return true;
  case 'D':
  case 'x': format_composite(d, "%m/%d/%y"); return true;
  case 'F': format_composite(d, "%Y-%m-%d"); return true;
  case 'T':
  case 'X': format_composite(d, "%H:%M:%S"); return true;
  case 'R': format_composite(d, "%H:%M"); return true;
  case 'r': format_composite(d, "%I:%M:%S %p"); return true;
  case 'v': format_composite(d, "%e-%^b-%Y"); return true;
  case '+': format_composite(d, "%a %b %e %H:%M:%S %Z %Y"); return true;
  default: return false;
  }
  format_text(d, brief, false);
  return true;
}

// Read flags, colons, width and modifiers; returns where the directive's letter is.
static const char *format_read(const char *at, const char *end, Directive *d) {
  for (; at < end && *at && strchr("-0^#_:", *at); at++) {
    if (*at == '^')
      d->upper = true;
    else if (*at == '#')
      d->swap = true;
    else if (*at == ':')
      d->colons++;
    else
      d->pad = *at;
  }
  if (at < end && isdigit((unsigned char)*at)) d->width = 0;
  for (; at < end && isdigit((unsigned char)*at); at++)
    if (d->width < FORMAT_MAX_WIDTH) d->width = d->width * 10 + (*at - '0');
  if (at + 1 < end && (*at == 'E' || *at == 'O')) at++;
  return at;
}

// strftime
void mx_time_format(const TimeObj *time, const TimeParts *parts, const char *format, size_t len,
                    StrBuf *out) {
  const char *end = format + len;
  while (format < end) {
    const char *percent = memchr(format, '%', (size_t)(end - format));
    if (!percent) break;
    mx_strbuf_add(out, format, (size_t)(percent - format));
    Directive d = {.time = time, .at = parts, .out = out, .width = -1};
    const char *letter = format_read(percent + 1, end, &d);
    bool known = letter < end && (format_date_number(&d, *letter) ||
                                  format_clock_number(&d, *letter) || format_word(&d, *letter));
    format = letter < end ? letter + 1 : end;
    if (!known) mx_strbuf_add(out, percent, (size_t)(format - percent));
  }
  mx_strbuf_add(out, format, (size_t)(end - format));
}
