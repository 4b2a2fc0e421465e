public import Diagnostics

/// What is wrong with a request as a message, and whether the connection survives it.
public struct ProtocolFailure: Error, Hashable, Sendable {
  /// What to tell the client; `nil` to hang up without a word.
  public var failure: Failure?
  /// Whether the connection is closed after the answer.
  public var closes: Bool

  /// Makes a failure.
  public init(_ failure: Failure?, closes: Bool) {
    self.failure = failure
    self.closes = closes
  }

  /// Bytes that cannot be followed: nothing can be said about them.
  public static let unreadable = ProtocolFailure(nil, closes: true)

  static let protocolError =
    "connection exception - protocol error. General network protocol error."

  /// A message that may not come now.
  ///
  /// - Parameters:
  ///   - name: The message's name, such as `Pull`.
  ///   - state: The state's name, such as `READY`.
  /// - Returns: The failure, which ends the connection.
  public static func misplaced(_ name: String, in state: String) -> ProtocolFailure {
    let text = "Message \(name)Message cannot be handled by session in the '\(state)' state."
    return ProtocolFailure(
      Failure(
        code: "Neo.ClientError.Request.Invalid",
        message:
          "Message of type \(name)Message cannot be handled by a session in the \(state) state.",
        gqlStatus: "08N06", gqlDescription: protocolError,
        causes: [
          GQLCause(
            gqlStatus: "08N10",
            gqlDescription: "connection exception - invalid server state. \(text)", message: text)
        ]), closes: true)
  }

  /// LOGOFF where a failure has not been reset.
  static let logoffAfterFailure: ProtocolFailure = {
    let text = "Message LogoffMessage{} cannot be handled by session in the 'READY' state."
    return ProtocolFailure(
      Failure(
        code: "Neo.ClientError.Request.Invalid",
        message: "Message 'LogoffMessage{}' cannot be handled by session in the READY state",
        gqlStatus: "08N06", gqlDescription: protocolError,
        causes: [
          GQLCause(
            gqlStatus: "08N10",
            gqlDescription: "connection exception - invalid server state. \(text)", message: text)
        ]), closes: true)
  }()

  /// A structure with too few or too many fields.
  static func structureSize(expected: Int, found: Int) -> ProtocolFailure {
    let text =
      "Protocol type is invalid. Invalid number of struct components "
      + "(received \(found) but expected \(expected))."
    return ProtocolFailure(
      Failure(
        code: "Neo.ClientError.Request.InvalidFormat",
        message: "Illegal struct size: Expected struct to be \(expected) fields but got \(found)",
        gqlStatus: "08N11",
        gqlDescription:
          "connection exception - request error. The request is invalid and could not "
          + "be processed by the server. See cause for further details.",
        causes: [
          GQLCause(
            gqlStatus: "22N57",
            gqlDescription: "data exception - invalid protocol type. \(text)", message: text)
        ]), closes: false)
  }

  /// A statement number that no open result has.
  public static func noSuchStatement(_ number: Int64) -> ProtocolFailure {
    ProtocolFailure(
      Failure(
        code: "Neo.ClientError.Request.InvalidFormat",
        message: "No such statement: \(number)", gqlStatus: "08N06", gqlDescription: protocolError,
        causes: [
          GQLCause(
            gqlStatus: "22004", gqlDescription: "data exception - null value not allowed",
            message: "")
        ]), closes: false)
  }

  /// A field whose value is not allowed.
  static func illegal(_ field: String, _ text: String, _ causes: [GQLCause]) -> ProtocolFailure {
    ProtocolFailure(
      Failure(
        code: "Neo.ClientError.Request.Invalid",
        message: "Illegal value for field \"\(field)\": \(text)", gqlStatus: "08N06",
        gqlDescription: protocolError, causes: causes), closes: false)
  }

  /// The causes of a value of another type.
  static func wrongType(_ value: String, _ expected: String, _ found: String) -> [GQLCause] {
    let text = "Expected the value \(value) to be of type \(expected), but was of type \(found)."
    return [
      GQLCause(
        gqlStatus: "22G03", gqlDescription: "data exception - invalid value type", message: ""),
      GQLCause(
        gqlStatus: "22N01", gqlDescription: "data exception - invalid type. \(text)", message: text),
    ]
  }

  /// An error that the server itself is said to have had; the connection survives.
  static func internalError(_ text: String, _ exception: String, _ causes: [GQLCause])
    -> ProtocolFailure
  {
    let transition =
      "The server transitioned into a server state that is not valid in the current context: "
      + "'uncaught error'."
    return ProtocolFailure(
      Failure(
        code: "Neo.DatabaseError.General.UnknownError", message: text, gqlStatus: "50N00",
        gqlDescription: "general processing exception - internal error. Internal exception raised "
          + "\(exception): \(text)",
        causes: [
          GQLCause(
            gqlStatus: "50N09",
            gqlDescription:
              "general processing exception - invalid server state transition. \(transition)",
            message: transition)
        ] + causes), closes: false)
  }
}

extension ProtocolFailure {
  /// What an error within a message comes to.
  ///
  /// - Parameters:
  ///   - error: What the reader found.
  ///   - field: The field that was read; `nil` where it has no name.
  init(_ error: PackStreamError, field: String?) {
    switch error {
    case .truncated: self = .unreadable
    case .tooDeep(let limit):
      let text = "Values lie more than \(limit) deep inside each other"
      self = Self.illegal(
        field ?? "params", text,
        [
          GQLCause(
            gqlStatus: "22N56",
            gqlDescription: "data exception - protocol message length limit overflow. \(text)",
            message: text)
        ])
      closes = true
    case .unexpected(let expected, let found, let marker):
      let number = marker < 0x80 || marker >= 0xF0 ? 0 : marker < 0xC0 ? marker & 0xF0 : marker
      let causes = Self.wrongType("\(number)", expected.rawValue, found.rawValue)
      let text = "Unexpected type: Expected \(expected.rawValue) but got \(found.rawValue)"
      self = Self.named(field, text, causes)
    case .reservedMarker:
      let kinds = "BYTES, BOOLEAN, FLOAT, INT, LIST, MAP, STRING, UUID or STRUCT"
      self = Self.named(
        field, "Unexpected type: RESERVED", Self.wrongType("RESERVED", kinds, "RESERVED"))
    case .keyNotText:
      self = Self.illegalElement("map element", "Expected string key", "Expected string key")
    case .leftOver:
      self = Self.illegalElement(
        "secondary root element", nil, "Excepted single root element")
    case .duplicateKey(let key): self = Self.duplicate(key, field)
    case .structureSize(let expected, let found):
      self = .structureSize(expected: expected, found: found)
    default: self.init(inValue: error, field: field ?? "params")
    }
  }

  private init(inValue error: PackStreamError, field: String) {
    let text: String
    switch error {
    case .invalidUTF8: text = "Text is not valid UTF-8"
    case .unknownStructure(let tag): text = "Unexpected struct tag: 0x\(Self.hex(tag))"
    case .entity(let tag):
      self.init(.entityInParameters(tag), closes: false)
      return
    case .unknownZone(let name):
      self.init(.unknownZone(name), closes: false)
      return
    case .invalidStructure(_, let reason): text = reason
    default: text = "Unexpected value"
    }
    self = Self.illegal(
      field, text,
      [
        GQLCause(
          gqlStatus: "22N00", gqlDescription: "data exception - unsupported value. \(text)",
          message: text)
      ])
  }

  private static func named(_ field: String?, _ text: String, _ causes: [GQLCause])
    -> ProtocolFailure
  {
    if let field { return illegal(field, text, causes) }
    return ProtocolFailure(
      Failure(
        code: "Neo.ClientError.Request.Invalid", message: text, gqlStatus: "22G03",
        gqlDescription: "data exception - invalid value type", causes: Array(causes.dropFirst())),
      closes: false)
  }

  private static func duplicate(_ key: String, _ field: String?) -> ProtocolFailure {
    let text = "Duplicate map key: \"\(key)\""
    return illegal(
      field ?? "params", text,
      [
        GQLCause(
          gqlStatus: "22N54", gqlDescription: "data exception - invalid map. \(text)",
          message: text)
      ])
  }

  static func illegalElement(_ place: String, _ text: String?, _ reason: String) -> ProtocolFailure
  {
    let message =
      text.map { "Encountered illegal \(place): \($0)" }
      ?? "Encountered illegal \(place) within message"
    let detail = "Encountered illegal \(place). Reason: \(reason)."
    return internalError(
      message, "PackstreamReaderException",
      [
        GQLCause(
          gqlStatus: "22N60", gqlDescription: "data exception - illegal element. \(detail)",
          message: detail)
      ])
  }

  private static func hex(_ tag: UInt8) -> String {
    let digits = String(tag, radix: 16, uppercase: true)
    return digits.count < 2 ? "0" + digits : digits
  }
}

extension Failure {
  /// A node, relationship or path among parameters.
  fileprivate static func entityInParameters(_ tag: UInt8) -> Failure {
    let kind =
      switch tag {
      case StructureTag.node: "Node"
      case StructureTag.path: "Path"
      default: "Relationship"
      }
    return Failure(
      code: "Neo.ClientError.Statement.TypeError",
      message: "\(kind) values cannot be unpacked with this version of bolt.",
      gqlStatus: "22N01",
      gqlDescription: "data exception - invalid type. \(kind) values are not allowed as parameters."
    )
  }

  /// A time zone that nobody knows.
  fileprivate static func unknownZone(_ name: String) -> Failure {
    let text = "'\(name)' is not a supported time zone identifier."
    return Failure(
      code: "Neo.ClientError.Statement.ArgumentError",
      message: "Unable to construct ZonedDateTime value: `Unknown time-zone ID: \(name)`",
      gqlStatus: "22NB5",
      gqlDescription: "data exception - unsupported time zone identifier. \(text)")
  }
}
