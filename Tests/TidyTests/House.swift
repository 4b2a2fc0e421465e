/// Which room may import which, and what else may stand where.
///
/// The figure of ARCHITECTURE.md as data: imports only go to lower floors, and rooms on one floor
/// never see each other.
enum House {
  static let vocabulary: Set<String> = ["GraphValues", "Diagnostics"]

  static let imports: [String: Set<String>] = [
    "GraphValues": [],
    "Diagnostics": [],
    "QuerySession": vocabulary,
    "CypherSyntax": ["Diagnostics"],
    "QueryPlan": vocabulary,
    "KeyValueStore": ["CLMDB"],
    "LineEditor": ["CLibEdit", "CLineEditorShims"],
    "CLineEditorShims": [],
    "Bolt": vocabulary,
    "Network": ["Diagnostics", "CLibEvent"],
    "Formatting": vocabulary.union(["QuerySession"]),
    "CypherSemantics": vocabulary.union(["CypherSyntax", "QueryPlan"]),
    "CypherPlanner": vocabulary.union(["QueryPlan"]),
    "GraphStore": ["GraphValues", "KeyValueStore"],
    "DataFiles": ["CZlib"],
    "CypherRuntime": vocabulary.union(["QueryPlan", "GraphStore", "DataFiles"]),
    "CypherEngine": vocabulary.union([
      "QuerySession", "CypherSyntax", "QueryPlan", "CypherSemantics", "CypherPlanner", "GraphStore",
      "CypherRuntime",
    ]),
    "BoltClient": vocabulary.union(["QuerySession", "Bolt", "Network"]),
    "BoltServer": vocabulary.union(["QuerySession", "Bolt", "Network"]),
    "ShellKit": vocabulary.union(["QuerySession", "CypherSyntax", "LineEditor", "Formatting"]),
    "nacre": [
      "Diagnostics", "QuerySession", "CypherEngine", "BoltClient", "BoltServer", "ShellKit",
    ],
  ]

  /// Rooms that call the C library: mathematics in GraphValues, files, signals and clocks elsewhere.
  static let callersOfC: Set<String> = [
    "GraphValues", "KeyValueStore", "GraphStore", "LineEditor", "CypherRuntime", "CypherEngine",
    "ShellKit", "Network", "BoltClient", "BoltServer", "nacre",
  ]

  /// Modules of the toolchain and the system, with the rooms that may import them; `nil` is everyone.
  static let systemModules: [String: Set<String>?] = [
    "Synchronization": nil,
    "Foundation": ["CypherRuntime", "ShellKit", "nacre"],
    "Glibc": callersOfC,
    "Musl": callersOfC,
    "Darwin": callersOfC,
  ]

  /// Rooms whose code may hold `unsafe` expressions, each at a C library or at raw memory.
  static let unsafeFolders: [String] = [
    "KeyValueStore", "LineEditor", "Network", "DataFiles", "GraphValues/Columns",
  ]

  /// Single files that break a rule above, with the reason.
  static let exceptions: [String: String] = [:]

  /// Words that must not stand in sources, as input could reach them.
  static let forbiddenWords = ["fatalError(", "try!", "as!"]

  /// Rooms that may print: the shell's own output goes through its writers.
  static let printingRooms: Set<String> = []
}
