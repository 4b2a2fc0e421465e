import CypherRuntime
import Diagnostics
import GraphStore
import GraphValues

extension Failure {
  /// A failure of a schema command.
  static func schema(
    _ title: String, _ message: String, _ status: String, _ condition: String,
    isDatabaseError: Bool = false, causes: [GQLCause] = []
  ) -> Failure {
    Failure(
      code: "Neo.\(isDatabaseError ? "DatabaseError" : "ClientError").Schema.\(title)",
      message: message, gqlStatus: status, gqlDescription: condition, causes: causes)
  }

  /// An index of this name exists.
  static func indexNameTaken(_ name: String) -> Failure {
    schema(
      "IndexWithNameAlreadyExists", "There already exists an index called '\(name)'.", "22N71",
      "data exception - duplicated index name. An index with the same name already exists: `\(name)`"
    )
  }

  /// A constraint of this name exists.
  static func constraintNameTaken(_ name: String) -> Failure {
    schema(
      "ConstraintWithNameAlreadyExists", "There already exists a constraint called '\(name)'.",
      "22N67",
      "data exception - duplicated constraint name. "
        + "A constraint with the same name already exists: `\(name)`")
  }

  /// An index on this schema exists under another name.
  static func indexExists(_ schema: String) -> Failure {
    .schema(
      "IndexAlreadyExists", "There already exists an index \(schema).", "22N70",
      "data exception - equivalent index already exists. An equivalent index already exists: '\(schema)'"
    )
  }

  /// The very index exists.
  static func equivalentIndex(_ text: String, name: String) -> Failure {
    schema(
      "EquivalentSchemaRuleAlreadyExists", "An equivalent index already exists, '\(text)'.",
      "22N70",
      "data exception - equivalent index already exists. An equivalent index already exists: '\(name)'"
    )
  }

  /// A constraint's index covers this schema.
  static func indexOwned(_ schema: String, constraint: String) -> Failure {
    let text = "An equivalent index already exists: '\(schema)'"
    return .schema(
      "ConstraintAlreadyExists",
      "There is a uniqueness constraint on \(schema), so an index is already created that matches this.",
      "22N74",
      "data exception - index conflicts with existing constraint. "
        + "Index conflicts with already existing index owned by constraint `\(constraint)`.",
      causes: [
        GQLCause(
          gqlStatus: "22N70",
          gqlDescription: "data exception - equivalent index already exists. " + text, message: text
        )
      ])
  }

  /// An index stands where the constraint needs its own.
  static func indexInTheWay(_ schema: String) -> Failure {
    .schema(
      "IndexAlreadyExists",
      "There already exists an index \(schema). "
        + "A constraint cannot be created until the index has been dropped.", "22N73",
      "data exception - constraint conflicts with existing index. "
        + "Constraint conflicts with already existing index '\(schema)'.")
  }

  /// The very constraint exists.
  static func equivalentConstraint(_ text: String, name: String) -> Failure {
    schema(
      "EquivalentSchemaRuleAlreadyExists", "An equivalent constraint already exists, '\(text)'.",
      "22N65",
      "data exception - equivalent constraint already exists. "
        + "An equivalent constraint already exists: '\(name)'")
  }

  /// The constraint exists under another name.
  static func constraintExists(_ text: String) -> Failure {
    schema(
      "ConstraintAlreadyExists", "Constraint already exists: \(text)", "22N65",
      "data exception - equivalent constraint already exists. "
        + "An equivalent constraint already exists: '\(text)'")
  }

  /// A constraint of another kind stands on this schema.
  static func constraintConflicts(_ text: String) -> Failure {
    schema(
      "ConstraintAlreadyExists", "Conflicting constraint already exists: \(text)", "22N66",
      "data exception - conflicting constraint already exists. "
        + "A conflicting constraint already exists: '\(text)'")
  }

  /// A name stands twice in a definition.
  static func repeated(_ what: String, _ name: String, inIndex: Bool, _ schema: String) -> Failure {
    let object = inIndex ? "index" : "constraint"
    let shown = inIndex ? "Index" : "Constraint"
    return .schema(
      what == "label" ? "RepeatedLabelInSchema" : "RepeatedPropertyInCompositeSchema",
      "\(shown) on \(schema) includes a \(what) more than once.", inIndex ? "22N76" : "22N75",
      "data exception - \(object) contains duplicated tokens. The \(object) specified by '\(schema)' "
        + "includes a label, relationship type, or property key with name '\(name)' more than once."
    )
  }

  /// No index of this name to drop.
  static func noIndexToDrop(_ name: String) -> Failure {
    let text = "The index '\(name)' does not exist."
    return schema(
      "IndexDropFailed", "Unable to drop index called `\(name)`. There is no such index.", "50N10",
      "general processing exception - index drop failed. Unable to drop '\(name)'.",
      isDatabaseError: true,
      causes: [
        GQLCause(
          gqlStatus: "22N69",
          gqlDescription: "data exception - index does not exist. " + text, message: text)
      ])
  }

  /// The index of a constraint.
  static func indexBelongs(_ name: String, constraint: String) -> Failure {
    let text = "Index belongs to constraint '\(constraint)'."
    return schema(
      "IndexDropFailed", "Unable to drop index: Index belongs to constraint: `\(constraint)`",
      "50N10", "general processing exception - index drop failed. Unable to drop '\(name)'.",
      isDatabaseError: true,
      causes: [
        GQLCause(
          gqlStatus: "22NBC",
          gqlDescription: "data exception - index belongs to constraint. " + text, message: text)
      ])
  }

  /// No constraint of this name to drop.
  static func noConstraintToDrop(_ name: String) -> Failure {
    let text = "The constraint '\(name)' does not exist."
    return schema(
      "ConstraintDropFailed",
      "Unable to drop constraint `\(name)`: No such constraint \(name).", "50N12",
      "general processing exception - constraint drop failed. Unable to drop '\(name)'.",
      isDatabaseError: true,
      causes: [
        GQLCause(
          gqlStatus: "22N64",
          gqlDescription: "data exception - constraint does not exist. " + text, message: text)
      ])
  }

  /// The data break a constraint that was to be made.
  static func constraintCreation(
    _ definition: String, name: String?, _ violation: String, isDuplicate: Bool
  ) -> Failure {
    var causes: [GQLCause] = []
    if isDuplicate {
      let text = "Property uniqueness constraint violated: \(violation)."
      let conflict = "Index entry conflict: \(violation)."
      causes = [
        GQLCause(
          gqlStatus: "22N79",
          gqlDescription: "data exception - property uniqueness constraint violated. " + text,
          message: text),
        GQLCause(
          gqlStatus: "22N80", gqlDescription: "data exception - index entry conflict. " + conflict,
          message: conflict),
      ]
    }
    return schema(
      "ConstraintCreationFailed",
      "Unable to create \(definition):\n\(violation). "
        + "Note that only the first found violation is shown.", "50N11",
      "general processing exception - constraint creation failed. "
        + "Unable to create '\(name ?? definition)'.",
      isDatabaseError: true, causes: causes)
  }
}
