/// A version of the protocol, and what it can do.
public struct BoltVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The part in front of the dot.
  public let major: UInt8
  /// The part behind the dot.
  public let minor: UInt8

  /// Makes a version.
  public init(_ major: UInt8, _ minor: UInt8) {
    self.major = major
    self.minor = minor
  }

  /// Such as `5.8`.
  public var description: String { "\(major).\(minor)" }

  /// Orders by age.
  public static func < (left: BoltVersion, right: BoltVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }

  /// What the server end speaks, newest first; nobody ever spoke 5.5.
  public static let served: [BoltVersion] = [
    BoltVersion(6, 0), BoltVersion(5, 8), BoltVersion(5, 7), BoltVersion(5, 6), BoltVersion(5, 4),
    BoltVersion(5, 3), BoltVersion(5, 2), BoltVersion(5, 1), BoltVersion(5, 0), BoltVersion(4, 4),
  ]

  /// What the server end speaks without offering it.
  ///
  /// 6.1 differs from 6.0 by UUIDs as values, which no database here has.
  public static let unlisted: [BoltVersion] = [BoltVersion(6, 1)]

  /// What the client end speaks, newest first.
  public static let spoken: [BoltVersion] =
    served + [BoltVersion(4, 3), BoltVersion(4, 2), BoltVersion(4, 1), BoltVersion(4, 0)]

  /// Whether nodes and relationships carry their ids as text.
  public var hasElementIDs: Bool { major >= 5 }
  /// Whether credentials come in a LOGON of their own.
  public var hasLogon: Bool { self >= BoltVersion(5, 1) }
  /// Whether HELLO names the driver.
  public var hasBoltAgent: Bool { self >= BoltVersion(5, 3) }
  /// Whether there are filters for notifications.
  public var hasNotificationFilters: Bool { self >= BoltVersion(5, 2) }
  /// Whether TELEMETRY exists.
  public var hasTelemetry: Bool { self >= BoltVersion(5, 4) }
  /// Whether summaries carry GQL statuses in place of notifications.
  public var hasStatuses: Bool { self >= BoltVersion(5, 6) }
  /// Whether failures carry GQL statuses.
  public var hasGQLFailures: Bool { self >= BoltVersion(5, 7) }
  /// Whether replies to RUN and BEGIN tell the home database.
  public var tellsHomeDatabase: Bool { self >= BoltVersion(5, 8) }
  /// Whether UUIDs are values.
  public var hasUUIDs: Bool { self >= BoltVersion(6, 1) }
  /// Whether ROUTE exists.
  public var hasRoute: Bool { self >= BoltVersion(4, 3) }
  /// Whether HELLO may carry a routing context.
  public var hasRoutingContext: Bool { self >= BoltVersion(4, 1) }
  /// Whether hints may come with the reply to HELLO.
  public var hasHints: Bool { self >= BoltVersion(4, 3) }
  /// Whether date-times in UTC can be agreed on, rather than being there always.
  public var mayPatchUTC: Bool { self == BoltVersion(4, 3) || self == BoltVersion(4, 4) }
}

/// How values are written on one connection.
public struct PackStreamDialect: Hashable, Sendable {
  /// The version agreed on.
  public var version: BoltVersion
  /// Whether date-times carry UTC seconds rather than those of their local clock.
  public var usesUTC: Bool

  /// Makes a dialect; `patchedUTC` tells whether the `utc` patch was agreed on, which counts in 4.3
  /// and 4.4 only.
  public init(_ version: BoltVersion, patchedUTC: Bool = false) {
    self.version = version
    usesUTC = version.major >= 5 || (version.mayPatchUTC && patchedUTC)
  }
}
