# SPDX-License-Identifier: MIT
# Thread#backtrace: the frames of any live thread, the innermost first; nil when it has ended.
def here(thread) = thread.backtrace

def waits
  Thread.stop
end
thread = Thread.new { waits }
Thread.pass until thread.stop?
name = File.basename(__FILE__)
puts(here(Thread.current).map { |line| line.sub(/\A.*#{name}/, "") })
# => :3:in 'Thread#backtrace'
# => :3:in 'Object#here'
# => :11:in '<main>'
puts(thread.backtrace.map { |line| line.sub(/\A.*#{name}/, "") })
# => :6:in 'Thread.stop'
# => :6:in 'Object#waits'
# => :8:in 'block in <main>'
p thread.backtrace(1, 1).size, thread.backtrace(5)
# => 1
# => nil
p thread.backtrace_locations(1..).map(&:lineno)
# => [6, 8]
thread.run.join
p thread.backtrace, thread.backtrace_locations
# => nil
# => nil
fresh = Thread.new { 1 }
p fresh.backtrace
# => []
