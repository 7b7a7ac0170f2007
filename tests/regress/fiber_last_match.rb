# SPDX-License-Identifier: MIT
# $~ and $_ of a fiber's block are its own, not those of the method around it.
"outer" =~ /u/
fiber = Fiber.new do
  p $~
  "fiber" =~ /b/
  Fiber.yield $~[0]
  p $&, [1].map { $& }

  $_ = "fiber"
  $~ = nil
  $_
end
p fiber.resume, $&

p fiber.resume, $&, $_ # => "fiber"

# => nil

def matching
  "method" =~ /t/
  Fiber.new { $~ }.resume
end
p matching

# A block of an enumerator is none of a fiber's.
"outer" =~ /o/
enumerator = Enumerator.new { |y| y << $~[0] }
p enumerator.next
Thread.new { Fiber.new { "x" =~ /x/ }.resume; p $~ }.join
