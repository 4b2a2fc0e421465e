import Diagnostics
import GraphValues

/// Similarity of lists of numbers taken as vectors.
enum VectorFunctions {
  static let table: [String: FunctionBody] = [
    "vector.similarity.cosine": .two { (a, b) throws(Failure) in
      try similarity("vector.similarity.cosine", a, b, needsLength: true, cosine)
    },
    "vector.similarity.euclidean": .two { (a, b) throws(Failure) in
      try similarity("vector.similarity.euclidean", a, b, needsLength: false, euclidean)
    },
  ]

  private static func similarity(
    _ function: String, _ a: Value, _ b: Value, needsLength: Bool,
    _ compute: ([Double], [Double]) -> Double
  ) throws(Failure) -> Value {
    if a.isNull || b.isNull { return .null }
    let left = try vector(function, "a", a, needsLength: needsLength)
    let right = try vector(function, "b", b, needsLength: needsLength)
    guard left.count == right.count else {
      throw invalid(function, "The supplied vectors do not have the same number of dimensions.")
    }
    // Vectors have single precision, and so has what is computed from them.
    return .float(Double(Float(compute(left, right))))
  }

  private static func vector(
    _ function: String, _ name: String, _ value: Value, needsLength: Bool
  ) throws(Failure) -> [Double] {
    let numbers = value.listElements.compactMap(\.double).map { Double(Float($0)) }
    let squares = numbers.reduce(0) { $0 + $1 * $1 }
    guard case .list(let elements) = value, numbers.count == elements.count, !elements.isEmpty,
      squares.isFinite, squares > 0 || !needsLength
    else {
      throw invalid(
        function, "Argument \(name) is not a valid vector for this similarity function.")
    }
    return numbers
  }

  private static func invalid(_ function: String, _ text: String) -> Failure {
    var failure = Failure.invalidArgument(function, "Invalid input for '\(function)()': \(text)")
    failure.gqlDescription =
      "data exception - invalid function argument. Invalid argument to the function \(function)."
    return failure
  }

  static func cosine(_ a: [Double], _ b: [Double]) -> Double {
    var (dot, left, right) = (0.0, 0.0, 0.0)
    for (one, two) in zip(a, b) {
      dot += one * two
      left += one * one
      right += two * two
    }
    return min(max((1 + dot / (left.squareRoot() * right.squareRoot())) / 2, 0), 1)
  }

  static func euclidean(_ a: [Double], _ b: [Double]) -> Double {
    1 / (1 + zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
  }
}
