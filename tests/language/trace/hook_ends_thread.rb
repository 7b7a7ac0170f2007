# SPDX-License-Identifier: MIT
# A hook on thread_end that raises: the thread ends by that.
ended = TracePoint.new(:thread_end) { raise "not like this" }
ended.enable
thread = Thread.new { 7 }
thread.report_on_exception = false
begin
  thread.value
rescue => e
  p e # => #<RuntimeError: not like this>
end
ended.disable
p Thread.new { 7 }.value # => 7
