# Quick, merge and heap sort against the built-in one.
def quick(list)
  return list if list.size < 2
  pivot, *rest = list
  left, right = rest.partition { |x| x < pivot }
  quick(left) + [pivot] + quick(right)
end

def merge_sort(list)
  return list if list.size < 2
  a, b = list.each_slice((list.size + 1) / 2).map { |half| merge_sort(half) }
  merged = []
  merged << (a.first <= b.first ? a : b).shift until a.empty? || b.empty?
  merged + a + b
end

def heap_sort(list)
  heap = list.dup
  sift = lambda do |root, size|
    while (child = 2 * root + 1) < size
      child += 1 if child + 1 < size && heap[child] < heap[child + 1]
      break if heap[root] >= heap[child]
      heap[root], heap[child] = heap[child], heap[root]
      root = child
    end
  end
  (heap.size / 2 - 1).downto(0) { |i| sift.(i, heap.size) }
  (heap.size - 1).downto(1) do |i|
    heap[0], heap[i] = heap[i], heap[0]
    sift.(0, i)
  end
  heap
end

seed = 12345
list = Array.new(30) { seed = (seed * 1103515245 + 12345) % 2**31; seed % 100 }
puts list.sort.inspect
puts quick(list) == list.sort, merge_sort(list) == list.sort, heap_sort(list) == list.sort
