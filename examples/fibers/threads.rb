# Threads, a mutex and a queue.
queue = Queue.new
results = []
lock = Mutex.new
workers = 3.times.map do
  Thread.new do
    while (job = queue.pop) != :stop
      value = job * job
      lock.synchronize { results << value }
    end
  end
end
(1..10).each { |n| queue << n }
3.times { queue << :stop }
workers.each(&:join)
puts results.sort.inspect
puts Thread.new { 6 * 7 }.value
t = Thread.new { raise "lost" }
t.report_on_exception = false
begin
  t.join
rescue => e
  puts e.message
end
puts t.status.inspect, Thread.current.alive?
