extension Value {
  var temporalOrPointText: String? { nil }

  func appendTemporalOrPoint(to text: inout [UInt8]) {}
}
