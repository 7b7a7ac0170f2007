# Breadth-first search, shortest paths, topological order.
graph = { a: { b: 7, c: 9, f: 14 }, b: { c: 10, d: 15 }, c: { d: 11, f: 2 }, d: { e: 6 }, e: {}, f: { e: 9 } }

def breadth_first(graph, start)
  seen, queue = [start], [start]
  until queue.empty?
    graph[queue.shift].each_key { |n| (seen << n; queue << n) unless seen.include?(n) }
  end
  seen
end

def distances(graph, start)
  best = Hash.new(Float::INFINITY).merge(start => 0)
  open = graph.keys
  until open.empty?
    node = open.min_by { |n| best[n] }
    open.delete(node)
    graph[node].each { |n, cost| best[n] = [best[n], best[node] + cost].min }
  end
  best
end

def topological(graph)
  order, state = [], {}
  visit = lambda do |n|
    raise "cycle at #{n}" if state[n] == :open
    next if state[n]
    state[n] = :open
    graph[n].each_key(&visit)
    state[n] = :done
    order.unshift(n)
  end
  graph.each_key(&visit)
  order
end

puts breadth_first(graph, :a).inspect
distances(graph, :a).sort.each { |n, d| puts "#{n}: #{d}" }
puts topological(graph).inspect
begin
  topological({ x: { y: 1 }, y: { x: 1 } })
rescue => e
  puts e.message
end
