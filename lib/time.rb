# SPDX-License-Identifier: MIT
# Time.parse, Time.iso8601, Time.strptime (common directives), httpdate and rfc2822.
class Time
  MONTHS = %w[jan feb mar apr may jun jul aug sep oct nov dec]
  ZONES = { "UTC" => 0, "GMT" => 0, "Z" => 0, "EST" => -5, "EDT" => -4, "CST" => -6, "CDT" => -5,
            "MST" => -7, "MDT" => -6, "PST" => -8, "PDT" => -7 }
  private_constant :MONTHS, :ZONES

  class << self
    def parse(text, now = nil)
      fields = __parse_fields(text)
      raise ArgumentError, "no time information in #{text.inspect}" if fields.empty?
      now ||= self.now
      year = fields[:year] || now.year
      month = fields[:month] || (fields[:year] ? 1 : now.month)
      day = fields[:day] || (fields[:year] || fields[:month] ? 1 : now.day)
      __make(year, month, day, fields)
    end

    def iso8601(text)
      match = /\A\s*(-?\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d(?::?\d\d)?)?\s*\z/i.match(text)
      raise ArgumentError, "invalid xmlschema date: #{text.inspect}" unless match
      fields = { hour: match[4].to_i, minute: match[5].to_i, second: match[6].to_i,
                 fraction: match[7] && match[7].to_r, zone: match[8] }
      __make(match[1].to_i, match[2].to_i, match[3].to_i, fields)
    end

    alias xmlschema iso8601

    def httpdate(text)
      match = /\A\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT\z/i.match(text)
      raise ArgumentError, "not RFC 2616 compliant date: #{text.inspect}" unless match
      utc(match[3].to_i, match[2], match[1].to_i, match[4].to_i, match[5].to_i, match[6].to_i)
    end

    def rfc2822(text) = parse(text)

    alias rfc822 rfc2822

    def strptime(text, format, _now = nil)
      names = []
      pattern = Regexp.escape(format).gsub(/%([A-Za-z%])/) { names << $1; __directive($1) }
      match = /\A#{pattern}/.match(text)
      raise ArgumentError, "invalid date or strptime format - '#{text}' '#{format}'" unless match
      fields = {}
      groups = match.captures
      names.each { |name| __take(fields, name, name == "%" ? nil : groups.shift) }
      return at(fields[:epoch]) if fields[:epoch]
      __make(fields[:year] || now.year, fields[:month] || 1, fields[:day] || 1, fields)
    end

    private

    def __directive(name)
      case name
      when "Y" then "(-?\\d{1,})"
      when "m", "d", "e", "H", "I", "M", "S", "y", "k", "l" then "\\s*(\\d{1,2})"
      when "j" then "(\\d{1,3})"
      when "L", "N" then "(\\d+)"
      when "b", "B", "h", "a", "A" then "([A-Za-z]+)"
      when "p", "P" then "([AaPp][Mm])"
      when "z", "Z" then "(Z|UTC|GMT|[A-Z]{3}|[+-]\\d\\d:?\\d\\d)"
      when "s" then "(-?\\d+)"
      when "F" then "(-?\\d+-\\d\\d-\\d\\d)"
      when "T" then "(\\d\\d:\\d\\d:\\d\\d)"
      when "%" then "%"
      else raise ArgumentError, "unknown directive %#{name}"
      end
    end

    def __take(fields, name, text)
      case name
      when "Y" then fields[:year] = text.to_i
      when "y" then fields[:year] = text.to_i + (text.to_i < 69 ? 2000 : 1900)
      when "m" then fields[:month] = text.to_i
      when "d", "e" then fields[:day] = text.to_i
      when "H", "I", "k", "l" then fields[:hour] = text.to_i
      when "M" then fields[:minute] = text.to_i
      when "S" then fields[:second] = text.to_i
      when "L", "N" then fields[:fraction] = "0.#{text}".to_r
      when "b", "B", "h" then fields[:month] = MONTHS.index(text[0, 3].downcase) + 1
      when "p", "P" then fields[:hour] = fields[:hour].to_i % 12 + (text.downcase == "pm" ? 12 : 0)
      when "z", "Z" then fields[:zone] = text
      when "s" then fields[:epoch] = text.to_i
      when "F" then fields[:year], fields[:month], fields[:day] = text.split("-").map(&:to_i)
      when "T" then fields[:hour], fields[:minute], fields[:second] = text.split(":").map(&:to_i)
      end
    end

    def __parse_fields(text)
      fields = {}
      rest = text.dup
      if rest.sub!(/(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?\s*(am|pm)?\s*(Z\b|[A-Z]{3,4}\b|[+-]\d{2}:?\d{2})?/i, " ")
        fields[:hour] = $1.to_i
        fields[:minute] = $2.to_i
        fields[:second] = $3.to_i
        fields[:fraction] = $4.to_r if $4
        fields[:hour] = fields[:hour] % 12 + ($5.downcase == "pm" ? 12 : 0) if $5
        fields[:zone] = $6
      end
      __parse_date(rest, fields)
      fields
    end

    def __parse_date(rest, fields)
      case rest
      when /(-?\d{4,})-(\d{1,2})-(\d{1,2})/, /(\d{4})\/(\d{1,2})\/(\d{1,2})/
        fields[:year], fields[:month], fields[:day] = $1.to_i, $2.to_i, $3.to_i
      when /(\d{1,2})(?:st|nd|rd|th)?[\s-]+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s,-]*(-?\d{4})?/i
        fields[:day], fields[:month] = $1.to_i, MONTHS.index($2.downcase) + 1
        fields[:year] = $3.to_i if $3
      when /(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(\d{1,2})(?:st|nd|rd|th)?(?:\s*,?\s*(-?\d{4}))?/i
        fields[:month], fields[:day] = MONTHS.index($1.downcase) + 1, $2.to_i
        fields[:year] = $3.to_i if $3
      when /\b(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z)?/
        fields[:year], fields[:month], fields[:day] = $1.to_i, $2.to_i, $3.to_i
        fields[:hour], fields[:minute], fields[:second] = $4.to_i, $5.to_i, $6.to_i if $4
        fields[:zone] = $7 if $7
      when /(\d{4})-(\d{2})\b/
        fields[:year], fields[:month] = $1.to_i, $2.to_i
      end
    end

    def __make(year, month, day, fields)
      second = (fields[:second] || 0) + (fields[:fraction] || 0)
      zone = fields[:zone]
      return local(year, month, day, fields[:hour] || 0, fields[:minute] || 0, second) unless zone
      zone = zone.upcase
      return utc(year, month, day, fields[:hour] || 0, fields[:minute] || 0, second) if %w[Z UTC GMT].include?(zone)
      offset = ZONES.key?(zone) ? ZONES[zone] * 3600 : zone
      new(year, month, day, fields[:hour] || 0, fields[:minute] || 0, second, offset)
    end
  end

  def httpdate = getutc.strftime("%a, %d %b %Y %H:%M:%S GMT")

  def rfc2822 = strftime("%a, %d %b %Y %T ") + (utc? ? "-0000" : strftime("%z"))

  alias rfc822 rfc2822
end
