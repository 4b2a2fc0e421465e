/// Probes that Nacre means to answer otherwise than the recorded server, each with its reason; they are
/// not judged.
enum OwnAnswers {
  private static let databases =
    "databases are created, dropped, started, stopped and altered here; the community edition refuses"
  private static let aliases = "databases have aliases here; the community edition refuses"
  private static let home = "users have home databases here; the community edition refuses"

  private static let constraints =
    "constraints of keys, existence and types are here; the community edition refuses them"

  static let reasons: [String: String] = [
    "admin.constraint.10": constraints, "admin.constraint.13": constraints,
    "admin.constraint.15": constraints, "admin.constraint.16": constraints,
    "admin.constraint.17": constraints, "admin.constraint.18": constraints,
    "admin.constraint.19": constraints, "errors.constraint.31": constraints,
    "errors.constraint.34": constraints,
    "errors.use.20": databases, "errors.use.21": databases, "errors.use.22": databases,
    "errors.use.23": databases, "errors.use.24": databases, "errors.use.42": aliases,
    "admin.dbadmin.1": databases, "admin.dbadmin.5": databases, "admin.dbadmin.6": databases,
    "admin.dbadmin.7": databases, "admin.dbadmin.8": databases, "admin.dbadmin.9": databases,
    "admin.dbadmin.11": databases, "admin.dbadmin.12": databases, "admin.dbadmin.16": databases,
    "admin.dbadmin.17": databases, "admin.dbadmin.18": databases, "admin.dbadmin.20": databases,
    "admin.dbadmin.21": databases, "admin.dbadmin.22": databases, "admin.dbadmin.23": databases,
    "admin.dbadmin.25": databases, "admin.dbadmin.26": databases, "admin.dbadmin.49": databases,
    "admin.dbadmin.50": databases,
    "admin.dbadmin.34": aliases, "admin.dbadmin.37": aliases, "admin.dbadmin.38": aliases,
    "admin.dbadmin.39": aliases, "admin.dbadmin.40": aliases,
    "admin.users.34": home, "admin.users.46": home, "admin.users.47": home,
  ]
}
