# Observers as blocks; handlers that remove themselves.
class Emitter
  def initialize = @handlers = Hash.new { |h, k| h[k] = [] }
  def on(event, &handler) = @handlers[event].push(handler) && self

  def once(event, &handler)
    wrapper = lambda do |*args|
      @handlers[event].delete(wrapper)
      handler.call(*args)
    end
    on(event, &wrapper)
  end

  def emit(event, *args) = @handlers[event].dup.map { |handler| handler.call(*args) }
end

e = Emitter.new
e.on(:greet) { |name| "hello #{name}" }.once(:greet) { |name| "first time, #{name}?" }
puts e.emit(:greet, "Ann"), e.emit(:greet, "Bob"), e.emit(:silence).inspect
