import Diagnostics

extension Parser {
  /// `T | U`, each part with `NOT NULL` or without.
  mutating func typeExpression() throws(SyntaxAbort) -> TypeExpression {
    let first = index
    var parts = [try typePart()]
    while index != barStop, isAt(.bar), peek(1).kind == .name {
      advance()
      parts.append(try typePart())
    }
    if parts.count == 1 { return parts[0] }
    return TypeExpression(kind: .union(parts), isNotNull: false, span: spanFrom(first))
  }

  /// One type with `LIST` and `NOT NULL` behind it.
  private mutating func typePart() throws(SyntaxAbort) -> TypeExpression {
    let first = index
    try enter()
    var type = TypeExpression(kind: try typeKind(), isNotNull: false, span: spanFrom(first))
    leave()
    while true {
      if isAt(.not), peek(1).keyword == .null {
        advance()
        advance()
        type.isNotNull = true
      } else if isAt(.exclamation) {
        advance()
        type.isNotNull = true
      } else if isAt(.list) || isAt(.array) {
        advance()
        try grow()
        type = TypeExpression(kind: .list(type), isNotNull: false, span: spanFrom(first))
      } else {
        break
      }
      type.span = spanFrom(first)
    }
    return type
  }

  private mutating func typeKind() throws(SyntaxAbort) -> TypeExpression.Kind {
    if index == collectAt { noteTypes() }
    guard token.kind == .name, let keyword = token.keyword else { throw SyntaxAbort() }
    switch keyword {
    case .list, .array:
      advance()
      return .list(try bracketedType())
    case .any:
      return try anyType()
    case .vector where version >= .cypher25:
      advance()
      return try vectorType()
    case .signed:
      advance()
      try expectAny(.integer, .int)
      return .simple(.integer)
    case .property:
      advance()
      try expect(.value)
      return .simple(.propertyValue)
    case .local, .zoned:
      advance()
      let isLocal = keyword == .local
      if accept(.time) { return .simple(isLocal ? .localTime : .zonedTime) }
      try expect(.datetime)
      return .simple(isLocal ? .localDateTime : .zonedDateTime)
    case .time, .timestamp:
      advance()
      return .simple(try zoneType(isTime: keyword == .time))
    default:
      guard let type = simpleType(keyword) else { throw SyntaxAbort() }
      advance()
      return .simple(type)
    }
  }

  private mutating func noteTypes() {
    expected.formUnion(
      [
        "ANY", "ARRAY", "BOOL", "BOOLEAN", "DATE", "DURATION", "EDGE", "FLOAT", "INT", "INTEGER",
        "LIST", "LOCAL", "MAP", "NODE", "NOTHING", "NULL", "PATH", "PATHS", "POINT",
        "RELATIONSHIP", "SIGNED", "STRING", "TIME", "TIMESTAMP", "PROPERTY VALUE", "VARCHAR",
        "VERTEX", "ZONED",
      ].map { "'\($0)'" })
    if version >= .cypher25 {
      expected.formUnion(["'FLOAT64'", "'INT64'", "'INTEGER64'", "'UUID'", "'VECTOR'"])
    }
  }

  private func simpleType(_ keyword: Keyword) -> SimpleType? {
    switch keyword {
    case .bool, .boolean: .boolean
    case .string, .varchar: .string
    case .int, .integer: .integer
    case .float: .float
    case .date: .date
    case .duration: .duration
    case .point: .point
    case .uuid: version >= .cypher25 ? .uuid : nil
    case .node, .vertex: .node
    case .relationship, .edge: .relationship
    case .map: .map
    case .path: .path
    case .null: .null
    case .nothing: .nothing
    default: nil
    }
  }

  private mutating func bracketedType() throws(SyntaxAbort) -> TypeExpression {
    try expect(.less)
    let stop = barStop
    barStop = -1
    let inner = try typeExpression()
    barStop = stop
    try expect(.greater)
    try grow()
    return inner
  }

  private mutating func anyType() throws(SyntaxAbort) -> TypeExpression.Kind {
    advance()
    if isAt(.less) { return try dynamicUnion() }
    switch token.keyword {
    case .node, .vertex:
      advance()
      return .simple(.node)
    case .relationship, .edge:
      advance()
      return .simple(.relationship)
    case .map:
      advance()
      return .simple(.map)
    case .property:
      advance()
      try expect(.value)
      return .simple(.propertyValue)
    case .value:
      advance()
      return isAt(.less) ? try dynamicUnion() : .simple(.any)
    default:
      return .simple(.any)
    }
  }

  /// `<A | B>` behind `ANY`.
  private mutating func dynamicUnion() throws(SyntaxAbort) -> TypeExpression.Kind {
    let inner = try bracketedType()
    if case .union = inner.kind { return inner.kind }
    return .union([inner])
  }

  private mutating func zoneType(isTime: Bool) throws(SyntaxAbort) -> SimpleType {
    let isWithout = isAt(.without)
    try expectAny(.with, .without)
    if !accept(.timezone) {
      try expect(.time)
      try expect(.zone)
    }
    if isTime { return isWithout ? .localTime : .zonedTime }
    return isWithout ? .localDateTime : .zonedDateTime
  }

  private mutating func vectorType() throws(SyntaxAbort) -> TypeExpression.Kind {
    var coordinate: VectorCoordinate?
    if isAt(.less) {
      advance()
      coordinate = try vectorCoordinate()
      if accept(.not) { try expect(.null) }
      try expect(.greater)
    }
    var dimensions: UInt64?
    if isAt(.leftParenthesis), peek(1).kind == .integerLiteral {
      advance()
      guard let number = unsignedInteger() else { throw SyntaxAbort() }
      dimensions = number
      try expect(.rightParenthesis)
    }
    return .vector(coordinate: coordinate, dimensions: dimensions)
  }

  mutating func vectorCoordinate() throws(SyntaxAbort) -> VectorCoordinate {
    if accept(.signed) {
      try expectAny(.integer, .int)
      return .integer64
    }
    let coordinate: VectorCoordinate
    switch token.keyword {
    case .integer, .integer64, .int, .int64: coordinate = .integer64
    case .integer32, .int32: coordinate = .integer32
    case .integer16, .int16: coordinate = .integer16
    case .integer8, .int8: coordinate = .integer8
    case .float, .float64: coordinate = .float64
    case .float32: coordinate = .float32
    default: throw SyntaxAbort()
    }
    advance()
    return coordinate
  }
}
