import GraphValues

/// Rules of two zones, as far as the test vectors need them.
struct TwoZones: ZoneRules {
  func regionName(_ text: String) -> String? {
    ["Europe/Paris", "America/New_York"].contains(text) ? text : nil
  }

  func offsetSeconds(of region: String, at epochSecond: Int64) -> Int32 {
    region == "Europe/Paris" ? 3600 : epochSecond > 1_710_000_000 ? -14400 : -18000
  }
}
