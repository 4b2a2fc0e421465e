extension PointValue {
  /// Appends `point({x: 1.0, y: 2.0, crs: 'cartesian'})`; geographic points are written with x and y
  /// as well.
  public func appendText(to text: inout [UInt8]) {
    text.append(contentsOf: "point({x: ".utf8)
    x.appendCypherText(to: &text)
    text.append(contentsOf: ", y: ".utf8)
    y.appendCypherText(to: &text)
    if system.isThreeDimensional {
      text.append(contentsOf: ", z: ".utf8)
      z.appendCypherText(to: &text)
    }
    text.append(contentsOf: ", crs: '".utf8)
    text.append(contentsOf: system.name.utf8)
    text.append(contentsOf: "'})".utf8)
  }

  /// The text of the point.
  public var text: String {
    var text: [UInt8] = []
    appendText(to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}
