# What is wrong with &value or *value is told of the call or of the splat, also over several lines.
class Bad
  def to_a = 3
end

def take(*) = nil

def place
  yield
rescue TypeError => e
  p [e.backtrace.first[/\d+/].to_i, e.detailed_message(highlight: false).lines.drop(2)]
end

place do
  take("", &[])
end
# => [15, ["  take(\"\", &[])\n", "       ^^"]]
place do
  take(1,
       &[])
end
# => [19, ["  take(1,\n", "       ^"]]
place do
  take(1,
       *Bad.new)
end
# => [25, []]
