import Foundation
public import GraphValues

/// The time zones of the tz database that Foundation carries.
///
/// Foundation is touched only when a region is used. It keeps its zones itself, so that asking for
/// one by name costs little more than the question put to it.
public struct TimeZoneRules: ZoneRules {
  /// Makes the rules; they hold nothing.
  public init() {}

  /// The canonical spelling of a region's name in any letter case.
  public func regionName(_ text: String) -> String? {
    if let name = ZoneNames.canonical[text.lowercased()] { return name }
    // Names younger than the table: as the system spells them.
    guard text.contains("/"), let zone = TimeZone(identifier: text), zone.identifier == text,
      TimeZone.knownTimeZoneIdentifiers.contains(text)
    else { return nil }
    return text
  }

  /// The region's offset from UTC at an instant.
  public func offsetSeconds(of region: String, at epochSecond: Int64) -> Int32 {
    switch region {
    case "UTC", "GMT", "UT": return 0
    default: break
    }
    guard let zone = TimeZone(identifier: region) else { return 0 }
    let instant = Date(timeIntervalSince1970: Double(Self.withinRules(epochSecond)))
    return Int32(truncatingIfNeeded: zone.secondsFromGMT(for: instant))
  }

  /// An instant with the same rules within the centuries that Foundation handles.
  ///
  /// Rules of the far future repeat with the calendar, every 400 years; before the 19th century
  /// every place keeps its own mean time.
  private static func withinRules(_ epochSecond: Int64) -> Int64 {
    let year2000: Int64 = 946_684_800
    let cycle: Int64 = 146_097 * 86_400
    if epochSecond > year2000 + cycle {
      return year2000 + (epochSecond &- year2000) % cycle
    }
    return max(epochSecond, -100_000_000_000)
  }
}
