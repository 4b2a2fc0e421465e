import CypherSyntax
import Diagnostics
import QueryPlan

/// Walks the tree of one statement and makes its bound form.
///
/// Extensions in the other folders bind one kind of syntax each. What is wrong ends the walk at once,
/// so that the first mistake in the order of the language's own checks is the one reported.
struct Binder {
  /// The statement's text.
  let text: String
  /// Its bytes, which spans count in.
  let bytes: [UInt8]
  /// Finds lines and columns; remarks mostly come in the order of the text.
  var positions: SourcePositions
  /// Which procedures there are.
  let procedures: any ProcedureCatalogue
  /// The types of the parameters' values; those not sent are absent.
  let parameters: [String: CypherType]
  /// For each literal token the index of its value among the distinct ones.
  let literalIndices: [Int]
  /// Whether the statement is Cypher 25.
  let isCypher25: Bool

  /// All slots so far.
  var slots = SlotTable()
  /// What can be seen at this place.
  var scope = Scope()
  /// Slots read or written since the innermost subquery began.
  var usedSlots: Set<Slot> = []
  /// Where variables were named first.
  var firstUses: [Slot: Name] = [:]
  /// Where relationship variables were declared.
  var firstRelationships: [String: Name] = [:]
  /// Parameters met so far.
  var parameterNames: Set<String> = []
  /// Numbers of literals whose values the bound form depends on.
  var structuralLiterals: Set<Int> = []
  /// What aggregates stand for at this place; `nil` where they are not allowed.
  var aggregation: Aggregation?
  /// Expressions that stand for columns already computed, in ORDER BY and WHERE behind them.
  var computed: [AST.Expression: Computed] = [:]
  /// Names that a projection took away, told apart from names that never were.
  var lostNames: LostNames?
  /// How labels were combined in the pattern or predicate being bound.
  var labelStyles = LabelStyles()
  /// What the statement names and uses in ways worth telling the user.
  var notes = SemanticNotes()
  /// The order of `*` where it is not that of the names.
  var starOrder: [String]?
  /// The graphs that USE names.
  var graphs: [GraphReference] = []
  /// Whether a CALL … IN TRANSACTIONS stands in the statement.
  var callsInTransactions = false
  /// Facts about the place being bound.
  var context = ClauseContext()

  /// An expression whose value a projection computed.
  struct Computed {
    var slot: Slot
    var type: StaticType
  }

  /// Names that DISTINCT or an aggregation took away.
  struct LostNames {
    var names: Set<String>
    var clause: String
  }

  /// An expression and what is known of its value.
  struct Typed {
    var expression: Bound.Expression
    var type: StaticType

    init(_ expression: Bound.Expression, _ type: StaticType) {
      self.expression = expression
      self.type = type
    }
  }
}

/// Facts about where in a statement the binder is.
struct ClauseContext {
  /// Whether subqueries are refused, as in MERGE.
  var refusesSubqueries = false
  /// The word of SKIP or LIMIT while its expression is bound.
  var pageWord: String?
  /// Whether a sort key is being bound.
  var isInOrder = false
  /// How many CALL subqueries are around.
  var callDepth = 0
  /// How many subquery expressions are around.
  var expressionDepth = 0
  /// Whether a UNION is around.
  var isInUnion = false
  /// Whether a CALL … IN TRANSACTIONS is around.
  var isInTransactions = false
  /// Names of the query around a CALL that it did not import.
  var shadowable: Set<String> = []
  /// Whether a clause before changed the graph.
  var hasWritten = false
}

extension Binder {
  /// Makes a slot for a variable that users named.
  mutating func newSlot(_ name: String, _ type: StaticType) -> Slot {
    slots.add(name, Self.kind(of: type))
  }

  /// What the runtime needs to know of a variable of a type.
  static func kind(of type: StaticType) -> SlotKind {
    switch type.kinds {
    case .node: .node
    case .relationship: .relationship
    case .path: .path
    case .list where type.element == .relationship: .relationshipList
    default: .value
    }
  }

  /// Declares a variable of a clause, which must be new here.
  mutating func declare(_ name: Name, _ type: StaticType) throws(Failure) -> Slot {
    try checkNew(name.text, at: name.span.start)
    noteShadowing(name)
    let slot = newSlot(name.text, type)
    scope[name.text] = Variable(slot: slot, type: type, origin: .clause)
    return slot
  }

  /// Remarks on a new variable of a CALL that has the name of one around it.
  mutating func noteShadowing(_ name: Name) {
    if context.shadowable.contains(name.text) {
      remark(.shadowing(name.text, at: place(name.span.start)))
    }
  }

  /// Refuses a name that stands for something already.
  func checkNew(_ name: String, at offset: Int) throws(Failure) {
    guard let known = scope[name] else { return }
    throw known.isConstant
      ? shadowsOuterVariable(name, at: offset) : alreadyDeclared(name, at: offset)
  }

  /// Binds with a variable that is seen inside only and may hide another.
  mutating func withLocal<Result>(
    _ name: Name, _ type: StaticType,
    _ body: (inout Binder, Slot) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let hidden = scope[name.text]
    let slot = newSlot(name.text, type)
    scope[name.text] = Variable(slot: slot, type: type, origin: .local)
    // What stands for an expression of the hidden variable does not stand for one of this.
    let known = computed.filter { $0.key.reads(name.text) }
    let keys = aggregation?.keys.filter { $0.key.reads(name.text) } ?? [:]
    for key in known.keys { computed[key] = nil }
    for key in keys.keys { aggregation?.keys[key] = nil }
    defer {
      scope[name.text] = hidden
      computed.merge(known) { $1 }
      aggregation?.keys.merge(keys) { $1 }
    }
    return try body(&self, slot)
  }

  /// The variable of a name.
  mutating func lookUp(_ name: Name) throws(Failure) -> Variable {
    guard let variable = scope[name.text] else {
      if let lost = lostNames, lost.names.contains(name.text) {
        throw lostByProjection(name.text, in: lost.clause, at: name.span.start)
      }
      throw undefinedVariable(name.text, at: name.span.start)
    }
    note(use: name, of: variable.slot)
    return variable
  }

  /// Notes that a name stands for a slot here.
  mutating func note(use name: Name, of slot: Slot) {
    usedSlots.insert(slot)
    if context.expressionDepth > 0 { firstUses[slot] = firstUses[slot] ?? name }
  }

  /// The bound form of a variable.
  mutating func bindVariable(_ name: Name) throws(Failure) -> Typed {
    let variable = try lookUp(name)
    if variable.origin == .clause { aggregation?.noteVariable(name) }
    return Typed(.variable(variable.slot), variable.type)
  }
}
