# SPDX-License-Identifier: MIT
# A Fiber that was allocated only has no state to tell.
fiber = Fiber.allocate
%i[alive? resume transfer inspect].each do |name|
  fiber.send(name)
rescue FiberError => e
  puts "#{name}: #{e.message}"
end
# => alive?: uninitialized fiber
# => resume: uninitialized fiber
# => transfer: uninitialized fiber
# => inspect: uninitialized fiber
