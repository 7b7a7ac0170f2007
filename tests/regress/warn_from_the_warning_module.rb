# SPDX-License-Identifier: MIT
# Kernel#warn, called on Warning itself, writes: a `warn` of Warning may call super.
$stderr = $stdout
module Warning
  def warn(*texts, **options)
    print "seen: "
    super
  end
end

warn "text"
# => seen: text
def Warning.warn(*) = raise("not to be called")
Kernel.instance_method(:warn).bind_call(Warning, "plain") # => plain
category = Object.new
def category.to_sym = :deprecated
def Warning.warn(text, category: nil) = p([text, category])
warn "named", category: category # => ["named\n", :deprecated]
begin
  warn "bad", category: 1
rescue TypeError => error
  puts error.class # => TypeError
end
