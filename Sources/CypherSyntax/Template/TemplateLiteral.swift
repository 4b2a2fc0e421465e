/// The value of a number or string literal, as a template lifts it out of a statement.
public enum TemplateLiteral: Hashable, Sendable {
  /// `42`, `0x1F`, `0o17`; a minus before it is an operator and stays in the key.
  case integer(Int64)
  /// `1.5`, `1e9`.
  case float(Double)
  /// `'a'`, `"a"`, decoded.
  case string(String)

  /// Whether both are the same value: floats by their bits, strings by their code points.
  public static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): left == right
    case (.float(let left), .float(let right)): left.bitPattern == right.bitPattern
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    default: false
    }
  }

  /// Adds the value.
  public func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }

  /// A number that equal literals share.
  var fingerprint: UInt64 {
    switch self {
    case .integer(let value): UInt64(bitPattern: value) &* 0x9E37_79B9_7F4A_7C15
    case .float(let value): value.bitPattern &* 0xC2B2_AE3D_27D4_EB4F
    case .string(let text):
      text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
  }

  /// Which kind of placeholder stands for it.
  var kindByte: UInt8 {
    switch self {
    case .integer: 1
    case .float: 2
    case .string: 3
    }
  }
}

/// What two statements share that differ in the values of their literals only.
public struct TemplateKey: Hashable, Sendable {
  /// The text with placeholders; not for people.
  public internal(set) var bytes: [UInt8]
  /// Computed while scanning, so that a look-up does not read the bytes twice.
  var digest: UInt64

  init() {
    bytes = []
    digest = 0
  }

  /// Whether both are the same template.
  public static func == (left: Self, right: Self) -> Bool {
    left.digest == right.digest && left.bytes == right.bytes
  }

  /// Adds the digest alone.
  public func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

/// Gives equal literals of a statement one number, in the order of first use.
struct LiteralNumbers {
  /// Indexes of literals that stand for all equal ones.
  private var slots: [Int32] = []
  private var numbers: [Int32] = []
  private var used = 0

  mutating func removeAll() {
    if used > 0 {
      for index in slots.indices { slots[index] = -1 }
      used = 0
    }
    numbers.removeAll(keepingCapacity: true)
  }

  /// The number of the last of `literals`.
  mutating func number(ofLastIn literals: [TemplateLiteral]) -> Int32 {
    let last = literals.count - 1
    let literal = literals[last]
    if last < 8 {
      for index in 0..<last where literals[index] == literal {
        numbers.append(numbers[index])
        return numbers[index]
      }
      numbers.append(Int32(last))
      return Int32(last)
    }
    if used == 0 || used * 2 >= slots.count { rebuild(literals, upTo: last) }
    return insert(last, literals)
  }

  private mutating func rebuild(_ literals: [TemplateLiteral], upTo end: Int) {
    var capacity = max(slots.count, 64)
    while capacity < end * 4 { capacity *= 2 }
    slots = [Int32](repeating: -1, count: capacity)
    used = 0
    for index in 0..<end where numbers[index] == Int32(index) {
      place(index, literals[index].fingerprint)
    }
  }

  private func firstSlot(_ fingerprint: UInt64) -> Int {
    Int(truncatingIfNeeded: (fingerprint ^ fingerprint >> 32) & UInt64(slots.count - 1))
  }

  private mutating func place(_ index: Int, _ fingerprint: UInt64) {
    var slot = firstSlot(fingerprint)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(index)
    used += 1
  }

  private mutating func insert(_ index: Int, _ literals: [TemplateLiteral]) -> Int32 {
    var slot = firstSlot(literals[index].fingerprint)
    while slots[slot] >= 0 {
      if literals[Int(slots[slot])] == literals[index] {
        numbers.append(slots[slot])
        return slots[slot]
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(index)
    used += 1
    numbers.append(Int32(index))
    return Int32(index)
  }
}
