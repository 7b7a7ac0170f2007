# SPDX-License-Identifier: MIT
# A signal that comes while another thread runs is handled by the main thread.
trap("USR1") { p Thread.current == Thread.main }
thread = Thread.new do
  Process.kill(:USR1, Process.pid)
  i = 0
  i += 1 while i < 100_000
  :end
end
p thread.value
# => true
# => :end
