/// Whether a word fits a pattern of `*` and `?`.
func fitsWildcards(
  _ pattern: ArraySlice<Unicode.Scalar>, _ word: ArraySlice<Unicode.Scalar>
) -> Bool {
  var (pattern, word) = (pattern, word)
  var fallback: (pattern: ArraySlice<Unicode.Scalar>, word: ArraySlice<Unicode.Scalar>)?
  while true {
    if let first = pattern.first, first == "*" {
      pattern = pattern.dropFirst()
      fallback = (pattern, word)
    } else if let first = pattern.first, let letter = word.first, first == "?" || first == letter {
      pattern = pattern.dropFirst()
      word = word.dropFirst()
    } else if pattern.isEmpty && word.isEmpty {
      return true
    } else if let (rest, start) = fallback, !start.isEmpty {
      pattern = rest
      word = start.dropFirst()
      fallback = (rest, word)
    } else {
      return false
    }
  }
}

/// How many letters must change, come, go or swap places to turn one word into another.
func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var older: [Int] = []
  var old = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      var least = min(old[j + 1] + 1, row[j] + 1, old[j] + (left[i] == right[j] ? 0 : 1))
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        least = min(least, older[j - 1] + 1)
      }
      row.append(least)
    }
    (older, old) = (old, row)
  }
  return old[right.count]
}
