// Indexes, constraints, SHOW and TERMINATE.

extension CypherPrinter {
  mutating func schema(_ command: SchemaCommand) {
    switch command {
    case .createIndex(let command): createIndex(command)
    case .createConstraint(let command): createConstraint(command)
    case .dropIndex(let command): drop("INDEX", command)
    case .dropConstraint(let command): drop("CONSTRAINT", command)
    }
  }

  private mutating func drop(_ word: String, _ command: DropSchema) {
    write("DROP \(word) ")
    nameOrParameter(command.name)
    if command.ifExists { write(" IF EXISTS") }
  }

  private mutating func createIndex(_ command: CreateIndex) {
    write(command.orReplace ? "CREATE OR REPLACE " : "CREATE ")
    if let type = command.type { write("\(type.rawValue) ") }
    write("INDEX ")
    head(command.name, command.ifNotExists, command.pattern)
    write(" ON ")
    if let lookup = command.lookup {
      write("EACH ")
      plainName(lookup.function)
      enclosed("(", ")") { $0.variable(lookup.variable) }
    } else if command.type == .fulltext {
      enclosed("EACH [", "]") { $0.properties(command.properties) }
    } else {
      enclosed("(", ")") { $0.properties(command.properties) }
    }
    if !command.additionalProperties.isEmpty {
      enclosed(" WITH [", "]") { $0.properties(command.additionalProperties) }
    }
    options(command.options)
  }

  private mutating func createConstraint(_ command: CreateConstraint) {
    write(command.orReplace ? "CREATE OR REPLACE CONSTRAINT " : "CREATE CONSTRAINT ")
    head(command.name, command.ifNotExists, command.pattern)
    write(" REQUIRE ")
    enclosed("(", ")") { $0.properties(command.properties) }
    switch command.requirement {
    case .unique(let entity): write(" IS \(Self.word(entity))UNIQUE")
    case .key(let entity): write(" IS \(Self.word(entity))KEY")
    case .notNull: write(" IS NOT NULL")
    case .type(let type):
      write(" IS :: ")
      self.type(type)
    }
    options(command.options)
  }

  private static func word(_ entity: CreateConstraint.Entity?) -> String {
    switch entity {
    case .node: "NODE "
    case .relationship: "RELATIONSHIP "
    case nil: ""
    }
  }

  private mutating func head(
    _ name: NameOrParameter?, _ ifNotExists: Bool, _ pattern: SchemaPattern
  ) {
    if let name {
      nameOrParameter(name)
      write(" ")
    }
    if ifNotExists { write("IF NOT EXISTS ") }
    write("FOR ")
    enclosed(
      pattern.isRelationship ? "()-[" : "(", pattern.isRelationship ? "]-()" : ")"
    ) { printer in
      printer.variable(pattern.variable)
      if !pattern.labels.isEmpty { printer.write(":") }
      printer.list(pattern.labels, separator: "|") { $0.plainName($1) }
    }
  }

  private mutating func properties(_ properties: [SchemaProperty]) {
    list(properties) { printer, property in
      printer.variable(property.variable)
      printer.write(".")
      printer.plainName(property.key)
    }
  }

  mutating func options(_ options: Expression?) {
    guard let options else { return }
    write(" OPTIONS ")
    expression(options)
  }

  // MARK: - SHOW and TERMINATE

  mutating func terminate(_ clause: TerminateClause) {
    write("TERMINATE TRANSACTIONS ")
    list(clause.ids) { $0.expression($1) }
    yield(clause.yield)
    predicate(clause.predicate)
  }

  mutating func show(_ clause: ShowClause) {
    write("SHOW ")
    subject(clause.subject)
    yield(clause.yield)
    predicate(clause.predicate)
  }

  private mutating func subject(_ subject: ShowSubject) {
    switch subject {
    case .indexes(let type):
      if let type { write("\(type.rawValue) ") }
      write("INDEXES")
    case .constraints(let filter): constraints(filter)
    case .functions(let filter, let executable):
      switch filter {
      case .all: write("FUNCTIONS")
      case .builtIn: write("BUILT IN FUNCTIONS")
      case .userDefined: write("USER DEFINED FUNCTIONS")
      }
      self.executable(executable)
    case .procedures(let executable):
      write("PROCEDURES")
      self.executable(executable)
    case .settings(let names): ids("SETTINGS", names)
    case .transactions(let ids): self.ids("TRANSACTIONS", ids)
    case .databases(let name): named("DATABASES", name)
    case .defaultDatabase: write("DEFAULT DATABASE")
    case .homeDatabase: write("HOME DATABASE")
    case .aliases(let name):
      named("ALIASES", name)
      write(" FOR DATABASES")
    case .users(let withAuth): write(withAuth ? "USERS WITH AUTH" : "USERS")
    case .currentUser: write("CURRENT USER")
    case .roles(let isPopulated, let withUsers):
      write(isPopulated ? "POPULATED ROLES" : "ROLES")
      if withUsers { write(" WITH USERS") }
    case .privileges(let filter, let asCommands, let asRevoke):
      privileges(filter)
      if asCommands { write(asRevoke ? " AS REVOKE COMMANDS" : " AS COMMANDS") }
    case .supportedPrivileges: write("SUPPORTED PRIVILEGES")
    case .servers: write("SERVERS")
    case .currentGraphType: write("CURRENT GRAPH TYPE")
    }
  }

  private mutating func named(_ word: String, _ name: NameOrParameter?) {
    write(word)
    guard let name else { return }
    write(" ")
    nameOrParameter(name)
  }

  private mutating func ids(_ word: String, _ ids: [Expression]) {
    write(ids.isEmpty ? word : "\(word) ")
    list(ids) { $0.expression($1) }
  }

  private mutating func constraints(_ filter: ConstraintFilter) {
    write(Self.word(filter.entity))
    switch filter.kind {
    case .all: write("CONSTRAINTS")
    case .unique: write("UNIQUENESS CONSTRAINTS")
    case .propertyUnique: write("PROPERTY UNIQUENESS CONSTRAINTS")
    case .key: write("KEY CONSTRAINTS")
    case .existence: write("PROPERTY EXISTENCE CONSTRAINTS")
    case .propertyType: write("PROPERTY TYPE CONSTRAINTS")
    }
  }

  private mutating func executable(_ executable: ExecutableBy?) {
    switch executable {
    case .currentUser: write(" EXECUTABLE")
    case .user(let name):
      write(" EXECUTABLE BY ")
      variable(name)
    case nil: break
    }
  }

  private mutating func privileges(_ filter: PrivilegeFilter) {
    switch filter {
    case .all: break
    case .users(let names):
      write("USER ")
      list(names) { $0.nameOrParameter($1) }
      if !names.isEmpty { write(" ") }
    case .roles(let names):
      write("ROLE ")
      list(names) { $0.nameOrParameter($1) }
      write(" ")
    }
    write("PRIVILEGES")
  }
}
