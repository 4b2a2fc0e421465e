// swift-tools-version: 6.2
import PackageDescription

// One function makes a room and the tests that mirror it; settings are said once.
let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// Rooms whose code runs once per row; see style rule "hot paths" in CONTRIBUTING.md.
let hot: [SwiftSetting] =
  house + [
    .enableExperimentalFeature("Lifetimes"),
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
  ]

func room(
  _ name: String, _ needs: [String] = [], _ settings: [SwiftSetting] = house,
  libraries: [String] = []
) -> [Target] {
  let dependencies = (needs + libraries).map { Target.Dependency.target(name: $0) }
  return [
    .target(name: name, dependencies: dependencies, swiftSettings: settings),
    .testTarget(
      name: name + "Tests",
      dependencies: (["TestKit", name] + testKits[name, default: []]).map { .target(name: $0) }
        + dependencies,
      exclude: testData[name] ?? [], swiftSettings: house),
  ]
}

/// Folders of data beside the tests, read through `#filePath` and not compiled.
let testData: [String: [String]] = [:]

/// What the tests of a room need besides.
let testKits: [String: [String]] = ["BoltClient": ["ServerKit"]]

let libraries: [Target] = [
  .systemLibrary(
    name: "CLMDB", pkgConfig: "lmdb",
    providers: [.apt(["liblmdb-dev"]), .brew(["lmdb"])]),
  .systemLibrary(
    name: "CLibEdit", pkgConfig: "libedit",
    providers: [.apt(["libedit-dev"]), .brew(["libedit"])]),
  .target(name: "CLineEditorShims", dependencies: ["CLibEdit"]),
  .systemLibrary(
    name: "CLibEvent", pkgConfig: "libevent_openssl libevent libevent_pthreads openssl",
    providers: [.apt(["libevent-dev", "libssl-dev"]), .brew(["libevent", "openssl@3"])]),
  .systemLibrary(
    name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
]

let vocabulary = ["GraphValues", "Diagnostics"]

/// What tests of clients share: servers that follow a script.
let serverKit: Target = .target(
  name: "ServerKit", dependencies: ["GraphValues", "Diagnostics", "Bolt", "Network"],
  path: "Tests/ServerKit", swiftSettings: house)

let rooms: [[Target]] = [
  room("GraphValues", [], hot),
  room("Diagnostics"),
  room("QuerySession", vocabulary),
  room("CypherSyntax", ["Diagnostics"]),
  room("QueryPlan", vocabulary),
  room("KeyValueStore", [], hot, libraries: ["CLMDB"]),
  room("LineEditor", [], libraries: ["CLibEdit", "CLineEditorShims"]),
  room("Bolt", vocabulary),
  room("Network", ["Diagnostics"], libraries: ["CLibEvent"]),
  room("Formatting", vocabulary + ["QuerySession"]),
  room("CypherSemantics", vocabulary + ["CypherSyntax", "QueryPlan"]),
  room("CypherPlanner", vocabulary + ["QueryPlan"]),
  room("GraphStore", ["GraphValues", "KeyValueStore"], hot),
  room("DataFiles", [], libraries: ["CZlib"]),
  room("CypherRuntime", vocabulary + ["QueryPlan", "GraphStore", "DataFiles"], hot),
  room(
    "CypherEngine",
    vocabulary + [
      "QuerySession", "CypherSyntax", "QueryPlan", "CypherSemantics", "CypherPlanner",
      "GraphStore", "CypherRuntime",
    ]),
  [serverKit],
  room("BoltClient", vocabulary + ["QuerySession", "Bolt", "Network"]),
  room("BoltServer", vocabulary + ["QuerySession", "Bolt", "Network"]),
  room("ShellKit", vocabulary + ["QuerySession", "CypherSyntax", "LineEditor", "Formatting"]),
]

let package = Package(
  name: "nacre",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "nacre", targets: ["nacre"]),
    // For `Fuzz`, which is a package of its own.
    .library(name: "Bolt", targets: ["Bolt", "GraphValues"]),
    .library(name: "CypherSyntax", targets: ["CypherSyntax"]),
  ],
  targets: libraries + rooms.flatMap { $0 } + [
    .executableTarget(
      name: "nacre",
      dependencies: [
        "Diagnostics", "QuerySession", "CypherEngine", "BoltClient", "BoltServer", "ShellKit",
      ],
      swiftSettings: house),
    .target(
      name: "TestKit", dependencies: ["GraphValues"], path: "Tests/TestKit",
      swiftSettings: house),
    .testTarget(
      name: "TidyTests", dependencies: ["TestKit"], path: "Tests/TidyTests", swiftSettings: house),
    .target(
      name: "ScenarioKit",
      dependencies: [
        "TestKit", "GraphValues", "Diagnostics", "QuerySession", "QueryPlan", "CypherSyntax",
        "CypherEngine", "BoltClient",
      ], path: "Tests/ScenarioKit", swiftSettings: house),
    .executableTarget(
      name: "scenarios", dependencies: ["ScenarioKit", "BoltClient"], path: "Tests/Scenarios",
      swiftSettings: house),
    .testTarget(
      name: "TCKTests", dependencies: ["ScenarioKit", "TestKit"], path: "Tests/TCKTests",
      exclude: ["known-failures.txt"], swiftSettings: house),
    .testTarget(
      name: "GoldenTests", dependencies: ["ScenarioKit", "TestKit"], path: "Tests/GoldenTests",
      exclude: ["not-met-yet.txt", "shell-not-met-yet.txt"], swiftSettings: house),
    .testTarget(
      name: "AcceptanceTests",
      dependencies: ["TestKit", "ServerKit", "GraphValues", "Bolt", "Network"],
      path: "Tests/AcceptanceTests",
      swiftSettings: house),
  ],
  swiftLanguageModes: [.v6]
)
