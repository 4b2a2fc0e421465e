import Diagnostics
public import GraphValues
public import QueryPlan

extension PlanCompiler {
  /// Compiles an expression.
  func kernel(_ expression: Expression) throws(Failure) -> Kernel {
    switch expression {
    case .literal(let literal):
      return LiteralKernel(literal.value, liftedIndex: literal.liftedIndex, context)
    case .parameter(let name): return ParameterKernel(name, context)
    case .variable(let slot): return SlotKernel(slot.index)
    case .property(let object, let key):
      return PropertyKernel(try kernel(object), key, context)
    case .not, .and, .or, .xor, .comparison, .isNull, .isNotNull, .isType, .isNormalized,
      .hasLabels, .membership, .stringMatch, .areDisjoint:
      return try predicateKernel(expression)
    case .arithmetic(let operation, let left, let right):
      let kernel = ArithmeticKernel(operation, try kernel(left), try kernel(right))
      return operation == .add || operation == .concatenate
        ? MeteredKernel(kernel, context) : kernel
    case .negate(let operand):
      if case .literal = operand {
        return UnaryKernel(try kernel(operand)) { (value) throws(Failure) in
          // The sign belongs to the number here: -0.0 keeps it.
          if case .float(let number) = value { return .float(-number) }
          return try value.negative()
        }
      }
      return UnaryKernel(try kernel(operand)) { (value) throws(Failure) in try value.negative() }
    case .unaryPlus(let operand): return try kernel(operand)
    case .caseWhen(let alternatives, let otherwise):
      var compiled: [(when: Kernel, then: Kernel)] = []
      for alternative in alternatives {
        compiled.append((try condition(alternative.when), try kernel(alternative.then)))
      }
      return CaseKernel(compiled, otherwise: try otherwise.map(kernel))
    case .function(let name, let arguments): return try functionKernel(name, arguments)
    case .element, .slice, .list, .map, .mapProjection: return try containerKernel(expression)
    case .listComprehension: return MeteredKernel(try localKernel(expression), context)
    case .quantifier, .reduce, .letting: return try localKernel(expression)
    case .nestedPlan(let nested): return try nestedKernel(nested)
    case .degree(let slot, let direction, let types):
      return DegreeKernel(try kernel(.variable(slot)), direction, types, context)
    case .path(let elements): return PathKernel(elements, context)
    case .subquery: throw .execution("a subquery that was not planned")
    case .aggregate: throw .execution("an aggregate outside an aggregation")
    }
  }

  /// Compiles several expressions.
  func kernels(_ expressions: [Expression]) throws(Failure) -> [Kernel] {
    var compiled: [Kernel] = []
    compiled.reserveCapacity(expressions.count)
    for expression in expressions { compiled.append(try kernel(expression)) }
    return compiled
  }

  private func predicateKernel(_ expression: Expression) throws(Failure) -> Kernel {
    switch expression {
    case .not(let operand): return NotKernel(try condition(operand))
    case .and(let operands): return JunctionKernel(try conditions(operands), isConjunction: true)
    case .or(let operands): return JunctionKernel(try conditions(operands), isConjunction: false)
    case .xor(let left, let right):
      return ExclusiveKernel(try condition(left), try condition(right))
    case .comparison(let comparison, let left, let right):
      return ComparisonKernel(comparison, try kernel(left), try kernel(right))
    case .isNull(let operand): return NullTestKernel(try kernel(operand), answerForNull: true)
    case .isNotNull(let operand): return NullTestKernel(try kernel(operand), answerForNull: false)
    case .isType(let operand, let type):
      return UnaryKernel(try kernel(operand)) { .boolean($0.matches(type)) }
    case .isNormalized(let operand, let form):
      return UnaryKernel(try kernel(operand)) { $0.isNormalized(form) }
    case .hasLabels(let operand, let labels):
      return LabelTestKernel(try kernel(operand), try labelTest(labels), context)
    case .membership(let element, let list):
      if let kernel = try rangeKernel(
        list, with: [element], { (range, values) throws(Failure) in range.holds(values[0]) })
      {
        return kernel
      }
      return MembershipKernel(try kernel(element), try kernel(list), context)
    case .stringMatch(let match, let left, let right):
      return try stringKernel(match, try kernel(left), try kernel(right))
    case .areDisjoint(let left, let right): return DisjointKernel(left.index, right.index)
    default: throw .execution("not a predicate")
    }
  }

  private func stringKernel(_ match: StringMatchOperator, _ left: Kernel, _ right: Kernel)
    throws(Failure) -> Kernel
  {
    switch match {
    case .startsWith: return BinaryKernel(left, right) { $0.starts(with: $1) }
    case .endsWith: return BinaryKernel(left, right) { $0.ends(with: $1) }
    case .contains: return BinaryKernel(left, right) { $0.contains(text: $1) }
    case .matches:
      let expressions = RegularExpressionCache()
      return BinaryKernel(left, right) { (text, pattern) throws(Failure) in
        try expressions.matches(text, pattern)
      }
    }
  }

  /// Compiles a condition on labels or types.
  func labelTest(_ expression: LabelExpression) throws(Failure) -> LabelTest {
    switch expression {
    case .name(let name): return .name(context.tokens.label(name))
    case .any: return .any
    case .and(let parts): return .and(try labelTests(parts))
    case .or(let parts): return .or(try labelTests(parts))
    case .not(let part): return .not(try labelTest(part))
    case .dynamicAll(let names): return .dynamic(try kernel(names), isAll: true)
    case .dynamicAny(let names): return .dynamic(try kernel(names), isAll: false)
    }
  }

  private func labelTests(_ parts: [LabelExpression]) throws(Failure) -> [LabelTest] {
    var tests: [LabelTest] = []
    for part in parts { tests.append(try labelTest(part)) }
    return tests
  }

  private func containerKernel(_ expression: Expression) throws(Failure) -> Kernel {
    let context = context
    switch expression {
    case .element(let container, let index):
      if let kernel = try rangeKernel(
        container, with: [index],
        { (range, values) throws(Failure) in try range.element(at: values[0]) })
      {
        return kernel
      }
      return BinaryKernel(try kernel(container), try kernel(index)) { (a, b) throws(Failure) in
        try context.element(of: a, at: b)
      }
    case .slice(let list, let from, let to):
      let hasFrom = from != nil
      let hasTo = to != nil
      let operands = try kernels([list] + [from, to].compactMap { $0 })
      return ManyKernel(operands) { (values) throws(Failure) in
        do throws(ValueError) {
          return try values[0].slice(
            from: hasFrom ? values[1] : nil, to: hasTo ? values[values.count - 1] : nil)
        } catch {
          throw Failure(error)
        }
      }
    case .list(let elements): return ManyKernel(try kernels(elements)) { .list($0) }
    case .map(let items):
      let keys = items.map(\.key)
      return ManyKernel(try kernels(items.map(\.value))) { values in
        .map(MapValue(zip(keys, values).map { (key: $0, value: $1) }))
      }
    case .mapProjection(let subject, let items): return try mapProjection(subject, items)
    default: throw .execution("not a container")
    }
  }

  private func mapProjection(_ subject: Expression, _ items: [MapProjectionItem]) throws(Failure)
    -> Kernel
  {
    let context = context
    var operands = [try kernel(subject)]
    enum Part {
      case all
      case property(TokenReference<KeyToken>)
      case entry(String, Int)
    }
    var parts: [Part] = []
    for item in items {
      switch item {
      case .allProperties: parts.append(.all)
      case .property(let key): parts.append(.property(context.tokens.key(key)))
      case .entry(let entry):
        parts.append(.entry(entry.key, operands.count))
        operands.append(try kernel(entry.value))
      }
    }
    return ManyKernel(operands) { (values) throws(Failure) in
      let subject = values[0]
      if subject.isNull { return .null }
      var map = MapValue()
      // `.*` never overrides a named entry, wherever it stands: it comes first.
      for case .all in parts {
        for entry in try context.allProperties(of: subject).entries { map[entry.key] = entry.value }
      }
      for part in parts {
        switch part {
        case .all: break
        case .property(let key): map[key.name] = try context.property(key, of: subject)
        case .entry(let key, let place): map[key] = values[place]
        }
      }
      return .map(map)
    }
  }

  private func localKernel(_ expression: Expression) throws(Failure) -> Kernel {
    switch expression {
    case .listComprehension(let slot, let list, let predicate, let projection):
      let inner = [predicate, projection].compactMap { $0 }
      return ListComprehensionKernel(
        list: try kernel(list), predicate: try predicate.map(condition),
        projection: try projection.map(kernel), frame: localFrame(inner, [slot]), context)
    case .quantifier(let quantifier, let slot, let list, let predicate):
      return QuantifierKernel(
        quantifier, list: try kernel(list), predicate: try condition(predicate),
        frame: localFrame([predicate], [slot]), context)
    case .reduce(let accumulator, let initial, let slot, let list, let step):
      return ReduceKernel(
        initial: try kernel(initial), list: try kernel(list), step: try kernel(step),
        frame: localFrame([step], [accumulator, slot]), context)
    case .letting(let slot, let value, let body):
      return LettingKernel(slot.index, value: try kernel(value), body: try kernel(body))
    default: throw .execution("not an expression with a local variable")
    }
  }

  private func localFrame(_ expressions: [Expression], _ locals: [Slot]) -> LocalFrame {
    let used = expressions.reduce(into: Set<Slot>()) { $0.formUnion($1.usedSlots) }
    return LocalFrame(slotCount: slotCount, used: used, locals: locals)
  }

  private func nestedKernel(_ nested: NestedPlan) throws(Failure) -> Kernel {
    let inner = ArgumentFrame(slotCount: slotCount, slots: nested.arguments, parent: frame)
    let root = try compile(nested.plan, within: inner)
    return NestedPlanKernel(nested.kind, root: root, frame: inner, column: nested.column, context)
  }
}

extension Literal {
  /// The constant as a value.
  public var value: Value {
    switch content {
    case .null: .null
    case .boolean(let flag): .boolean(flag)
    case .integer(let number): .integer(number)
    case .float(let bits): .float(Double(bitPattern: bits))
    case .string(let text): .string(text)
    }
  }
}

extension Value {
  /// `-value`.
  func negative() throws(Failure) -> Value {
    // As `0 - x`: there is no negative zero.
    if case .float(let number) = self { return .float(0 - number) }
    do throws(ValueError) {
      return try negated()
    } catch {
      throw Failure(error)
    }
  }
}
