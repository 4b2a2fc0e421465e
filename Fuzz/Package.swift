// swift-tools-version: 6.2
import PackageDescription

// Fuzzers of what takes bytes from strangers: `make fuzz [TARGET=FuzzMessages] [SECONDS=60]`.
let fuzzed: [SwiftSetting] = [.unsafeFlags(["-parse-as-library"])]

let package = Package(
  name: "Fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "nacre", path: "..")],
  targets: [
    .executableTarget(
      name: "FuzzMessages", dependencies: [.product(name: "Bolt", package: "nacre")],
      swiftSettings: fuzzed),
    .executableTarget(
      name: "FuzzParser", dependencies: [.product(name: "CypherSyntax", package: "nacre")],
      swiftSettings: fuzzed),
  ],
  swiftLanguageModes: [.v6]
)
