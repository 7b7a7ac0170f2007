# retry with a limit, ensure, else.
attempts = 0
begin
  attempts += 1
  raise IOError, "flaky #{attempts}" if attempts < 3
  puts "ok after #{attempts}"
rescue IOError => e
  puts e.message
  retry if attempts < 3
  puts "gave up"
else
  puts "no error this time"
ensure
  puts "cleaned up"
end
