# A throw ends at the fiber's edge: nobody outside catches it.
begin
  Fiber.new { throw :nobody }.resume
rescue UncaughtThrowError => e
  puts e.message # => uncaught throw :nobody
end
caught = catch(:outside) do
  Fiber.new { throw :outside, 1 }.resume
rescue UncaughtThrowError => e
  e.class
end
p caught # => UncaughtThrowError
