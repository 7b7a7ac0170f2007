# Strings and files: a toolbox that reads, cuts, counts, formats and writes text. It makes a folder
# of sample files, runs tools over them (a log analyser, CSV, INI, JSON and Markdown readers, diff,
# grep, templates, ciphers, compression, a tokenizer, a pretty printer, paginator, binary records),
# and prints what they find. The folder is removed at the end.

require "fileutils"
require "tmpdir"

# ---- helpers -----------------------------------------------------------------------------------

def title(text)
  puts
  puts "== #{text} ".ljust(60, "=")
end

def show(label, value)
  puts "#{label.to_s.ljust(18)} #{value}"
end

class Numbers
  def initialize(seed) = @x = seed

  def next(limit)
    @x = (@x * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) & 0xffff_ffff_ffff_ffff
    (@x >> 33) % limit
  end

  def pick(list) = list[self.next(list.length)]
end

ROOT = Dir.mktmpdir("scribe")
at_exit { FileUtils.rm_rf(ROOT) }

def path(*parts) = File.join(ROOT, *parts)

# ---- words -------------------------------------------------------------------------------------

TEXT = <<~TEXT
  It was a bright cold day in the valley, and the clocks -- all of them -- were
  striking. "Thirteen?" asked the miller's daughter. "Thirteen," said the clock.
  Nobody laughed; nobody ever did. The river, which had no opinion, ran on.

  In the evening the baker's boy came by with bread: two loaves of rye, one of
  wheat. He counted them twice (he always did) and found three. "Good," he said.
TEXT

title "words"
words = TEXT.scan(/[[:alpha:]]+(?:'[[:alpha:]]+)?/)
show "characters", TEXT.length
show "lines", TEXT.lines.count
show "words", words.size
show "sentences", TEXT.scan(/[.?!]"?(?:\s|\z)/).size
show "paragraphs", TEXT.split(/\n{2,}/).size
show "longest", words.map(&:downcase).uniq.sort_by { |w| [-w.length, w] }.first(3).inspect
show "by length", words.group_by(&:length).sort.map { |n, list| "#{n}:#{list.size}" }.join(" ")
show "common", words.map(&:downcase).tally.select { |_, n| n > 2 }.sort_by { |w, n| [-n, w] }.map { |w, n| "#{w}=#{n}" }.join(" ")
show "capitalised", words.grep(/\A[A-Z]/).uniq.inspect
show "possessive", words.grep(/'s\z/).inspect
show "acrostic", TEXT.each_line.map { |l| l[0] }.join.tr("\n", "_")
show "vowels", "aeiou".chars.map { |v| "#{v}#{TEXT.downcase.count(v)}" }.join(" ")
show "title case", "the clock of the valley".split.map.with_index { |w, i| i.zero? || w.length > 3 ? w.capitalize : w }.join(" ")
show "reversed words", "one two three".split.map(&:reverse).join(" ")
show "initials", "Ada Byron King Lovelace".gsub(/([A-Z])\w+ (?=[A-Z])/, '\1. ')
show "quotes", TEXT.scan(/"([^"]+)"/).flatten.map { |q| q.delete(".,?") }.inspect
show "in brackets", TEXT[/\(([^)]*)\)/, 1]
show "before river", TEXT[/(\w+) river/, 1].upcase
show "squeezed", "aaabbb  cc".squeeze + "|" + "aaabbb  cc".squeeze("a")
show "swapped", "Hello World".swapcase
show "deleted", "Hello World".delete("l-o")
show "counted", "Hello World".count("lo") + "Hello".count("a-zA-Z", "^l")

# ---- wrapping and justification ----------------------------------------------------------------

module Layout
  module_function

  def wrap(text, width)
    text.split.each_with_object([+""]) do |word, lines|
      lines << +"" if !lines.last.empty? && lines.last.length + word.length + 1 > width
      lines.last << " " unless lines.last.empty?
      lines.last << word
    end
  end

  def justify(line, width)
    words = line.split
    return line if words.size < 2
    gaps = words.size - 1
    spaces = width - words.sum(&:length)
    words.each_with_index.map do |word, i|
      i == gaps ? word : word + " " * (spaces / gaps + (i < spaces % gaps ? 1 : 0))
    end.join
  end

  def columns(items, count, gutter: 2)
    rows = (items.size + count - 1) / count
    table = items.each_slice(rows).to_a
    widths = table.map { |column| column.map(&:length).max }
    Array.new(rows) do |r|
      table.each_with_index.map { |column, c| column[r].to_s.ljust(widths[c] + gutter) }.join.rstrip
    end
  end

  def box(lines)
    width = lines.map(&:length).max
    edge = "+#{"-" * (width + 2)}+"
    [edge, *lines.map { |l| "| #{l.ljust(width)} |" }, edge]
  end
end

title "layout"
lines = Layout.wrap(TEXT.split("\n\n").first, 38)
lines[0..-2].each { |line| puts "|#{Layout.justify(line, 38)}|" }
puts "|#{lines.last.ljust(38)}|"
puts Layout.columns(words.map(&:downcase).uniq.sort.first(14), 4)
puts Layout.box(["a box", "with two lines"])
puts "centered".center(20, ".-"), "right".rjust(20, "> "), "left".ljust(20, "_") + "|"
puts TEXT.lines.first.chomp.each_char.each_slice(20).map(&:join).map(&:strip).first(2).inspect
puts "a\tb\tcd".gsub("\t") { " " * 4 }.inspect, "  both  ".strip.inspect, "  l".lstrip, "xxhixx".gsub(/\Ax+|x+\z/, "")

# ---- files and folders -------------------------------------------------------------------------

title "files"
FileUtils.mkdir_p(path("notes", "old"))
File.write(path("notes", "one.txt"), TEXT)
File.write(path("notes", "two.txt"), "alpha\nbeta\ngamma\n")
File.open(path("notes", "old", "three.md"), "w") do |f|
  f.puts "# Three", "", "- a", "- b"
  f.print "no newline at the end"
  f << " " << 42
end
File.open(path("notes", "two.txt"), "a") { |f| f.puts "delta" }
show "size", File.size(path("notes", "two.txt"))
show "exists", [File.exist?(path("notes")), File.file?(path("notes")), File.directory?(path("notes"))].inspect
show "names", Dir.children(path("notes")).sort.inspect
show "glob", Dir.glob("**/*.{txt,md}", base: ROOT).sort.inspect
show "extension", File.extname("a/b.tar.gz") + " " + File.basename("a/b.rb", ".rb") + " " + File.dirname("a/b/c.rb")
show "join", File.join("a", "/b", "c/") + " " + File.split("x/y/z").inspect
show "expand", File.expand_path("../x", "/a/b") + " " + File.expand_path("/a/./b/../c")
show "lines", File.readlines(path("notes", "two.txt"), chomp: true).inspect
show "each line", File.foreach(path("notes", "two.txt")).with_index(1).map { |l, i| "#{i}#{l.chomp}" }.join(",")
show "first bytes", File.binread(path("notes", "one.txt"), 6).inspect
show "from offset", File.read(path("notes", "two.txt"), 4, 6).inspect
show "empty", File.zero?(path("notes", "two.txt")).inspect
File.open(path("notes", "two.txt")) do |f|
  show "gets", [f.gets, f.lineno, f.pos, f.gets(3), f.getc, f.eof?].inspect
  f.seek(-6, IO::SEEK_END)
  show "tail", f.read.inspect
  f.rewind
  show "chars", f.each_char.first(3).inspect
  show "rest", f.readlines.size
end
File.open(path("notes", "two.txt"), "r+") do |f|
  f.seek(6)
  f.write("BETA")
  f.rewind
  show "patched", f.read.split.inspect
end
File.rename(path("notes", "two.txt"), path("notes", "renamed.txt"))
FileUtils.cp(path("notes", "renamed.txt"), path("notes", "copy.txt"))
show "same", (File.read(path("notes", "renamed.txt")) == File.read(path("notes", "copy.txt"))).inspect
File.delete(path("notes", "copy.txt"))
show "left", Dir.entries(path("notes")).reject { |n| n.start_with?(".") }.sort.inspect
begin
  File.read(path("missing"))
rescue Errno::ENOENT => e
  show "missing", e.class
end
begin
  Dir.rmdir(path("notes"))
rescue SystemCallError => e
  show "not empty", e.class
end

def tree(folder, depth = 0)
  Dir.children(folder).sort.each do |name|
    full = File.join(folder, name)
    puts "#{"  " * depth}#{name}#{"/" if File.directory?(full)}"
    tree(full, depth + 1) if File.directory?(full)
  end
end
tree(ROOT)

# ---- a log -------------------------------------------------------------------------------------

title "log"
numbers = Numbers.new(42)
paths = %w[/ /index /login /search?q=ruby /search?q=c /img/a.png /admin]
File.open(path("access.log"), "w") do |f|
  60.times do |i|
    time = format("2024-03-%02d %02d:%02d:%02d", 1 + i / 20, numbers.next(24), numbers.next(60), numbers.next(60))
    status = numbers.pick([200, 200, 200, 200, 304, 404, 500])
    host = "10.0.0.#{1 + numbers.next(4)}"
    f.puts %(#{host} [#{time}] "#{numbers.pick(%w[GET GET GET POST])} #{numbers.pick(paths)}" #{status} #{numbers.next(5000)})
  end
  f.puts "garbage line", ""
end

LogLine = Struct.new(:host, :day, :hour, :verb, :target, :status, :bytes)
LINE = /\A(?<host>[\d.]+) \[(?<day>\S+) (?<hour>\d\d):\d\d:\d\d\] "(?<verb>[A-Z]+) (?<target>\S+)" (?<status>\d{3}) (?<bytes>\d+)\Z/

bad = []
entries = File.foreach(path("access.log")).with_index(1).filter_map do |line, number|
  if (m = LINE.match(line))
    LogLine.new(m[:host], m[:day], m[:hour].to_i, m[:verb], m[:target], m[:status].to_i, m[:bytes].to_i)
  else
    bad << number
    nil
  end
end
show "entries", entries.size
show "bad lines", bad.inspect
show "bytes", entries.sum(&:bytes).to_s.gsub(/(\d)(?=(\d{3})+\z)/, "\\1,")
entries.group_by(&:status).sort.each { |status, list| puts "  #{status} #{"#" * list.size} #{list.size}" }
entries.group_by(&:day).each { |day, list| puts "  #{day} #{list.size} requests, #{list.map(&:host).uniq.size} hosts" }
show "top pages", entries.map { |e| e.target[/\A[^?]*/] }.tally.max_by(3) { |t, n| [n, t] }.inspect
show "queries", entries.filter_map { |e| e.target[/\?q=(.*)/, 1] }.tally.sort.inspect
show "errors by host", entries.select { |e| e.status >= 400 }.group_by(&:host).transform_values(&:size).sort.inspect
show "verbs", entries.each_with_object(Hash.new(0)) { |e, h| h[e.verb] += 1 }.sort.inspect
show "busiest hour", entries.map(&:hour).tally.max_by { |h, n| [n, -h] }.inspect
show "biggest", entries.max_by { |e| [e.bytes, e.host] }.to_a.last(3).inspect

# ---- CSV ---------------------------------------------------------------------------------------

module Csv
  module_function

  def parse_line(line)
    fields = []
    field = +""
    quoted = false
    chars = line.chomp.each_char
    loop do
      c = chars.next
      if quoted
        if c != '"' then field << c
        elsif (chars.peek rescue nil) == '"' then field << chars.next
        else quoted = false
        end
      elsif c == '"' then quoted = true
      elsif c == ","
        fields << field
        field = +""
      else field << c
      end
    end
    raise ArgumentError, "unclosed quote" if quoted
    fields << field
  end

  def read(file)
    header, *rows = File.readlines(file).map { |line| parse_line(line) }
    rows.map { |row| header.map(&:to_sym).zip(row).to_h }
  end

  def field(value)
    text = value.to_s
    text =~ /[",\n]/ ? %("#{text.gsub('"', '""')}") : text
  end

  def write(file, rows)
    File.open(file, "w") do |f|
      f.puts rows.first.keys.join(",")
      rows.each { |row| f.puts row.values.map { |v| field(v) }.join(",") }
    end
  end
end

title "csv"
File.write(path("people.csv"), <<~CSV)
  name,city,born,motto
  Ann,"Paris, France",1980,"say ""yes"""
  Bob,Rome,1975,
  "O'Neil, Cid",,1990,simple
CSV
people = Csv.read(path("people.csv"))
people.each { |row| puts row.map { |k, v| "#{k}=#{v.inspect}" }.join(" ") }
people.each { |row| row[:born] = row[:born].to_i + 1 }
Csv.write(path("out.csv"), people)
puts File.read(path("out.csv"))
show "round trip", Csv.read(path("out.csv")).map { |r| r[:motto] }.inspect
begin
  Csv.parse_line('a,"b')
rescue ArgumentError => e
  show "error", e.message
end

# ---- INI and templates -------------------------------------------------------------------------

def read_ini(text)
  section = nil
  text.each_line.with_index(1).each_with_object({}) do |(line, number), data|
    case line.strip
    when "", /\A[;#]/ then next
    when /\A\[(\w+)\]\z/ then data[section = $1] ||= {}
    when /\A(\w+)\s*=\s*(.*)\z/
      raise "line #{number}: no section" unless section
      name, raw = $1, $2
      data[section][name] = case raw
                            when /\A-?\d+\z/ then raw.to_i
                            when /\A-?\d+\.\d+\z/ then raw.to_f
                            when /\A(true|yes|on)\z/i then true
                            when /\A(false|no|off)\z/i then false
                            when /\A"(.*)"\z/ then $1
                            else raw
                            end
    else raise "line #{number}: cannot read #{line.strip.inspect}"
    end
  end
end

title "ini"
ini = <<~INI
  ; settings
  [server]
  host = localhost
  port = 8080
  ratio=0.75
  debug = Yes

  [paths]
  root = "/var/www"
  # end
INI
settings = read_ini(ini)
settings.each { |name, values| puts "#{name}: #{values.map { |k, v| "#{k}=#{v.inspect}" }.join(" ")}" }
["x = 1", "[a]\n???"].each do |text|
  read_ini(text)
rescue RuntimeError => e
  puts e.message
end

class Template
  TAG = /\{%\s*(.*?)\s*%\}|\{\{\s*(.*?)\s*\}\}/m

  def initialize(text) = @text = text

  def render(data)
    out = +""
    nodes(@text.dup).each { |node| emit(node, data, out) }
    out
  end

  private

  def nodes(text, stop: nil)
    list = []
    until text.empty?
      unless (m = TAG.match(text))
        list << [:text, text.slice!(0..)]
        break
      end
      list << [:text, m.pre_match] unless m.pre_match.empty?
      text.replace(m.post_match)
      next list << [:value, m[2]] if m[2]
      case m[1]
      when /\Aeach (\w+) in (\S+)\z/ then list << [:each, $1, $2, nodes(text, stop: "end")]
      when /\Aif (\S+)\z/ then list << [:if, $1, nodes(text, stop: "end")]
      when stop then return list
      else raise ArgumentError, "unknown tag #{m[1]}"
      end
    end
    raise ArgumentError, "missing #{stop}" if stop
    list
  end

  def look_up(expression, data)
    name, *filters = expression.split("|").map(&:strip)
    value = name.split(".").inject(data) { |v, key| v.is_a?(Hash) ? v[key.to_sym] : v }
    filters.inject(value) { |v, filter| v.public_send(filter) }
  end

  def emit(node, data, out)
    case node[0]
    when :text then out << node[1]
    when :value then out << look_up(node[1], data).to_s
    when :if then node[2].each { |n| emit(n, data, out) } if look_up(node[1], data)
    when :each
      look_up(node[2], data).each do |item|
        node[3].each { |n| emit(n, data.merge(node[1].to_sym => item), out) }
      end
    end
  end
end

title "template"
template = Template.new(<<~T)
  Dear {{ name | upcase }},
  {% each item in items %}- {{ item.label }}: {{ item.price }}
  {% end %}{% if paid %}Thank you.{% end %}{% if late %}Hurry!{% end %}
  {{ count }} things
T
puts template.render(name: "Ann", items: [{ label: "pen", price: 2 }, { label: "ink", price: 5 }], paid: true, count: 2)
["{% each x in %}", "{% if a %}"].each do |text|
  Template.new(text).render({})
rescue ArgumentError => e
  puts e.message
end

# ---- JSON --------------------------------------------------------------------------------------

class Json
  class Error < StandardError; end
  ESCAPES = { "n" => "\n", "t" => "\t", "r" => "\r", "b" => "\b", "f" => "\f", "/" => "/", "\\" => "\\", '"' => '"' }.freeze

  def self.parse(text) = new(text).document

  def initialize(text)
    @text = text
    @at = 0
  end

  def document
    value = element
    space
    fail_at("trailing text") unless @at == @text.length
    value
  end

  def self.generate(value, indent = nil, depth = 0)
    pad, close, newline = indent ? [" " * indent * (depth + 1), " " * indent * depth, "\n"] : ["", "", ""]
    case value
    when Hash
      return "{}" if value.empty?
      "{#{newline}" + value.map { |k, v| "#{pad}#{k.to_s.dump}:#{" " if indent}#{generate(v, indent, depth + 1)}" }.join(",#{newline}") + "#{newline}#{close}}"
    when Array
      return "[]" if value.empty?
      "[#{newline}" + value.map { |v| pad + generate(v, indent, depth + 1) }.join(",#{newline}") + "#{newline}#{close}]"
    when String then value.dump
    when nil then "null"
    else value.to_s
    end
  end

  private

  def space = take(/\s*/)

  def take(pattern)
    m = @text.match(/\G(?:#{pattern.source})/, @at) or return
    @at = m.end(0)
    m[0]
  end

  def element
    space
    case @text[@at]
    when "{" then object
    when "[" then array
    when '"' then string
    when nil then fail_at("unexpected end")
    else
      return true if take(/true/)
      return false if take(/false/)
      return nil if take(/null/)
      number = take(/-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/) or fail_at("unexpected #{@text[@at]}")
      number.match?(/[.eE]/) ? number.to_f : number.to_i
    end
  end

  def list(open, close)
    @at += open.length
    items = []
    space
    return items if take(Regexp.new(Regexp.escape(close)))
    loop do
      items << yield
      space
      next if take(/,/)
      take(Regexp.new(Regexp.escape(close))) or fail_at("expected , or #{close}")
      return items
    end
  end

  def array = list("[", "]") { element }

  def object
    list("{", "}") do
      space
      key = string
      space
      take(/:/) or fail_at("expected :")
      [key, element]
    end.to_h
  end

  def string
    raw = take(/"(?:[^"\\]|\\.)*"/) or fail_at("expected a string")
    raw[1..-2].gsub(/\\(?:u(\h{4})|(.))/) { $1 ? [$1.hex].pack("U") : ESCAPES.fetch($2) { fail_at("bad escape \\#{$2}") } }
  end

  def fail_at(message)
    line = @text[0...@at].count("\n") + 1
    raise Error, "#{message} at line #{line}"
  end
end

title "json"
doc = Json.parse(<<~'JSON')
  { "name": "Zo\u00eb", "tags": ["a", "b\n", []], "nested": {"x": -1.5e2, "ok": true},
    "none": null, "empty": {} }
JSON
puts doc["name"], doc["tags"].inspect, doc["nested"]["x"], doc["none"].inspect, doc.keys.join(",")
puts Json.generate({ a: [1, 2.5, nil, { b: "q\"t" }], c: {} })
puts Json.generate({ list: [1, [2, 3]], deep: { er: true } }, 2)
puts Json.parse(Json.generate(doc.reject { |k, _| k == "name" })).size
["[1, 2", "{\"a\" 1}", "[1] x", "nope", "\n\n[\"\\q\"]"].each do |text|
  Json.parse(text)
rescue Json::Error => e
  puts e.message
end

# ---- Markdown ----------------------------------------------------------------------------------

class Markdown
  def self.inline(text)
    text.gsub("&", "&amp;").gsub("<", "&lt;")
        .gsub(/`([^`]+)`/) { "<code>#{$1}</code>" }
        .gsub(/\*\*(.+?)\*\*/, '<b>\1</b>').gsub(/\*(.+?)\*/, '<i>\1</i>')
        .gsub(/\[([^\]]+)\]\(([^)]+)\)/, '<a href="\2">\1</a>')
  end

  def self.html(text)
    text.split(/\n{2,}/).map do |block|
      case block.chomp
      when /\A(\#{1,6}) (.+)\z/ then "<h#{$1.length}>#{inline($2)}</h#{$1.length}>"
      when /\A- / then "<ul>\n#{block.lines.map { |l| "  <li>#{inline(l.sub(/\A- /, "").chomp)}</li>" }.join("\n")}\n</ul>"
      when /\A\d+\. / then "<ol>\n#{block.lines.map { |l| "  <li>#{inline(l[/\A\d+\. (.*)/, 1])}</li>" }.join("\n")}\n</ol>"
      when /\A> / then "<blockquote>#{inline(block.gsub(/^> ?/, "").tr("\n", " ").strip)}</blockquote>"
      when /\A    / then "<pre>#{block.gsub(/^    /, "").chomp}</pre>"
      else "<p>#{inline(block.tr("\n", " ").strip)}</p>"
      end
    end.join("\n")
  end
end

title "markdown"
puts Markdown.html(<<~MD)
  # A *fine* title

  Some **bold** text with `code < x` & a [link](http://x.y)
  over two lines.

  - one
  - two **2**

  1. first
  2. second

  > quoted
  > twice

      raw = code
MD

# ---- diff and grep -----------------------------------------------------------------------------

def diff(a, b)
  table = Array.new(a.size + 1) { Array.new(b.size + 1, 0) }
  (a.size - 1).downto(0) do |i|
    (b.size - 1).downto(0) do |j|
      table[i][j] = a[i] == b[j] ? table[i + 1][j + 1] + 1 : [table[i + 1][j], table[i][j + 1]].max
    end
  end
  i = j = 0
  out = []
  while i < a.size || j < b.size
    if i < a.size && j < b.size && a[i] == b[j]
      out << "  #{a[i]}"
      i += 1
      j += 1
    elsif j < b.size && (i == a.size || table[i][j + 1] > table[i + 1][j])
      out << "+ #{b[j]}"
      j += 1
    else
      out << "- #{a[i]}"
      i += 1
    end
  end
  out
end

title "diff"
old = %w[the quick brown fox jumps over the dog]
new = %w[the slow brown fox leaps over the lazy dog]
puts diff(old, new)
show "changes", diff(old, new).group_by { |l| l[0] }.transform_values(&:size).sort.inspect

def grep(pattern, files, context: 0)
  files.flat_map do |file|
    lines = File.readlines(file, chomp: true)
    hits = lines.each_index.select { |i| lines[i] =~ pattern }
    shown = hits.flat_map { |i| ([i - context, 0].max..[i + context, lines.size - 1].min).to_a }.uniq.sort
    shown.map { |i| "#{File.basename(file)}:#{i + 1}#{hits.include?(i) ? ":" : "-"}#{lines[i]}" }
  end
end

title "grep"
files = Dir[path("**", "*.txt")].sort
puts grep(/clock/, files)
puts grep(/^gamma$/, files, context: 1)
puts grep(/nothing/, files).inspect

# ---- ciphers and codes -------------------------------------------------------------------------

module Cipher
  module_function

  def vigenere(text, key, sign = 1)
    shifts = key.bytes.map { |b| b - 97 }.cycle
    text.gsub(/[a-z]/) { |c| ((c.ord - 97 + sign * shifts.next) % 26 + 97).chr }
  end

  def rail(text, rails)
    zigzag = (0...rails).to_a + (1...rails - 1).to_a.reverse
    text.each_char.zip(zigzag.cycle).group_by(&:last).sort.flat_map { |_, pairs| pairs.map(&:first) }.join
  end

  MORSE = { "a" => ".-", "e" => ".", "h" => "....", "l" => ".-..", "o" => "---", "s" => "...", "t" => "-" }.freeze

  def morse(text) = text.chars.map { |c| MORSE.fetch(c, c == " " ? "/" : "?") }.join(" ")
  def unmorse(code) = code.split.map { |c| MORSE.key(c) || (c == "/" ? " " : "?") }.join

  def roman(n)
    { 1000 => "M", 900 => "CM", 500 => "D", 400 => "CD", 100 => "C", 90 => "XC", 50 => "L", 40 => "XL",
      10 => "X", 9 => "IX", 5 => "V", 4 => "IV", 1 => "I" }.reduce(+"") do |out, (value, letters)|
      times, n = n.divmod(value)
      out << letters * times
    end
  end
end

title "ciphers"
secret = Cipher.vigenere("attack at dawn", "lemon")
show "vigenere", "#{secret} -> #{Cipher.vigenere(secret, "lemon", -1)}"
show "rail fence", Cipher.rail("wearediscovered", 3)
show "morse", Cipher.morse("hello sot") + " = " + Cipher.unmorse(Cipher.morse("hello sot"))
show "roman", [4, 9, 14, 90, 1994, 2024].map { |n| Cipher.roman(n) }.join(" ")
show "rot13", "Why?".tr("A-Za-z", "N-ZA-Mn-za-m")
show "hex", "ruby".unpack1("H*") + " " + ["72756279"].pack("H*")
show "base64", ["any carnal pleas"].pack("m0") + " " + "YW55".unpack1("m")
show "binary", "Hi".unpack("B8B8").join(" ") + " " + %w[01001000].pack("B8")
show "checksum", "checksum".bytes.reduce(0) { |sum, b| (sum * 31 + b) % 65_521 }
show "soundex", %w[Robert Rupert Tymczak].map { |w|
  codes = { "bfpv" => 1, "cgjkqsxz" => 2, "dt" => 3, "l" => 4, "mn" => 5, "r" => 6 }
  code = w.downcase.chars.map { |c| codes.find { |letters, _| letters.include?(c) }&.last }
  (w[0] + code.drop(1).chunk_while { |a, b| a == b }.map(&:first).compact.join).ljust(4, "0")[0, 4]
}.join(" ")

# ---- compression -------------------------------------------------------------------------------

# Huffman codes over the characters of a text.
class Huffman
  attr_reader :codes

  def initialize(text)
    queue = text.chars.tally.map { |c, n| [n, c, nil] }.sort_by { |n, c, _| [n, c] }
    while queue.size > 1
      a, b = queue.shift(2)
      queue << [a[0] + b[0], [a[1], b[1]].flatten.min, [a, b]]
      queue.sort_by! { |n, c, _| [n, c] }
    end
    @codes = {}
    walk(queue.first, "")
  end

  def encode(text) = text.each_char.map { |c| @codes[c] }.join

  def decode(bits)
    back = @codes.invert
    bits.each_char.with_object([+"", +""]) do |bit, (out, code)|
      code << bit
      (out << back[code]; code.clear) if back.key?(code)
    end.first
  end

  private

  def walk((_, char, children), prefix)
    return @codes[char] = prefix.empty? ? "0" : prefix unless children
    walk(children[0], prefix + "0")
    walk(children[1], prefix + "1")
  end
end

title "compression"
sample = "she sells sea shells on the sea shore"
huffman = Huffman.new(sample)
bits = huffman.encode(sample)
show "bits", "#{bits.length} instead of #{sample.length * 8}"
show "codes", huffman.codes.sort_by { |c, code| [code.length, c] }.first(4).map { |c, code| "#{c.inspect}=#{code}" }.join(" ")
show "decoded", huffman.decode(bits) == sample

def lzw(text)
  table = (0..255).to_h { |i| [i.chr, i] }
  text.each_char.with_object([[], +""]) do |c, (out, word)|
    if table.key?(word + c) then word << c
    else
      out << table[word]
      table[word + c] = table.size
      word.replace(c)
    end
  end.then { |out, word| out << table[word] }
end
show "lzw", lzw("tobeornottobeortobeornot").inspect
show "run length", "aaaabbbcca".gsub(/(.)\1+/) { |m| "#{m[0]}#{m.length}" }

# ---- a tokenizer and a pretty printer ----------------------------------------------------------

TOKENS = { number: /\d+(?:\.\d+)?/, name: /[a-z_]\w*/i, string: /'(?:[^'\\]|\\.)*'/, operator: %r{==|<=|>=|[-+*/=<>]},
           punctuation: /[(){},;]/, space: /\s+/, comment: /#.*/ }.freeze
SCANNER = Regexp.union(*TOKENS.map { |name, re| /(?<#{name}>#{re.source})/i })

def tokens(source)
  at = 0
  line = 1
  list = []
  while at < source.length
    m = source.match(SCANNER, at)
    raise "line #{line}: unexpected #{source[at].inspect}" unless m && m.begin(0) == at
    kind = TOKENS.keys.find { |k| m[k] }
    list << [kind, m[0], line] unless %i[space comment].include?(kind)
    line += m[0].count("\n")
    at = m.end(0)
  end
  list
end

def pretty(source)
  depth = 0
  out = +""
  tokens(source).each do |kind, text, _|
    case text
    when "{"
      out << "{\n" << "  " * (depth += 1)
    when "}"
      out.rstrip!
      out << "\n" << "  " * (depth -= 1) << "}\n" << "  " * depth
    when ";" then out.rstrip! << ";\n" << "  " * depth
    when "," then out.rstrip! << ", "
    when "(" then (out =~ /\w \z/ ? out.rstrip! : out) << "("
    when ")" then out.rstrip! << ") "
    else out << text << (kind == :operator ? " " : " ")
    end
  end
  out.gsub(/ +$/, "").strip
end

title "tokens"
code = "let x=1;  # one\nif(x<=10){print('it''s',x*2.5);if(y){x=x+1;}}\nend"
puts tokens(code).first(8).map { |kind, text, line| "#{line}:#{kind}:#{text}" }.join(" ")
show "kinds", tokens(code).map(&:first).tally.sort.inspect
puts pretty(code)
begin
  tokens("a = 1\nb ? 2")
rescue RuntimeError => e
  show "error", e.message
end

# ---- pages -------------------------------------------------------------------------------------

def paginate(lines, height:, header:)
  pages = lines.each_slice(height - 2).to_a
  pages.each_with_index.map do |page, i|
    ["#{header.ljust(20)}page #{i + 1} of #{pages.size}", "-" * 30, *page].join("\n")
  end
end

title "pages"
puts paginate((1..7).map { |n| "line #{n}" }, height: 5, header: "Report")
index = TEXT.each_line.with_index(1).each_with_object(Hash.new { |h, k| h[k] = [] }) do |(line, n), h|
  line.downcase.scan(/[a-z]{5,}/).uniq.each { |word| h[word] |= [n] }
end
index.select { |_, at| at.size > 1 }.sort.each { |word, at| puts "#{word.ljust(12, ".")}#{at.join(", ")}" }
show "index size", index.size

# ---- binary records ----------------------------------------------------------------------------

title "binary"
Record = Struct.new(:id, :score, :name) do
  const_set(:FORMAT, "NgZ12")
  const_set(:SIZE, 4 + 4 + 12)
  def pack = [id, score, name].pack(self.class::FORMAT)
  def self.unpack(bytes) = new(*bytes.unpack(self::FORMAT))
end
records = [[1, 2.5, "first"], [70_000, -0.25, "second"], [4_294_967_295, 1e10, "a long name!"]].map { |f| Record.new(*f) }
File.binwrite(path("records.bin"), records.map(&:pack).join)
show "bytes", File.size(path("records.bin"))
File.open(path("records.bin"), "rb") do |f|
  while (bytes = f.read(Record::SIZE))
    record = Record.unpack(bytes)
    puts "  #{record.id} #{record.score} #{record.name}"
  end
  f.seek(Record::SIZE)
  show "second", Record.unpack(f.read(Record::SIZE)).name
end
show "header", [1, 2, 65_535, "MX"].pack("CvnA4").unpack("C*").inspect
show "little, big", [[1].pack("V"), [1].pack("N")].map { |s| s.unpack("C4") }.inspect
show "utf-8", "né☕".unpack("U*").inspect + " " + [9749, 233].pack("U*")
show "bits", [0b1010_1100].pack("C").unpack1("B*") + " " + ["10101"].pack("B*").unpack1("C").to_s
show "encodings", ["é".encoding, "é".b.encoding, "é".bytes.inspect, "é".encode("ISO-8859-1").bytes.inspect].join(" ")
show "valid", ["é".valid_encoding?, "\xE9".valid_encoding?, "\xE9x".scrub("?")].inspect

# ---- character work ----------------------------------------------------------------------------

title "characters"
word = "Ünïcödé straße"
show "lengths", [word.length, word.bytesize].inspect
show "cases", [word.upcase, word.downcase, word.swapcase, word.capitalize].join(" | ")
show "slices", [word[0], word[1..3], word[-6..], word[/\p{L}+\z/], word.byteslice(0, 2)].inspect
show "each", word.each_char.select { |c| c.bytesize > 1 }.join
show "index", [word.index("ö"), word.rindex("ß")].inspect
show "tr", word.tr("ÜïöéÀ-ÿ", "Uioe*")
show "center", "ñ".center(5, "é")
show "compare", ["a" <=> "b", "a".casecmp("A"), "ä".casecmp?("Ä"), "abc".eql?("abc"), "10" < "9"].inspect
show "successors", %w[a z az Zz a9 Zz9 1.9 -].map(&:succ).join(" ")
show "upto", "a8".upto("b1").to_a.join(" ")
show "ord", "☃".ord.to_s(16) + " " + 0x2603.chr("UTF-8") + " " + "\u{1F600}".dump
show "insert", "hello".dup.insert(2, "--").insert(-1, "!")
show "partition", "key: value: x".partition(": ").inspect + " " + "key: value: x".rpartition(": ").inspect
show "each_line", "a\r\nb\nc".each_line(chomp: true).to_a.inspect
show "start/end", ["foobar".start_with?("foo", "x"), "foobar".end_with?("bar"), "foobar".delete_prefix("foo"), "foobar".delete_suffix("bar")].inspect
show "sub!", ["abc".dup.sub!("x", "y").inspect, "abc".dup.sub!("a", "y")].inspect
show "gsub hash", "cat hat".gsub(/[ch]/, "c" => "b", "h" => "m")
show "named", "2024-05-06".sub(/(?<y>\d+)-(?<m>\d+)-(?<d>\d+)/, '\k<d>.\k<m>.\k<y>')
show "scan groups", "k1=v1;k2=v2".scan(/(\w+)=(\w+)/).inspect
show "lookaround", "price: 100 EUR, 200 USD".scan(/\d+(?= EUR)|(?<=, )\d+/).inspect
show "split limit", "a,b,c,d".split(",", 2).inspect + " " + "a,b,,".split(",").inspect + " " + "a,b,,".split(",", -1).inspect
show "each_grapheme", "e\u0301x".each_grapheme_cluster.count
show "formats", format("%-8s|%08.3f|%+d|%#x|%s|%5.1f%%|%c|%e", "ab", 3.14159, 7, 255, :sym, 99.5, "z", 12_345.678)
show "heredoc", <<-A.lines.map(&:strip).join("/") + <<'B'.chomp
    indented #{1 + 1}
    lines
    A
 raw #{x} \n
B

# ---- a spell checker ---------------------------------------------------------------------------

# Words known from a text, and suggestions at one edit's distance, most common first.
class Speller
  LETTERS = ("a".."z").to_a.freeze

  def initialize(text) = @known = text.downcase.scan(/[a-z]+/).tally
  def known?(word) = @known.key?(word)

  def edits(word)
    splits = (0..word.length).map { |i| [word[0...i], word[i..]] }
    deletes = splits.filter_map { |a, b| a + b[1..] unless b.empty? }
    swaps = splits.filter_map { |a, b| a + b[1] + b[0] + b[2..] if b.length > 1 }
    changes = splits.flat_map { |a, b| b.empty? ? [] : LETTERS.map { |c| a + c + b[1..] } }
    inserts = splits.flat_map { |a, b| LETTERS.map { |c| a + c + b } }
    (deletes + swaps + changes + inserts).uniq
  end

  def suggest(word)
    return [word] if known?(word)
    edits(word).select { |w| known?(w) }.sort_by { |w| [-@known[w], w] }
  end
end

title "spelling"
speller = Speller.new(TEXT)
%w[clock clok teh rivr bredd xyzzy sadi].each { |w| puts "  #{w.ljust(6)} #{speller.suggest(w).first(3).inspect}" }
show "edits of ab", speller.edits("ab").size

# ---- a Markov chain ----------------------------------------------------------------------------

class Chain
  def initialize(text)
    @next = Hash.new { |h, k| h[k] = [] }
    text.split.each_cons(2) { |a, b| @next[a] << b }
  end

  def walk(from, length, numbers)
    (length - 1).times.inject([from]) do |list, _|
      followers = @next.fetch(list.last, nil) or break list
      list << numbers.pick(followers)
    end
  end
end

title "chain"
chain = Chain.new(TEXT)
numbers = Numbers.new(5)
%w[the It He].each { |start| puts chain.walk(start, 9, numbers).join(" ") }

# ---- an undoable line editor with a command language -------------------------------------------

class Ed
  class Quit < StandardError; end

  def initialize(lines) = (@lines, @out, @saved = lines.dup, [], [])

  def run(script)
    script.each_line(chomp: true) { |command| execute(command) }
    @out
  rescue Quit
    @out << "bye"
  end

  private

  def execute(command)
    case command
    when /\A(\d+)?,?(\d+)?p\z/ then @out.concat(@lines[range($1, $2)])
    when /\A(\d+),?(\d+)?d\z/ then change { @lines.slice!(range($1, $2)) }
    when /\A(\d+)a (.*)\z/ then change { @lines.insert($1.to_i, $2) }
    when %r{\A(\d+)?,?(\d+)?s/([^/]+)/([^/]*)/(g?)\z}
      span, from, to, all = range($1, $2), Regexp.new($3), $4, $5 == "g"
      change { span.each { |i| @lines[i] = all ? @lines[i].gsub(from, to) : @lines[i].sub(from, to) } }
    when %r{\Ag/([^/]+)/(.*)\z}
      pattern, rest = Regexp.new($1), $2
      @lines.each_index.select { |i| @lines[i] =~ pattern }.reverse_each { |i| execute("#{i + 1}#{rest}") }
    when "u" then @lines = @saved.pop || @lines
    when "=" then @out << @lines.size.to_s
    when "q" then raise Quit
    else @out << "? #{command}"
    end
  rescue IndexError, RegexpError => e
    @out << "! #{e.class}"
  end

  def range(first, last)
    first = first ? first.to_i : 1
    last = last ? last.to_i : (first == 1 && !last ? @lines.size : first)
    raise IndexError if first < 1 || last > @lines.size
    first - 1..last - 1
  end

  def change
    @saved << @lines.map(&:dup)
    yield
  end
end

title "ed"
puts Ed.new(%w[alpha beta gamma delta]).run(<<~'ED')
  2,3p
  2d
  =
  1a inserted line
  1,4s/a/A/
  2,4p
  2s/[aA]/_/g
  2,2p
  u
  u
  2,2p
  g/ta/d
  1,2p
  9p
  nonsense
  2s/(/x/
  q
  1p
ED

# ---- numbers as text ---------------------------------------------------------------------------

ONES = %w[zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
          sixteen seventeen eighteen nineteen].freeze
TENS = %w[_ _ twenty thirty forty fifty sixty seventy eighty ninety].freeze
SCALES = [[10**9, "billion"], [10**6, "million"], [1000, "thousand"], [100, "hundred"]].freeze

def in_words(n)
  return "minus #{in_words(-n)}" if n.negative?
  return ONES[n] if n < 20
  return TENS[n / 10] + (n % 10 == 0 ? "" : "-#{ONES[n % 10]}") if n < 100
  scale, name = SCALES.find { |value, _| n >= value }
  count, rest = n.divmod(scale)
  [in_words(count), name, (in_words(rest) unless rest.zero?)].compact.join(" ")
end

title "numbers"
[0, 13, 42, 100, 1999, 1_000_001, -305, 7_654_321_000].each { |n| puts in_words(n) }
show "bases", [2, 8, 16, 36].map { |b| 123_456.to_s(b) }.inspect
show "parsed", ["0x1f", "0b101", "017", "1_000", "12abc"].map { |t| Integer(t, exception: false).inspect }.join(" ")
show "to_i, to_f", ["12abc".to_i, "abc".to_i, "1e3x".to_f, ".5".to_f, "0x1A".hex, "777".oct].inspect
show "padded", (8..11).map { |n| n.to_s.rjust(3, "0") }.join(" ")
show "grouped", 1_234_567.89.to_s.sub(/(\d)(?=(\d{3})+\.)/, '\1').reverse.length
show "sorted", %w[f10 f9 f1 g1].sort_by { |f| f.scan(/\D+|\d+/).map { |x| x =~ /\d/ ? [1, x.to_i] : [0, x] }.flatten.map(&:to_s).map { |x| x.rjust(5) } }.inspect

# ---- an inventory of the folder ----------------------------------------------------------------

title "inventory"
report = Dir.glob(path("**", "*")).select { |f| File.file?(f) }.sort.map do |file|
  text = File.binread(file)
  { name: file.delete_prefix("#{ROOT}/"), bytes: text.bytesize, lines: text.count("\n"),
    kind: text.include?("\0") ? "binary" : "text" }
end
report.each { |r| puts format("%-22s %6d %4d %s", r[:name], r[:bytes], r[:lines], r[:kind]) }
show "total", report.sum { |r| r[:bytes] }
show "kinds", report.group_by { |r| r[:kind] }.transform_values(&:size).sort.inspect
show "largest", report.max_by { |r| r[:bytes] }[:name]
show "extensions", report.map { |r| File.extname(r[:name]) }.tally.sort.inspect
FileUtils.rm_rf(path("notes"))
show "after removal", Dir.children(ROOT).sort.inspect
$stdout.flush
$stdout.write("done", "\n")
