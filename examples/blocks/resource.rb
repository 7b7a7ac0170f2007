# Blocks that guard a resource; ensure; yield with values.
class Resource
  attr_reader :log
  def initialize = @log = []

  def open(name)
    @log << "open #{name}"
    yield name.length, name.upcase
  ensure
    @log << "close #{name}"
  end
end

r = Resource.new
puts(r.open("disk") { |n, up| "#{up} #{n}" })
begin
  r.open("net") { raise IOError, "lost" }
rescue IOError => e
  puts e.message
end
found = r.open("list") do |n|
  break :early if n == 4
  :late
end
puts found, r.log
