# Handlers and the signals that raise.
p trap("USR1") { |number| puts "got #{Signal.signame(number)}" } # => "DEFAULT"
Process.kill("USR1", $$)
sleep 0.001
# => got USR1
begin
  Process.kill("INT", $$)
  sleep 1
rescue Interrupt => e
  p e.class # => Interrupt
end
begin
  Process.kill(:TERM, $$)
  sleep 1
rescue SignalException => e
  puts e.message # => SIGTERM
end
trap("KILL") {} # raises ArgumentError: Invalid argument - SIGKILL
