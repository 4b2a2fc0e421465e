import Foundation
import Testing

/// Reads the sources and holds them against `House`.
@Suite struct TidyTests {
  struct SourceFile {
    let room: String
    let path: String
    let lines: [String]
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func sources() throws -> [SourceFile] {
    let folder = root.appending(path: "Sources").path
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      return SourceFile(
        room: String(name.prefix { $0 != "/" }), path: name,
        lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
  }

  /// The module of an import line, or `nil`.
  static func importedModule(_ line: String) -> String? {
    var words = line.split(separator: " ").map(String.init)[...]
    while let first = words.first, first.hasPrefix("@") || first == "public" || first == "internal"
    {
      words = words.dropFirst()
    }
    guard words.first == "import", words.count >= 2 else { return nil }
    let kinds: Set<String> = ["struct", "class", "enum", "func", "protocol", "var", "let"]
    let name =
      kinds.contains(words[words.startIndex + 1])
      ? words.dropFirst(2).first : words.dropFirst().first
    return name.map { String($0.prefix { $0 != "." }) }
  }

  /// What is wrong with one import, or `nil`.
  static func complaint(room: String, imports module: String) -> String? {
    if let rooms = House.systemModules[module] {
      guard let rooms else { return nil }
      return rooms.contains(room) ? nil : "\(room) may not import \(module)"
    }
    guard let allowed = House.imports[room] else { return "no room is called \(room)" }
    return allowed.contains(module) ? nil : "\(room) may not import \(module)"
  }

  @Test func roomsImportOnlyLowerFloors() throws {
    let files = try Self.sources()
    #expect(files.count > 20)
    for file in files where House.exceptions[file.path] == nil {
      for line in file.lines {
        guard let module = Self.importedModule(line) else { continue }
        let complaint = Self.complaint(room: file.room, imports: module)
        #expect(complaint == nil, "\(file.path): \(complaint ?? "")")
      }
    }
  }

  @Test func plantedImportIsFound() {
    #expect(Self.complaint(room: "CypherPlanner", imports: "GraphStore") != nil)
    #expect(Self.complaint(room: "GraphValues", imports: "Foundation") != nil)
    #expect(
      Self.importedModule("@preconcurrency public import struct GraphStore.Store") == "GraphStore")
  }

  @Test func everyRoomSaysWhatLivesThere() throws {
    for room in House.imports.keys where room != "CLineEditorShims" && room != "nacre" {
      let path = Self.root.appending(path: "Sources/\(room)/\(room).swift").path
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.hasPrefix("// \(room):"), "\(room).swift says what lives in the room")
    }
  }

  @Test func unsafeStandsAtLibrariesOnly() throws {
    for file in try Self.sources() where House.exceptions[file.path] == nil {
      guard !House.unsafeFolders.contains(where: { file.path.hasPrefix($0 + "/") }) else {
        continue
      }
      for (index, line) in file.lines.enumerated() where line.contains("unsafe ") {
        let code = line.drop { $0 == " " }
        guard !code.hasPrefix("//") else { continue }
        Issue.record("\(file.path):\(index + 1): unsafe code outside its rooms")
      }
    }
  }

  @Test func forbiddenWordsAreAbsent() throws {
    for file in try Self.sources() where House.exceptions[file.path] == nil {
      for (index, line) in file.lines.enumerated()
      where !line.drop(while: { $0 == " " }).hasPrefix("//") {
        for word in House.forbiddenWords where line.contains(word) {
          Issue.record("\(file.path):\(index + 1): \(word)")
        }
      }
    }
  }

  @Test func uncheckedSendableIsProved() throws {
    for file in try Self.sources() {
      for (index, line) in file.lines.enumerated() where line.contains("@unchecked Sendable") {
        let before = file.lines[max(0, index - 12)..<index]
        let isProved = before.contains { $0.contains("Safe:") }
        #expect(
          isProved, "\(file.path):\(index + 1): say above why it is safe, beginning with `Safe:`")
      }
    }
  }
}
