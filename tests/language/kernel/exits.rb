# SPDX-License-Identifier: MIT
# exit raises SystemExit; at_exit blocks run in reverse order.
at_exit { puts "first registered" }
at_exit { puts "second registered" }
begin
  exit(3)
rescue SystemExit => e
  p e.status, e.success?, e.message # => 3
  # => false
  # => "exit"
end
p SystemExit.new(true).success? # => true
puts "end" # => end
# => second registered
# => first registered
