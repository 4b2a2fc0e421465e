import Foundation
import GraphValues

/// The texts of an index, scored as Lucene does (BM25).
struct FulltextDocuments {
  private struct Document {
    let entity: Value
    let fields: [[String]]
  }

  private struct Field {
    var documentCount = 0
    var wordCount = 0
    var frequencies: [String: Int] = [:]

    var averageLength: Float {
      documentCount == 0 ? 1 : Float(Double(wordCount) / Double(documentCount))
    }
  }

  private var documents: [Document] = []
  private var fields: [Field]

  init(fieldCount: Int) { fields = Array(repeating: Field(), count: fieldCount) }

  /// Adds an entity with the words of each field; without any words it cannot be found.
  mutating func add(_ entity: Value, _ words: [[String]]) {
    guard words.contains(where: { !$0.isEmpty }) else { return }
    documents.append(Document(entity: entity, fields: words))
    for (field, list) in words.enumerated() where !list.isEmpty {
      fields[field].documentCount += 1
      fields[field].wordCount += list.count
      for word in Set(list) { fields[field].frequencies[word, default: 0] += 1 }
    }
  }

  /// What a query finds, best first.
  func search(_ query: FulltextQuery) -> [(entity: Value, score: Double)] {
    var found: [(entity: Value, score: Double)] = []
    for document in documents {
      if let score = score(query, document) {
        found.append((document.entity, Double(score)))
      }
    }
    // Equal scores keep the order of the index.
    return found.enumerated().sorted {
      ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
    }.map(\.element)
  }

  /// The score, in single precision throughout as Lucene computes; `nil` without a match.
  private func score(
    _ query: FulltextQuery, _ document: Document, boost: Float = 1
  ) -> Float? {
    switch query {
    case .all: return boost
    case .boosted(let inner, let factor):
      return score(inner, document, boost: boost * Float(factor))
    case .term(let field, let word):
      let frequency = document.fields[field].count { $0 == word }
      guard frequency > 0 else { return nil }
      return weigh(
        boost * inverseFrequency(field, word), field, frequency: Float(frequency), document)
    case .phrase(let field, let words, let slop):
      let frequency = occurrences(of: words, in: document.fields[field], slop: slop)
      guard frequency > 0 else { return nil }
      let rarity = words.reduce(Float(0)) { $0 + inverseFrequency(field, $1) }
      return weigh(boost * rarity, field, frequency: Float(frequency), document)
    case .pattern(let field, let accepts):
      return document.fields[field].contains(where: accepts) ? boost : nil
    case .boolean(let parts): return score(parts, document, boost: boost)
    }
  }

  private func score(
    _ parts: [(FulltextQuery.Occurrence, FulltextQuery)], _ document: Document, boost: Float
  ) -> Float? {
    var total = 0.0
    var matches = false
    var hasMust = false
    for (occurrence, part) in parts {
      let score = score(part, document, boost: boost)
      switch occurrence {
      case .must:
        hasMust = true
        guard let score else { return nil }
        total += Double(score)
      case .should:
        if let score {
          matches = true
          total += Double(score)
        }
      case .mustNot: if score != nil { return nil }
      }
    }
    return matches || hasMust ? Float(total) : nil
  }

  private func inverseFrequency(_ field: Int, _ word: String) -> Float {
    let total = Double(fields[field].documentCount)
    let having = Double(fields[field].frequencies[word] ?? 0)
    return Float(log(1 + (total - having + 0.5) / (having + 0.5)))
  }

  private func weigh(
    _ weight: Float, _ field: Int, frequency: Float, _ document: Document
  ) -> Float {
    let (k, b): (Float, Float) = (1.2, 0.75)
    let length = Float(document.fields[field].count)
    let norm = 1 / (k * ((1 - b) + b * length / fields[field].averageLength))
    return weight - weight / (1 + frequency * norm)
  }

  private func occurrences(of words: [String], in text: [String], slop: Int) -> Int {
    guard let first = words.first else { return 0 }
    var count = 0
    for start in text.indices where text[start] == first {
      var place = start
      var gaps = 0
      let isThere = words.dropFirst().allSatisfy { word in
        guard let next = text[(place + 1)...].firstIndex(of: word) else { return false }
        gaps += next - place - 1
        place = next
        return gaps <= slop
      }
      if isThere { count += 1 }
    }
    return count
  }
}
