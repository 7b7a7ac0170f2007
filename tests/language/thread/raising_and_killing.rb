# Threads that are raised into, killed, woken and waited for.
def try
  yield
rescue ThreadError, RuntimeError, ArgumentError, IOError => e
  puts "#{e.class}: #{e.message}"

end
Thread.report_on_exception = false
log = []

# raise: the exception appears where the thread sleeps
t = Thread.new do
  sleep
rescue ArgumentError => e
  log << [:rescued, e.message]
  :value
ensure
  log << :ensured
end
Thread.pass until t.stop?
p t.status, t.alive?

t.raise(ArgumentError, "wake up")
p t.value, log, t.status

# an exception that nobody rescues is raised again by join
t = Thread.new { sleep }
Thread.pass until t.stop?
t.raise("not rescued")
try { t.join }
p t.status, t.raise("too late")

t = Thread.new { Thread.current.raise(ArgumentError, "in itself") }
try { t.value }

# kill: ensure clauses run, nothing is rescued
t = Thread.new do
  begin
    sleep
  rescue Exception
    log << :wrong
  ensure
    log << :cleaned
  end
  log << :wrong
end
Thread.pass until t.stop?
t.kill.join
p log.last, t.alive?, t.status, t.value

t = Thread.new { begin; Thread.exit; ensure; log << :left; end; log << :wrong }
p t.join.equal?(t), log.last

t = Thread.new { log << :never }
t.kill
p t.join.alive?, log.last

p Thread.new { throw :nowhere }.then { |x| begin; x.join; rescue UncaughtThrowError => e; e.message; end }

# a loop that calls nothing is interrupted, too
t = Thread.new { i = 0; i += 1 while true }
Thread.pass
t.kill
p t.join(20).nil?, t.alive?

# wakeup, run, timeouts
t = Thread.new { Thread.stop; :woken }
Thread.pass until t.stop?
p t.join(0.001)
t.run
p t.value
try { t.wakeup }
t = Thread.new { sleep 1000; :early }
Thread.pass until t.stop?
p t.wakeup.equal?(t), t.value

try { Thread.current.join }

# waiting for input leaves the others running
r, w = IO.pipe
t = Thread.new { r.gets }
Thread.pass until t.stop?
w.puts "a line"
p t.value
t = Thread.new { r.read(3) }
Thread.pass
w.write "abc"
p t.value
t = Thread.new { IO.select([r], nil, nil, 0.01) }
p t.value
t = Thread.new { begin; r.gets; rescue RuntimeError => e; e.message; end }
Thread.pass until t.stop?
t.raise("instead of input")
p t.value
w.close
p Thread.new { r.gets }.value

# nobody is left to wake anybody
q = Queue.new
begin
  q.pop
rescue Exception => e
  puts e.class, e.message[/\ANo live threads left. Deadlock\?/]

end
t = Thread.new { q.pop }
begin
  t.join
rescue Exception => e
  puts e.class, e.message[/\ANo live threads left. Deadlock\?/]

end
q << 1
p t.value
