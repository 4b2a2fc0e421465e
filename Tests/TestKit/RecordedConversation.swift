import Foundation

/// What an official client and a real server said to each other, in order of arrival.
public struct RecordedConversation: Sendable {
  /// What one side put on the wire.
  public struct Line: Sendable {
    /// Whether it came from the client.
    public let isFromClient: Bool
    /// Which of the client's connections, counted from 1.
    public let connection: Int
    /// A message without its chunk headers, or the bytes of a handshake.
    public let bytes: [UInt8]
    /// Whether these are bytes of a handshake rather than a message.
    public let isHandshake: Bool
    /// The line itself, for reports.
    public let text: String
  }

  /// The name of the file, such as `js5-errors`.
  public let name: String
  /// What was said.
  public let lines: [Line]

  /// The folder of the recordings; `nil` where there is none.
  public static let folder = SharedData.golden.map { $0 + "/wire" }

  /// Why tests that need recordings do not run.
  public static let missing = "no recorded conversations: set NACRE_GOLDEN to their folder"

  /// All recordings of conversations, by name; none where the folder is missing.
  public static func all() throws -> [RecordedConversation] {
    guard let folder else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".jsonl") && !$0.hasPrefix("states") }
      .map { try RecordedConversation(name: String($0.dropLast(".jsonl".count)), in: folder) }
  }

  /// The lines of one file of the recordings, each as JSON; none where the folder is missing.
  public static func json(of name: String) throws -> [JSON] {
    guard let folder else { return [] }
    let text = try String(contentsOfFile: "\(folder)/\(name).jsonl", encoding: .utf8)
    return try text.split(separator: "\n").map { try JSONReader.read(String($0)) }
  }

  private init(name: String, in folder: String) throws {
    self.name = name
    let text = try String(contentsOfFile: "\(folder)/\(name).jsonl", encoding: .utf8)
    lines = try text.split(separator: "\n").compactMap { line in
      let object = try JSONReader.read(String(line))
      // The other lines tell that a side has closed.
      guard let hex = object["hex"]?.text, case .integer(let connection)? = object["connection"]
      else { return nil }
      return Line(
        isFromClient: object["at"]?.text == "c", connection: Int(connection),
        bytes: [UInt8](hexadecimal: hex), isHandshake: object["handshake"] != nil,
        text: "\(name): \(line.prefix(120))")
    }
  }
}

extension [UInt8] {
  /// Reads pairs of hexadecimal digits, up to the first that is none.
  public init(hexadecimal: String) {
    var rest = hexadecimal[...]
    self = []
    while let byte = UInt8(rest.prefix(2), radix: 16) {
      append(byte)
      rest = rest.dropFirst(2)
    }
  }
}
