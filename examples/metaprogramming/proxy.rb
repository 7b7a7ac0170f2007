# A proxy on BasicObject that records calls.
class Recorder < BasicObject
  def initialize(target)
    @target = target
    @calls = []
  end

  def __calls__ = @calls

  def method_missing(name, *args, &block)
    result = @target.__send__(name, *args, &block)
    @calls << [name, args, result]
    result
  end

  def respond_to_missing?(name, all = false) = @target.respond_to?(name, all)
end

list = Recorder.new([3, 1, 2])
list.push(5)
puts list.sort.inspect
puts list.map { |x| x * 10 }.inspect
list.__calls__.each { |name, args, result| puts "#{name}(#{args.join(", ")}) -> #{result.inspect}" }
