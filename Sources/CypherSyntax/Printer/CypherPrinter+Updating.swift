// Clauses that change the graph.

extension CypherPrinter {
  mutating func updating(_ clause: Clause) {
    switch clause {
    case .create(let clause):
      write(clause.isInsert ? "INSERT " : "CREATE ")
      list(clause.patterns) { $0.pathPattern($1) }
    case .merge(let clause): merge(clause)
    case .set(let clause): set(clause)
    case .remove(let clause): remove(clause)
    case .delete(let clause):
      switch clause.mode {
      case .plain: write("DELETE ")
      case .detach: write("DETACH DELETE ")
      case .noDetach: write("NODETACH DELETE ")
      }
      list(clause.expressions) { $0.expression($1) }
    case .foreach(let clause): foreach(clause)
    default: break
    }
  }

  private mutating func merge(_ clause: MergeClause) {
    write("MERGE ")
    pathPattern(clause.pattern)
    for action in clause.actions {
      write(action.event == .create ? " ON CREATE " : " ON MATCH ")
      set(action.set)
    }
  }

  private mutating func set(_ clause: SetClause) {
    write("SET ")
    list(clause.items) { printer, item in
      switch item.kind {
      case .property(let entity, let key, let value):
        printer.expression(entity, 12)
        printer.write(".")
        printer.plainName(key)
        printer.assign(" = ", value)
      case .dynamicProperty(let entity, let key, let value):
        printer.expression(entity, 12)
        printer.enclosed("[", "]") { $0.expression(key) }
        printer.assign(" = ", value)
      case .allProperties(let variable, let value):
        printer.variable(variable)
        printer.assign(" = ", value)
      case .addProperties(let variable, let value):
        printer.variable(variable)
        printer.assign(" += ", value)
      case .labels(let variable, let labels):
        printer.variable(variable)
        printer.labelList(labels)
      }
    }
  }

  private mutating func assign(_ sign: String, _ value: Expression) {
    write(sign)
    expression(value)
  }

  private mutating func remove(_ clause: RemoveClause) {
    write("REMOVE ")
    list(clause.items) { printer, item in
      switch item.kind {
      case .property(let entity, let key):
        printer.expression(entity, 12)
        printer.write(".")
        printer.plainName(key)
      case .dynamicProperty(let entity, let key):
        printer.expression(entity, 12)
        printer.enclosed("[", "]") { $0.expression(key) }
      case .labels(let variable, let labels):
        printer.variable(variable)
        printer.labelList(labels)
      }
    }
  }

  private mutating func foreach(_ clause: ForeachClause) {
    enclosed("FOREACH (", ")") { printer in
      printer.variable(clause.variable)
      printer.write(" IN ")
      printer.beforeBar { $0.expression(clause.list) }
      printer.write(" | ")
      printer.list(clause.clauses, separator: " ") { $0.clause($1) }
    }
  }
}
