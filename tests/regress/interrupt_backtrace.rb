# SPDX-License-Identifier: MIT
# What raises on behalf of a signal stands in no backtrace, and blocks that only core code calls
# can be interrupted.
def loops = loop {}

def whiles
  while true
  end
end

%i[loops whiles].each do |name|
  Thread.new { Process.kill(:INT, Process.pid) }
  begin
    send(name)
  rescue Interrupt => e
    puts e.backtrace.first.split(":in ").last
  end
end
# => 'block in Object#loops'
# => 'Object#whiles'
