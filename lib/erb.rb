# SPDX-License-Identifier: MIT
# ERB: text with pieces of Ruby in it, compiled to Ruby that builds a String.
#
# Newlines of the template stay newlines of the source, so that errors name the right line.
class ERB
  # Escaping for HTML and URLs.
  module Util
    HTML = { "&" => "&amp;", "<" => "&lt;", ">" => "&gt;", "\"" => "&quot;", "'" => "&#39;" }.freeze

    module_function

    def html_escape(text) = text.to_s.gsub(/[&<>"']/, HTML)

    def url_encode(text)
      text.to_s.b.gsub(/[^a-zA-Z0-9_\-.~]/n) { |byte| format("%%%02X", byte.ord) }
    end

    alias h html_escape
    alias u url_encode
    module_function :h, :u
  end

  # Turns a template into source text.
  class Compiler
    def initialize(trim_mode, out)
      mode = trim_mode.to_s
      @percent = mode.include?("%")
      @dash = mode.include?("-")
      @trim = mode.include?("<>") ? :both : mode.include?(">") ? :end : nil
      @out = out
      @source = +""
      @text = +""
    end

    def compile(template)
      @source << "#{@out} = +''; "
      template.each_line { |line| @percent && !@code && line.start_with?("%") ? percent_line(line) : plain_line(line) }
      flush
      @source << "#{@out}"
    end

    private

    def percent_line(line)
      return @text << line[1..] if line.start_with?("%%")
      flush
      @source << line[1..].chomp << "\n"
    end

    def plain_line(line)
      starts = line.start_with?("<%") && !@code
      tokens = line.split(/(<%%|%%>|<%=|<%#|<%-|<%|-%>\n?|%>\n?)/)
      tokens.each { |token| take(token, starts) }
    end

    def take(token, starts)
      @code ? take_code(token, starts) : take_text(token)
    end

    def take_text(token)
      case token
      when "<%%" then @text << "<%"
      when "<%-"
        @text.sub!(/[ \t]*\z/, "") if @dash
        open_code(@dash ? "" : "-")
      when "<%", "<%=", "<%#" then open_code("", token)
      else @text << token
      end
    end

    def open_code(head, kind = "<%")
      flush
      @kind = kind
      @code = +head
    end

    def take_code(token, starts)
      case token
      when "%%>" then @code << "%>"
      when /\A(-?)%>(\n?)\z/
        @code << "-" if $1 == "-" && !@dash
        close_code($2, $1 == "-", starts)
      else @code << token
      end
    end

    def close_code(newline, dashed, starts)
      case @kind
      when "<%=" then @source << "#{@out}.<<((#{@code}).to_s); "
      when "<%#" then @source << "\n" * @code.count("\n")
      else @source << @code << (@code.include?("#") ? "\n" : "; ")
      end
      @code = nil
      return if newline.empty?
      drop = (dashed && @dash) || @trim == :end || (@trim == :both && starts)
      drop ? @source << "\n" : @text << newline
    end

    def flush
      return if @text.empty?
      @source << "#{@out}.<< #{@text.dump}.dup.force_encoding(\"UTF-8\"); " << "\n" * @text.count("\n")
      @text = +""
    end
  end

  attr_reader :src
  attr_accessor :filename, :lineno

  def self.version = "4.0.4"

  def initialize(template, trim_mode: nil, eoutvar: "_erbout")
    @src = Compiler.new(trim_mode, eoutvar).compile(template)
    @filename = nil
    @lineno = 1
  end

  def result(context = TOPLEVEL_BINDING.dup) = context.eval(@src, @filename || "(erb)", @lineno)

  def result_with_hash(values)
    context = TOPLEVEL_BINDING.dup
    values.each { |name, value| context.local_variable_set(name, value) }
    result(context)
  end

  def run(context = TOPLEVEL_BINDING.dup) = print(result(context))

  def def_method(target, signature, file = "(ERB)")
    target.module_eval("def #{signature}\n#{@src}\nend\n", file, 0)
  end
end
