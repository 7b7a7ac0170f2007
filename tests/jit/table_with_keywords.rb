# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-log --dump=ir
# stderr: call.lookup
# stderr: method at line 1: compiled
# Literal keywords of a call that is looked up go to their parameters one by one where the method
# takes them so, and are a Hash where it does not.
FORMS = ["(x, by: 2)", "(x, y = 5, by:, at: x + 1)", "(x, **o)", "(x, at: 3, by: 1)", "(*r, by:)", "(x, by: 4)",
         "(x, o = {})", "(x, by: (raise(KeyError, 'by')), at: 7)", "(x, by:)", "(x, *, by: 1, **)"]
KS = FORMS.each_with_index.map do |form, k|
  Class.new do
    body = { 2 => "x + o[:by]", 4 => "r.sum + by", 6 => "x + o[:by]" }[k] || "x * by + #{k}"
    body += " + at" if form.include?("at:")
    class_eval "def run#{form} = #{body}"
    class_eval "def late#{form} = #{body}"
    class_eval "def bare#{form} = #{body}" if k != 3
    def respond_to_missing?(*) = true
    def method_missing(name, *args, **options) = args.sum + options.size
  end
end
LIST = KS.map(&:new) + [Struct.new(:a, :by, keyword_init: true) { def run(x, by: 9) = by }.new(a: 1)]
def run(n)
  total = i = 0
  while i < n
    total += LIST[i % 10].run(i, by: i & 7)
    total += LIST[i % 11].run(i, by: total & 3)
    i += 1
  end
  total
end
p run(3000) # => 18869518

def wrong(n)
  seen = {}
  i = 0
  while i < n
    begin
      LIST[i % 10].bare(i, at: 1)
    rescue ArgumentError, KeyError, NoMethodError, TypeError => e
      seen[i % 10] = [e.class, e.message[/\A[^#]{0,40}/], e.backtrace.size]
    end
    i += 1
  end
  seen.sort
end
wrong(3000).each { |line| p line }
# => [0, [ArgumentError, "unknown keyword: :at", 3]]
# => [1, [ArgumentError, "missing keyword: :by", 3]]
# => [2, [TypeError, "nil can't be coerced into Integer", 4]]
# => [4, [ArgumentError, "missing keyword: :by", 3]]
# => [5, [ArgumentError, "unknown keyword: :at", 3]]
# => [6, [TypeError, "nil can't be coerced into Integer", 4]]
# => [7, [KeyError, "by", 3]]
# => [8, [ArgumentError, "missing keyword: :by", 3]]
def changed(n)
  total = i = 0
  while i < n
    total += LIST[i % 10].late(i, by: 2) & 0xff
    KS[4].class_eval("def late(*r, by: 3, c: 4) = by * c") if i == 500
    KS[0].class_eval("def late(x, by: 3) = raise(IndexError, 'by')") if i == 900
    i += 1
  end
rescue IndexError => e
  [i, total, e.message, e.backtrace[1][/\d+:in.*/]]
end
p changed(2000) # => [910, 108125, "by", "57:in 'Object#changed'"]
