# SPDX-License-Identifier: MIT
# eval and binding as the body of a thread have no text around them.
Thread.report_on_exception = false
%i[eval binding local_variables].each do |name|
  args = name == :eval ? ["1 + 1"] : []
  Thread.new(*args, &method(name)).value
rescue RuntimeError => e
  puts e.message
end
# => Can't create Binding Object on top of Fiber.
# => Can't create Binding Object on top of Fiber.
# => Can't create Binding Object on top of Fiber.
