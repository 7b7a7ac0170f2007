# SPDX-License-Identifier: MIT
puts <<~TEXT # syntax error: can't find string "TEXT" anywhere before EOF
  text
 TEXTS
