# SPDX-License-Identifier: MIT
# An unclosed string is reported where it begins.
puts 1
puts "abc # syntax error: unterminated string meets end of file
puts 2
