import Foundation
import GraphStore
import GraphValues
import Testing

@Suite struct CatalogueTests {
  /// Changes the list in a transaction of its own.
  private func change<Result>(
    _ catalogue: Catalogue, _ body: (CatalogueList) throws -> Result
  ) throws -> Result {
    let transaction = try catalogue.beginWrite()
    defer { transaction.rollback() }
    let result = try body(CatalogueList(transaction))
    try transaction.commit()
    return result
  }

  @Test func refusesADirectoryWhoseListIsGone() throws {
    let directory = TemporaryDirectory()
    var catalogue: Catalogue? = try Catalogue.open(dataDirectory: directory.path)
    _ = try #require(catalogue).store(of: "neo4j")
    catalogue = nil
    let list = directory.path + "/system/data.mdb"
    let before = try Data(contentsOf: URL(fileURLWithPath: list))
    for emptied in [true, false] {
      if emptied {
        try Data().write(to: URL(fileURLWithPath: list))
      } else {
        try FileManager.default.removeItem(atPath: list)
      }
      #expect(throws: StoreError.self) { try Catalogue.open(dataDirectory: directory.path) }
    }
    try before.write(to: URL(fileURLWithPath: list))
    #expect(try Catalogue.open(dataDirectory: directory.path).databases().count == 2)
    // Nor is a database's own directory one of databases.
    #expect(throws: StoreError.self) {
      try Catalogue.open(dataDirectory: directory.path + "/neo4j")
    }
  }

  @Test(arguments: [true, false])
  func listsWhatWasCreated(inMemory: Bool) throws {
    let directory = TemporaryDirectory()
    var catalogue =
      try inMemory ? Catalogue.memory() : Catalogue.open(dataDirectory: directory.path)
    #expect(try catalogue.databases().map(\.name) == ["neo4j", "system"])
    #expect(try catalogue.database(named: "NEO4J")?.isDefault == true)
    let made = try change(catalogue) {
      try $0.create("Films", options: MapValue([("a", .integer(1))]))
    }
    #expect(made.name == "films" && made.id.count == 64)
    for name in ["films", "../x", ".x", ""] {
      #expect(throws: StoreError.self) { _ = try change(catalogue) { try $0.create(name) } }
    }
    let transaction = try catalogue.store(of: "films").beginWrite()
    _ = try transaction.createNode()
    try transaction.commit()
    var changed = made
    changed.isOnline = false
    changed.language = "25"
    let version = catalogue.version
    try change(catalogue) {
      try $0.setSetting("alias/f", to: .string("films"))
      try $0.update(changed)
    }
    #expect(catalogue.version != version)
    if !inMemory { catalogue = try Catalogue.open(dataDirectory: directory.path) }
    #expect(try catalogue.database(named: "films")?.isOnline == false)
    #expect(try catalogue.database(named: "films")?.language == "25")
    #expect(try catalogue.database(named: "films")?.options.count == 1)
    #expect(try catalogue.store(of: "Films").beginRead().nodeCount() == 1)
    let list = CatalogueList(try catalogue.beginRead())
    #expect(try list.settings(prefix: "alias/").map(\.key) == ["alias/f"])
    try change(catalogue) { try $0.setSetting("alias/f", to: nil) }
    #expect(try CatalogueList(catalogue.beginRead()).setting("alias/f") == nil)

    // A name taken again is another database, also while somebody still reads the old one.
    let old = try catalogue.store(of: "films").beginRead()
    try change(catalogue) { try $0.remove("films") }
    #expect(throws: StoreError.self) { try change(catalogue) { try $0.remove("system") } }
    #expect(throws: StoreError.self) { _ = try catalogue.store(of: "films") }
    _ = try change(catalogue) { try $0.create("films") }
    try catalogue.removeDropped()
    #expect(try catalogue.store(of: "films").beginRead().nodeCount() == 0)
    #expect(try old.nodeCount() == 1)
  }

  @Test func filesOfADroppedDatabaseGoAlsoAfterACrash() throws {
    let directory = TemporaryDirectory()
    let catalogue = try Catalogue.open(dataDirectory: directory.path)
    let made = try change(catalogue) { try $0.create("films") }
    _ = try catalogue.store(of: "films")
    let files = directory.path + "/" + made.directory
    #expect(FileManager.default.fileExists(atPath: files + "/data.mdb"))
    // The drop is committed, then the process ends.
    try change(catalogue) { try $0.remove("films") }
    #expect(FileManager.default.fileExists(atPath: files + "/data.mdb"))
    let next = try Catalogue.open(dataDirectory: directory.path)
    #expect(!FileManager.default.fileExists(atPath: files))
    #expect(try next.database(named: "films") == nil)
    #expect(try CatalogueList(next.beginRead()).settings(prefix: "dropped/").isEmpty)
  }

  @Test func aDropThatIsRolledBackLeavesTheDatabase() throws {
    let directory = TemporaryDirectory()
    let catalogue = try Catalogue.open(dataDirectory: directory.path)
    let made = try change(catalogue) { try $0.create("films") }
    _ = try catalogue.store(of: "films")
    let transaction = try catalogue.beginWrite()
    try CatalogueList(transaction).remove("films")
    transaction.rollback()
    try catalogue.removeDropped()
    #expect(try catalogue.database(named: "films")?.id == made.id)
    #expect(
      FileManager.default.fileExists(atPath: directory.path + "/\(made.directory)/data.mdb"))
  }
}
