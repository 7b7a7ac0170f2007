# SPDX-License-Identifier: MIT
# What raises on behalf of a signal stands in no backtrace, and blocks that only core code calls
# can be interrupted.
def loops = loop { $inside = true }

def whiles
  while true
    $inside = true
  end
end

%i[loops whiles].each do |name|
  $inside = false
  Thread.new do
    Thread.pass until $inside
    Process.kill(:INT, Process.pid)
  end
  begin
    send(name)
  rescue Interrupt => e
    puts e.backtrace.first.split(":in ").last
  end
end
# => 'block in Object#loops'
# => 'Object#whiles'
