// SPDX-License-Identifier: MIT
// Ties of printed doubles: 2.675 under %.2f is "2.68", as in CRuby.
//
// CRuby generates up to 14 digits in floating point and takes a rest that is within the error of
// that for an exact half, which goes to the even digit. The C library rounds the exact value
// (2.67499999... to "2.67"). So that programs print the same, such a double is replaced by the
// one nearest to the decimal that CRuby would print, which then prints as that decimal.
#include "runtime/format_number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  QUICK_DIGITS = 14, // most digits that are generated in floating point
  EXACT_DIGITS = 41, // enough that rounding does not carry into the next place
};

// Digits that are printed, from the first significant one on; 10**exponent is its place.
static int64_t printed_digits(const FormatSpec *spec, int exponent) {
  int64_t precision = spec->precision < 0 ? 6 : spec->precision;
  switch (spec->type) {
  case 'f': return exponent + 1 + precision;
  case 'e':
  case 'E': return precision + 1;
  case 'g':
  case 'G': return precision ? precision : 1;
  default: return 0;
  }
}

// Add one to a decimal number of so many digits; a carry out of the front makes it 1000...
static void increment(char *digits, int64_t count, int *exponent) {
  int64_t i = count - 1;
  while (i >= 0 && digits[i] == '9') digits[i--] = '0';
  if (i >= 0) {
    digits[i]++;
  } else {
    digits[0] = '1';
    ++*exponent;
  }
}

// Value of d.ddd * 10**exponent.
static double read_digits(const char *digits, int64_t count, int exponent) {
  char text[QUICK_DIGITS + 24];
  snprintf(text, sizeof text, "%c.%.*se%d", digits[0], (int)(count - 1), digits + 1, exponent);
  return strtod(text, NULL);
}

// Place of the first significant digit of a positive double: 0 for 1.0 up to below 10.
static int decimal_exponent(double magnitude) {
  char text[64];
  snprintf(text, sizeof text, "%.*e", EXACT_DIGITS - 1, magnitude);
  return (int)strtol(strchr(text, 'e') + 1, NULL, 10);
}

// Replace a double that CRuby takes for a tie.
double mx_format_settle_tie(double magnitude, const FormatSpec *spec) {
  char digits[QUICK_DIGITS];
  if (magnitude < 1e-290 || magnitude > 1e290) return magnitude; // powers of ten would overflow
  int exponent = decimal_exponent(magnitude);
  int64_t count = printed_digits(spec, exponent);
  if (count < 1 || count > QUICK_DIGITS) return magnitude;
  double rest = exponent < 0 ? magnitude * pow(10, -exponent) : magnitude / pow(10, exponent);
  double error = (2 * rest + 7) * 0x1p-52 * pow(10, (double)(count - 1));
  for (int64_t i = 0; i < count; i++) {
    if (i > 0) rest *= 10;
    int digit = (int)rest;
    if (digit > 9) return magnitude; // the quotient was rounded up to the next power of ten
    digits[i] = (char)('0' + digit);
    rest -= digit;
  }
  if (fabs(rest - 0.5) > error) return magnitude;
  if (digits[count - 1] & 1) increment(digits, count, &exponent);
  return read_digits(digits, count, exponent);
}
