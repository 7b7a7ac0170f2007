# SPDX-License-Identifier: MIT
# StringIO: a String that is read and written like a file.
#
# Positions are bytes. Reading methods raise IOError unless opened for reading, writing ones likewise.
class StringIO
  include Enumerable

  VERSION = "3.1.2"
  MAX_LENGTH = 2**62 - 1

  attr_accessor :lineno

  def self.open(*args, **options)
    io = new(*args, **options)
    return io unless block_given?
    begin
      yield io
    ensure
      io.close unless io.closed?
    end
  end

  def self.new(*args, **options)
    warn "StringIO::new() does not take block; use StringIO::open() instead" if block_given?
    super
  end

  def initialize(string = (no_string = true; +""), mode = nil, **options)
    mode ||= options[:mode]
    @string = no_string ? string : __string(string)
    @pos = 0
    @lineno = 0
    @append = false
    __open_mode(mode)
  end

  def initialize_copy(other)
    super
    @string = other.string
    self
  end

  def __string(value)
    raise TypeError, "no implicit conversion of #{value.nil? ? "nil" : value.class} into String" unless value.respond_to?(:to_str)
    value.to_str
  end

  def __open_mode(mode)
    case mode
    when nil
      @readable = true
      @writable = !@string.frozen?
    when Integer
      @readable = mode & 3 != 1
      @writable = mode & 3 != 0
      @append = mode & File::APPEND != 0
      __truncate if mode & File::TRUNC != 0
    else
      text = mode.to_str
      @readable = text.start_with?("r") || text.include?("+")
      @writable = !text.start_with?("r") || text.include?("+")
      @append = text.start_with?("a")
      __truncate if text.start_with?("w")
    end
    raise Errno::EACCES, "Permission denied" if @writable && @string.frozen? && mode
  end

  def __truncate
    raise Errno::EACCES, "Permission denied" if @string.frozen?
    @string.replace("")
  end

  # ---- state

  def string = @string

  def string=(text)
    @string = __string(text)
    @pos = 0
    @lineno = 0
    @readable = true
    @writable = !@string.frozen?
    text
  end

  def reopen(*args)
    if args.size == 1 && args[0].is_a?(StringIO)
      @string = args[0].string
      @pos = args[0].pos
      return self
    end
    initialize(*args)
    self
  end

  def pos = @pos

  alias tell pos

  def pos=(position)
    raise Errno::EINVAL, "Invalid argument" if position < 0
    @pos = position
  end

  def seek(offset, whence = 0)
    raise IOError, "closed stream" if closed?
    base = case whence
           when 0, :SET then 0
           when 1, :CUR then @pos
           when 2, :END then @string.bytesize
           else raise Errno::EINVAL, "Invalid argument - invalid whence"
           end
    raise Errno::EINVAL, "Invalid argument" if base + offset < 0
    @pos = base + offset
    0
  end

  def rewind
    @pos = 0
    @lineno = 0
    0
  end

  def eof?
    __readable
    @pos >= @string.bytesize
  end

  alias eof eof?

  def size
    raise IOError, "not opened" if @string.nil?
    @string.bytesize
  end

  alias length size

  def close
    @readable = @writable = false
    nil
  end

  def close_read
    raise IOError, "closing non-duplex IO for reading" unless @readable
    @readable = false
    nil
  end

  def close_write
    raise IOError, "closing non-duplex IO for writing" unless @writable
    @writable = false
    nil
  end

  def closed? = !@readable && !@writable

  def closed_read? = !@readable

  def closed_write? = !@writable

  def sync = true

  def sync=(value)
    value
  end

  def flush = self

  def fsync = 0

  def tty? = false

  alias isatty tty?

  def pid = nil

  def fileno = nil

  def fcntl(*) = raise(NotImplementedError, "fcntl() function is unimplemented on this machine")

  def binmode = self

  def external_encoding = @encoding || @string.encoding

  def internal_encoding = nil

  def set_encoding(encoding, *)
    @encoding = encoding ? Encoding.find(encoding.to_s.split(":").first) : Encoding.default_external
    @string.force_encoding(@encoding) unless @string.frozen?
    self
  end

  def set_encoding_by_bom
    return nil unless @string.byteslice(0, 3) == "\xEF\xBB\xBF".b || @string.start_with?("\uFEFF")
    @pos = 3
    set_encoding(Encoding::UTF_8)
    Encoding::UTF_8
  end

  def truncate(length)
    __writable
    raise Errno::EINVAL, "negative length" if length < 0
    if length < @string.bytesize
      @string.replace(@string.byteslice(0, length))
    else
      @string << "\0" * (length - @string.bytesize)
    end
    0
  end

  def inspect = Kernel.instance_method(:to_s).bind_call(self)

  def __readable
    raise IOError, "not opened for reading" unless @readable
  end

  def __writable
    raise IOError, "not opened for writing" unless @writable
  end

  # ---- writing

  def write(*texts) = texts.sum { |text| __write(text) }

  def __write(text)
    __writable
    text = text.to_s
    text = text.encode(@string.encoding) unless text.encoding == @string.encoding || text.ascii_only? || text.encoding == Encoding::BINARY || @string.encoding == Encoding::BINARY
    count = text.bytesize
    return 0 if count == 0
    @pos = @string.bytesize if @append
    __fill
    if @pos == @string.bytesize
      if text.encoding == @string.encoding || text.ascii_only?
        @string << text
      else
        @string << text.dup.force_encoding(@string.encoding)
      end
    else
      tail = @pos + count
      rest = tail < @string.bytesize ? @string.byteslice(tail, @string.bytesize - tail).b : "".b
      joined = @string.byteslice(0, @pos).b << text.b << rest
      @string.replace(joined.force_encoding(@string.encoding))
    end
    @pos += count
    count
  end

  # Zeros between the end and a position behind it.
  def __fill
    @string << "\0" * (@pos - @string.bytesize) if @pos > @string.bytesize
  end

  def <<(object)
    write(object)
    self
  end

  def print(*objects)
    objects = [$_] if objects.empty?
    write(objects.join($,.to_s))
    write($\) if $\
    nil
  end

  def puts(*objects)
    return __newline if objects.empty?
    objects.each { |object| __put(object, []) }
    nil
  end

  def __newline
    write("\n")
    nil
  end

  def __put(object, seen)
    if !object.is_a?(String) && (array = Array.try_convert(object))
      return write("[...]\n") if seen.any? { |other| other.equal?(array) }
      array.each { |item| __put(item, seen + [array]) }
    else
      text = object.to_s
      write(text.end_with?("\n") ? text : "#{text}\n")
    end
  end

  def printf(format, *args)
    write(format(format, *args))
    nil
  end

  def putc(object)
    write(object.is_a?(String) ? object[0] : (object.to_int & 0xff).chr)
    object
  end

  alias syswrite __write
  public :syswrite

  def write_nonblock(text, **) = __write(text)

  # ---- reading

  def read(length = nil, buffer = nil)
    __readable
    if length.nil?
      text = @pos < @string.bytesize ? @string.byteslice(@pos, @string.bytesize - @pos) : +""
      text.force_encoding(external_encoding)
      @pos = @string.bytesize if @pos < @string.bytesize
    else
      raise ArgumentError, "negative length #{length} given" if length < 0
      if length > 0 && @pos >= @string.bytesize
        buffer&.clear
        return nil
      end
      text = (@string.byteslice(@pos, length) || "").b
      @pos += text.bytesize
    end
    buffer ? buffer.replace(text) : text
  end

  def pread(length, offset)
    raise ArgumentError, "negative string size (or size too big): #{length}" if length < 0
    raise Errno::EINVAL, "Invalid argument - pread: Invalid offset argument: #{offset}" if offset < 0
    return +"" if length == 0
    raise EOFError, "end of file reached" if offset >= @string.bytesize
    @string.byteslice(offset, length).b
  end

  def readpartial(length, buffer = nil)
    text = read(length, buffer)
    raise EOFError, "end of file reached" if text.nil?
    text
  end

  alias sysread readpartial

  def read_nonblock(length, buffer = nil, exception: true)
    text = read(length, buffer)
    raise EOFError, "end of file reached" if text.nil? && exception
    text
  end

  def getc
    __readable
    return nil if @pos >= @string.bytesize
    char = @string.byteslice(@pos, 8)[0]
    @pos += char.bytesize
    char
  end

  def readchar = getc || raise(EOFError, "end of file reached")

  def getbyte
    __readable
    byte = @string.getbyte(@pos)
    @pos += 1 if byte
    byte
  end

  def readbyte = getbyte || raise(EOFError, "end of file reached")

  def ungetc(char)
    __readable
    return nil if char.nil?
    __unget(char.is_a?(Integer) ? char.chr(external_encoding) : char.to_str)
  end

  def ungetbyte(byte)
    __readable
    return nil if byte.nil?
    __unget(byte.is_a?(Integer) ? (byte & 0xff).chr : byte.to_str)
  end

  def __unget(text)
    return nil if text.empty?
    __fill
    count = text.bytesize
    keep = @pos > count ? @pos - count : 0
    rest = @string.byteslice(@pos, @string.bytesize - @pos).to_s.b
    joined = @string.byteslice(0, keep).b << text.b << rest
    @string.replace(joined.force_encoding(@string.encoding))
    @pos = keep
    nil
  end

  def gets(*args, chomp: false)
    __readable
    Metorex.io_set_callers_last_line(__gets(*__line_args(args), chomp))
  end

  # [separator, limit] of the arguments of gets.
  def __line_args(args)
    raise ArgumentError, "wrong number of arguments (given #{args.size}, expected 0..2)" if args.size > 2
    return [$/, nil] if args.empty?
    return [args[0]&.to_str, args[1]&.to_int] if args.size == 2
    return [nil, nil] if args[0].nil?
    return [args[0].to_str, nil] if args[0].respond_to?(:to_str)
    [$/, args[0].to_int]
  end

  def __gets(separator, limit, chomp)
    return +"".force_encoding(external_encoding) if limit == 0
    return nil if @pos >= @string.bytesize
    paragraph = separator == ""
    if paragraph
      @pos += 1 while @string.getbyte(@pos) == 10
      return nil if @pos >= @string.bytesize
      separator = "\n\n"
    end
    found = separator && @string.b.index(separator.b, @pos)
    finish = found ? found + separator.bytesize : @string.bytesize
    cut = limit && limit > 0 && finish - @pos > limit
    finish = @pos + limit if cut
    line = @string.byteslice(@pos, finish - @pos)
    while cut && !line.valid_encoding? && finish < @string.bytesize
      finish += 1
      line = @string.byteslice(@pos, finish - @pos)
    end
    @pos = finish
    if paragraph
      @pos += 1 while @string.getbyte(@pos) == 10
    end
    @lineno += 1
    $. = @lineno
    line = line.chomp(paragraph ? "\n\n" : separator) if chomp && separator
    line
  end

  def readline(*args, **options)
    Metorex.io_set_callers_last_line(gets(*args, **options)) || raise(EOFError, "end of file reached")
  end

  def each_line(*args, chomp: false)
    return to_enum(:each_line, *args, chomp: chomp) unless block_given?
    __readable
    separator, limit = __line_args(args)
    raise ArgumentError, "invalid limit: 0 for each_line" if limit == 0
    while (line = __gets(separator, limit, chomp))
      yield line
    end
    self
  end

  alias each each_line

  def readlines(*args, chomp: false)
    __readable
    separator, limit = __line_args(args)
    raise ArgumentError, "invalid limit: 0 for readlines" if limit == 0
    lines = []
    while (line = __gets(separator, limit, chomp))
      lines << line
    end
    lines
  end

  def each_char
    return to_enum(:each_char) unless block_given?
    while (char = getc)
      yield char
    end
    self
  end

  def each_byte
    return to_enum(:each_byte) unless block_given?
    while (byte = getbyte)
      yield byte
    end
    self
  end

  def each_codepoint
    return to_enum(:each_codepoint) unless block_given?
    each_char { |char| yield char.ord }
  end
end
