# What is written while $stdout is something else goes through its write.
class Sink
  attr_reader :texts

  def initialize
    @texts = []
  end

  def write(*texts)
    @texts.concat(texts)
    texts.sum(&:size)
  end
end

sink = Sink.new
$stdout = sink
print "x"
p :y
$stdout = STDOUT
p sink.texts # => ["x", ":y\n"]
begin
  $stdout = 1
rescue TypeError => e
  puts e.message # => $stdout must have write method, Integer given
end
