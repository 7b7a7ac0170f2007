# SPDX-License-Identifier: MIT
# exit: 1
# stderr: in '<main>': in the program (RuntimeError)
# stderr: in 'block in <main>': in the handler (RuntimeError)
# When an at_exit block raises, the exception of the program is still reported with its message.
at_exit { raise "in the handler" }
at_exit { puts "first" } # => first
raise "in the program"
