public import GraphValues

/// Parameters as `:param` lists them: one Cypher map, keys sorted, nested maps over several lines.
public enum ParameterText {
  /// Appends the listing, without a line end behind the last brace.
  public static func append(_ parameters: MapValue, to output: inout [UInt8]) {
    append(parameters, indentation: 0, to: &output)
  }

  private static let deepestLevel = 1500

  private static func append(_ map: MapValue, indentation: Int, to output: inout [UInt8]) {
    output.append(0x7B)
    let inner = indentation + 2
    var isFirst = true
    for (key, value) in map.entries.sorted(by: { $0.key < $1.key }) {
      output.append(text: isFirst ? "\n" : ",\n")
      isFirst = false
      output.append(0x20, times: inner)
      NameText.append(key, to: &output)
      output.append(text: ": ")
      append(value, indentation: inner, to: &output)
    }
    output.append(0x0A)
    output.append(0x20, times: indentation)
    output.append(0x7D)
  }

  private static func append(_ value: Value, indentation: Int, to output: inout [UInt8]) {
    guard indentation < deepestLevel * 2 else {
      output.append(text: "…")
      return
    }
    switch value {
    case .boolean(let flag): output.append(text: flag ? "true" : "false")
    case .string(let string): append(string, to: &output)
    case .list(let elements):
      output.append(0x5B)
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(text: ", ") }
        append(element, indentation: indentation, to: &output)
      }
      output.append(0x5D)
    case .map(let map): append(map, indentation: indentation, to: &output)
    case .point(let point): append(point, indentation: indentation, to: &output)
    case .date, .localTime, .zonedTime, .localDateTime, .zonedDateTime, .duration:
      appendTemporal(value, to: &output)
    default: ValueText.append(value, to: &output)
    }
  }

  private static func append(_ string: String, to output: inout [UInt8]) {
    output.append(0x27)
    for byte in string.utf8 {
      if byte == 0x27 || byte == 0x22 || byte == 0x5C { output.append(0x5C) }
      output.append(byte)
    }
    output.append(0x27)
  }

  private static func append(_ point: PointValue, indentation: Int, to output: inout [UInt8]) {
    output.append(text: "point( ")
    var entries: [(key: String, value: Value)] = [
      ("srid", .integer(Int64(point.system.rawValue))), ("x", .float(point.x)),
      ("y", .float(point.y)),
    ]
    if point.system.isThreeDimensional { entries.append(("z", .float(point.z))) }
    append(MapValue(entries), indentation: indentation, to: &output)
    output.append(0x29)
  }

  private static func appendTemporal(_ value: Value, to output: inout [UInt8]) {
    switch value {
    case .date(let date):
      output.append(text: "date('")
      date.appendText(to: &output)
    case .localTime(let time):
      output.append(text: "localtime('")
      time.appendText(to: &output, style: .full)
    case .zonedTime(let time):
      output.append(text: "time('")
      time.appendText(to: &output, style: .full)
    case .localDateTime(let moment):
      output.append(text: "localdatetime('")
      moment.appendText(to: &output, style: .full)
    case .zonedDateTime(let moment):
      output.append(text: "datetime('")
      moment.appendText(to: &output, style: .full)
    case .duration(let duration):
      output.append(text: "duration('")
      duration.appendText(to: &output)
    default: return
    }
    output.append(text: "')")
  }
}
