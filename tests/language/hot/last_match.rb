# SPDX-License-Identifier: MIT
# The last match in hot loops: all that sets and reads it, where it is seen and where it is not.
LIST = ["abc 12", "xyz", "k9", "", "hello world 7", "日本 3"]
def ops(n)
  out = []
  i = 0
  while i < n
    s = LIST[i % 6]
    a = s =~ /([a-z]+) ?([0-9]+)/
    b = [$~ && $~[0], $1, $2, $3, $&, $`, $', $+]
    c = /[0-9]/ =~ s
    d = $~.nil? ? nil : $~.pre_match
    e = s !~ /x/
    f = $&
    g = s[/[a-z]+/]
    h = $&
    j = s.index(/[0-9]/, 0)
    k = $~ && $~.begin(0)
    l = s.match(/(?<let>[a-z])(?<more>.)/)
    m = $~ == l
    q = Regexp.last_match(1)
    r = s.start_with?(/[a-k]+/) ? $& : :no
    o = s.partition(/ /)
    u = $~.nil?
    out << [a, b, c, d, e, f, g, h, j, k, l && l[:let], m, q, r, o, u]
    i += 1
  end
  out.uniq
end
ops(40).each { |x| p x }
def subs(n)
  out = []
  n.times do |i|
    s = LIST[i % LIST.length]
    a = s.sub(/[0-9]/, "<\\0>")
    b = $&
    c = s.gsub(/[a-z]/, "x")
    d = $~ && $~.begin(0)
    e = s.gsub(/[0-9]+/) { |t| (t.to_i * 2).to_s + $& + $~.pre_match }
    f = $&
    g = s.gsub(/[ab]/, "a" => "1", "b" => "2")
    h = $&
    j = s.scan(/([a-z])([a-z])/)
    k = $1
    l = []
    s.scan(/[a-z]/) { |x| l << x + $& }
    m = $&
    q = s.sub("l") { |x| x.upcase + $` }
    r = $`
    t = s.tr("a", "b").gsub("l", "LL")
    out << [a, b, c, d, e, f, g, h, j, k, l, m, q, r, t, $&]
  end
  out.uniq
end
subs(50).each { |x| p x }
def cases(n)
  r = Hash.new(0)
  i = 0
  while i < n
    v = [LIST[i % 6], :sym1, nil, 12, 1.5, [1]][i % 7 % 6]
    case v
    when /^a.*(1)/, /^k(.)/ then r[[:a, $1]] += 1
    when /sym/ then r[[:s, $&]] += 1
    when /7\z/ then r[[:z, $`]] += 1
    else r[[:else, $~]] += 1
    end
    i += 1
  end
  r.to_a
end
cases(80).each { |x| p x }
def named(n)
  t = 0
  i = 0
  while i < n
    if /(?<word>[a-z]+) (?<num>[0-9]+)/ =~ LIST[i % 6]
      t += num.to_i + word.size
    end
    t += 1 if num.nil?
    i += 1
  end
  t
end
p named(60)
def helper(s) = s =~ /([0-9])/ ? $1.to_i : -1
def called(n)
  t = 0
  "keep" =~ /e+/
  n.times { |i| t += helper(LIST[i % 6]) }
  [t, $&]
end
p called(60)
def in_block(list)
  list.each { |s| s =~ /./ }
  $&
end
p in_block(LIST * 10)
def block_loop
  r = []
  yield_it do
    i = 0
    while i < 30
      LIST[i % 6] =~ /[a-z0-9]+/
      r << $& << $~
      i += 1
    end
  end
  [r.size, r.compact.map(&:to_s).uniq, $&]
end
def yield_it = yield
p block_loop
def raising(n)
  bad = "\xff"
  t = 0
  i = 0
  while i < n
    begin
      "a1" =~ /1/
      (i % 10 == 9 ? bad : "ok") =~ /(o)(k)/
      t += $~.size
    rescue ArgumentError => e
      t += $&.to_i + e.backtrace.size + e.message.size
      puts e.backtrace.first[/\d+:in.*/] if i == 9
    end
    i += 1
  end
  t
end
p raising(40)
def sub_raises(n)
  t = 0
  n.times do |i|
    begin
      "abc".gsub(/b/) { |x| raise "no" if i % 8 == 7; x + x }
      t += 1
    rescue => e
      t += 100 if $& == "b" && e.message == "no"
      puts e.backtrace.map { |l| l[/\d+:in.*/] } if i == 23
    end
  end
  t
end
p sub_raises(40)
def unseen(n)
  t = 0
  n.times do |i|
    t += 1 if LIST[i % 6] =~ /[0-9]/
    t += 2 if /z/ =~ LIST[i % 6]
    t += 4 if LIST[i % 6] !~ /a/
    t += 8 if /x/ === LIST[i % 6]
    t += (LIST[i % 6] =~ /\d/).to_i
    t += 16 if /a/ =~ [nil, "a"][i % 2]
  end
  t
end
p unseen(60)
def redefine(n)
  t = 0
  i = 0
  while i < n
    t += ("ab" =~ /b/).to_i
    t += ("ab".sub(/b/, "ccc")).size
    case "ab" when /b/ then t += 1 end
    t += $~ ? 10 : 20
    if i == 30
      String.class_eval { alias_method :old_op, :=~; def =~(o) = 1000 }
      String.class_eval { alias_method :old_sub, :sub; def sub(*) = "q" * 5000 }
      Regexp.class_eval { alias_method :old_eqq, :===; def ===(o) = false }
    end
    i += 1
  end
  t
ensure
  String.class_eval { alias_method :=~, :old_op; alias_method :sub, :old_sub }
  Regexp.class_eval { alias_method :===, :old_eqq }
end
p redefine(50)
th = 3.times.map { |k| Thread.new { r = []; 40.times { |i| LIST[(i + k) % 6] =~ /[a-z]/; r << $& }; r.uniq } }
p th.map(&:value), $~
f = Fiber.new { 30.times { |i| LIST[i % 6] =~ /[a-z]+/; Fiber.yield($&) } }
p 10.times.map { f.resume }, $~
LIST.each { |s| s =~ /(.)/ }
p $1
30.times { |i| LIST[i % 6] =~ /(\w)/ }
p $1
