# SPDX-License-Identifier: MIT
# A signal that comes while another thread runs is handled by the main thread, in code of the
# program and of the library.
def handled_in_main
  handled = nil
  trap(:USR1) { handled = Thread.current == Thread.main }
  Thread.new { yield -> { handled.nil? } }.join
  handled
end
p handled_in_main { |waits| Process.kill(:USR1, Process.pid); nil while waits.call } # => true
p handled_in_main { |waits| Process.kill(:USR1, Process.pid); loop { break unless waits.call } } # => true
p handled_in_main { |waits| [1].each { Process.kill(:USR1, Process.pid) }; nil while waits.() } # => true
