# SPDX-License-Identifier: MIT
# sleep without a limit waits for another thread or a signal and is no deadlock. Traps run in the
# main thread and do not end a sleep.
sleeper = Thread.new do
  sleep
  :woken
end
Thread.pass until sleeper.stop?
sleeper.wakeup
p sleeper.value # => :woken

main = Thread.current
Thread.new { main.raise("to the sleeper") }
begin
  sleep
rescue => e
  p e.message # => "to the sleeper"
end

trap(:USR1) { puts Thread.current == Thread.main }
start = Process.clock_gettime(Process::CLOCK_MONOTONIC)
Thread.new { Process.kill(:USR1, Process.pid) }
sleep 0.1                                                            # => true
p Process.clock_gettime(Process::CLOCK_MONOTONIC) - start >= 0.1     # => true

trap(:USR1) { raise "from the trap" }
Thread.new { Process.kill(:USR1, Process.pid) }
begin
  sleep
rescue => e
  p e.message # => "from the trap"
end

# A signal that comes while another thread sleeps costs no processor time afterwards.
trap(:USR1) { puts "trapped" }
waiting = Thread.new { sleep 0.3 }
Thread.pass until waiting.stop?
Thread.new { Process.kill(:USR1, Process.pid) }
used = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)
waiting.join                                                                 # => trapped
p Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) - used < 0.2      # => true
