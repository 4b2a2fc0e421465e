/// Why bytes are no value, or not the one that is allowed.
public enum PackStreamError: Error, Hashable, Sendable {
  /// The bytes end inside a value, or a count is larger than what is left could hold.
  case truncated
  /// A marker that stands for nothing.
  case reservedMarker(UInt8)
  /// Containers inside each other beyond the limit.
  case tooDeep(limit: Int)
  /// A value of another type.
  case unexpected(expected: PackStreamType, found: PackStreamType, marker: UInt8)
  /// A map's key that is no text.
  case keyNotText
  /// A map with the same key twice.
  case duplicateKey(String)
  /// A text that is not UTF-8.
  case invalidUTF8
  /// A structure whose tag stands for nothing here.
  case unknownStructure(tag: UInt8)
  /// A structure with too many or too few fields.
  case structureSize(expected: Int, found: Int)
  /// A node, relationship or path where only values may stand.
  case entity(tag: UInt8)
  /// A structure whose fields make no value, such as a point in an unknown system.
  case invalidStructure(tag: UInt8, reason: String)
  /// A time zone that nobody knows.
  case unknownZone(String)
  /// Bytes behind the value.
  case leftOver

  /// Whether a value is of the wrong make, while its bytes can be followed.
  var concernsOneValue: Bool {
    switch self {
    case .truncated, .reservedMarker, .tooDeep: false
    default: true
    }
  }
}

/// The kinds of values as markers tell them.
public enum PackStreamType: String, Sendable {
  /// `null`.
  case none = "NONE"
  /// A truth value.
  case boolean = "BOOLEAN"
  /// An integer.
  case integer = "INT"
  /// A float.
  case float = "FLOAT"
  /// A byte array.
  case bytes = "BYTES"
  /// A text.
  case string = "STRING"
  /// A list.
  case list = "LIST"
  /// A map.
  case map = "MAP"
  /// A structure.
  case structure = "STRUCT"
  /// Nothing.
  case reserved = "RESERVED"

  /// The kind that a marker begins.
  public init(marker: UInt8) {
    self =
      switch marker {
      case 0x00...0x7F, 0xF0...0xFF, 0xC8...0xCB: .integer
      case 0x80...0x8F, 0xD0...0xD2: .string
      case 0x90...0x9F, 0xD4...0xD6: .list
      case 0xA0...0xAF, 0xD8...0xDA: .map
      case 0xB0...0xBF: .structure
      case 0xC0: .none
      case 0xC1: .float
      case 0xC2, 0xC3: .boolean
      case 0xCC...0xCE: .bytes
      default: .reserved
      }
  }
}
