# Fibers as generators and coroutines.
fib = Fiber.new do
  a, b = 0, 1
  loop do
    Fiber.yield a
    a, b = b, a + b
  end
end
puts Array.new(10) { fib.resume }.inspect

echo = Fiber.new do |first|
  message = first
  loop { message = Fiber.yield("got #{message}") }
end
puts echo.resume(1), echo.resume(:two), echo.resume("three")
short = Fiber.new { :only }
puts short.resume
begin
  short.resume
rescue FiberError
  puts "finished"
end
failing = Fiber.new { raise ArgumentError, "inside" }
begin
  failing.resume
rescue ArgumentError => e
  puts e.message
end
