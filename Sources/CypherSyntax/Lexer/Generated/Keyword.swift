/// Words that the grammar knows.
///
/// None is reserved: each is a name wherever the grammar leaves no doubt.
public enum Keyword: UInt16, Hashable, Sendable, CaseIterable {
  /// The word `ACCESS`.
  case access
  /// The word `ACTIVE`.
  case active
  /// The word `ACYCLIC`.
  case acyclic
  /// The word `ADD`.
  case add
  /// The word `ADMIN`.
  case admin
  /// The word `ADMINISTRATOR`.
  case administrator
  /// The word `ALIAS`.
  case alias
  /// The word `ALIASES`.
  case aliases
  /// The word `ALL`.
  case all
  /// The word `ALLREDUCE`.
  case allreduce
  /// The word `ALLSHORTESTPATHS`.
  case allshortestpaths
  /// The word `ALTER`.
  case alter
  /// The word `ANALYZER`.
  case analyzer
  /// The word `AND`.
  case and
  /// The word `ANY`.
  case any
  /// The word `ARRAY`.
  case array
  /// The word `AS`.
  case `as`
  /// The word `ASC`.
  case asc
  /// The word `ASCENDING`.
  case ascending
  /// The word `ASSERT`.
  case assert
  /// The word `ASSIGN`.
  case assign
  /// The word `AT`.
  case at
  /// The word `AUTH`.
  case auth
  /// The word `BINDINGS`.
  case bindings
  /// The word `BOOL`.
  case bool
  /// The word `BOOLEAN`.
  case boolean
  /// The word `BREAK`.
  case `break`
  /// The word `BRIEF`.
  case brief
  /// The word `BTREE`.
  case btree
  /// The word `BUILT`.
  case built
  /// The word `BY`.
  case by
  /// The word `CALL`.
  case call
  /// The word `CASCADE`.
  case cascade
  /// The word `CASE`.
  case `case`
  /// The word `CHANGE`.
  case change
  /// The word `COLLECT`.
  case collect
  /// The word `COMMANDS`.
  case commands
  /// The word `COMMIT`.
  case commit
  /// The word `COMPOSITE`.
  case composite
  /// The word `CONCURRENT`.
  case concurrent
  /// The word `CONSTRAINT`.
  case constraint
  /// The word `CONSTRAINTS`.
  case constraints
  /// The word `CONTAINS`.
  case contains
  /// The word `CONTINUE`.
  case `continue`
  /// The word `COUNT`.
  case count
  /// The word `CREATE`.
  case create
  /// The word `CREDENTIAL`.
  case credential
  /// The word `CSV`.
  case csv
  /// The word `CURRENT`.
  case current
  /// The word `CYPHER`.
  case cypher
  /// The word `DATA`.
  case data
  /// The word `DATABASE`.
  case database
  /// The word `DATABASES`.
  case databases
  /// The word `DATE`.
  case date
  /// The word `DATETIME`.
  case datetime
  /// The word `DEALLOCATE`.
  case deallocate
  /// The word `DEFAULT`.
  case `default`
  /// The word `DEFINE`.
  case define
  /// The word `DEFINED`.
  case defined
  /// The word `DELETE`.
  case delete
  /// The word `DENY`.
  case deny
  /// The word `DESC`.
  case desc
  /// The word `DESCENDING`.
  case descending
  /// The word `DESTROY`.
  case destroy
  /// The word `DETACH`.
  case detach
  /// The word `DIFFERENT`.
  case different
  /// The word `DISJOINT`.
  case disjoint
  /// The word `DISTINCT`.
  case distinct
  /// The word `DRIVER`.
  case driver
  /// The word `DROP`.
  case drop
  /// The word `DRYRUN`.
  case dryrun
  /// The word `DUMP`.
  case dump
  /// The word `DURATION`.
  case duration
  /// The word `EACH`.
  case each
  /// The word `EDGE`.
  case edge
  /// The word `ELEMENT`.
  case element
  /// The word `ELEMENTS`.
  case elements
  /// The word `ELSE`.
  case `else`
  /// The word `ENABLE`.
  case enable
  /// The word `ENCRYPTED`.
  case encrypted
  /// The word `END`.
  case end
  /// The word `ENDS`.
  case ends
  /// The word `ERROR`.
  case error
  /// The word `EXECUTABLE`.
  case executable
  /// The word `EXECUTE`.
  case execute
  /// The word `EXIST`.
  case exist
  /// The word `EXISTENCE`.
  case existence
  /// The word `EXISTS`.
  case exists
  /// The word `EXPLAIN`.
  case explain
  /// The word `FAIL`.
  case fail
  /// The word `FALSE`.
  case `false`
  /// The word `FIELDTERMINATOR`.
  case fieldterminator
  /// The word `FILTER`.
  case filter
  /// The word `FINISH`.
  case finish
  /// The word `FLOAT`.
  case float
  /// The word `FLOAT32`.
  case float32
  /// The word `FLOAT64`.
  case float64
  /// The word `FOR`.
  case `for`
  /// The word `FOREACH`.
  case foreach
  /// The word `FORWARDING`.
  case forwarding
  /// The word `FROM`.
  case from
  /// The word `FULLTEXT`.
  case fulltext
  /// The word `FUNCTION`.
  case function
  /// The word `FUNCTIONS`.
  case functions
  /// The word `GRANT`.
  case grant
  /// The word `GRAPH`.
  case graph
  /// The word `GRAPHS`.
  case graphs
  /// The word `GROUP`.
  case group
  /// The word `GROUPS`.
  case groups
  /// The word `HEADERS`.
  case headers
  /// The word `HOME`.
  case home
  /// The word `ID`.
  case id
  /// The word `IF`.
  case `if`
  /// The word `IMMUTABLE`.
  case immutable
  /// The word `IN`.
  case `in`
  /// The word `INDEX`.
  case index
  /// The word `INDEXES`.
  case indexes
  /// The word `INF`.
  case inf
  /// The word `INFINITY`.
  case infinity
  /// The word `INSERT`.
  case insert
  /// The word `INT`.
  case int
  /// The word `INT16`.
  case int16
  /// The word `INT32`.
  case int32
  /// The word `INT64`.
  case int64
  /// The word `INT8`.
  case int8
  /// The word `INTEGER`.
  case integer
  /// The word `INTEGER16`.
  case integer16
  /// The word `INTEGER32`.
  case integer32
  /// The word `INTEGER64`.
  case integer64
  /// The word `INTEGER8`.
  case integer8
  /// The word `IS`.
  case `is`
  /// The word `JOIN`.
  case join
  /// The word `KEY`.
  case key
  /// The word `LABEL`.
  case label
  /// The word `LABELED`.
  case labeled
  /// The word `LABELS`.
  case labels
  /// The word `LANGUAGE`.
  case language
  /// The word `LET`.
  case `let`
  /// The word `LIMIT`.
  case limit
  /// The word `LIST`.
  case list
  /// The word `LOAD`.
  case load
  /// The word `LOCAL`.
  case local
  /// The word `LOOKUP`.
  case lookup
  /// The word `MAP`.
  case map
  /// The word `MATCH`.
  case match
  /// The word `MERGE`.
  case merge
  /// The word `NAN`.
  case nan
  /// The word `NATIVE`.
  case native
  /// The word `NEXT`.
  case next
  /// The word `NFC`.
  case nfc
  /// The word `NFD`.
  case nfd
  /// The word `NFKC`.
  case nfkc
  /// The word `NFKD`.
  case nfkd
  /// The word `NODE`.
  case node
  /// The word `NODES`.
  case nodes
  /// The word `NODETACH`.
  case nodetach
  /// The word `NONE`.
  case noneOf
  /// The word `NORMALIZED`.
  case normalized
  /// The word `NOT`.
  case not
  /// The word `NOTHING`.
  case nothing
  /// The word `NOWAIT`.
  case nowait
  /// The word `NULL`.
  case null
  /// The word `OF`.
  case of
  /// The word `OFFSET`.
  case offset
  /// The word `OIDC`.
  case oidc
  /// The word `ON`.
  case on
  /// The word `OPTION`.
  case option
  /// The word `OPTIONAL`.
  case optional
  /// The word `OPTIONS`.
  case options
  /// The word `OR`.
  case or
  /// The word `ORDER`.
  case order
  /// The word `PASSWORD`.
  case password
  /// The word `PASSWORDS`.
  case passwords
  /// The word `PATH`.
  case path
  /// The word `PATHS`.
  case paths
  /// The word `PERIODIC`.
  case periodic
  /// The word `PLAINTEXT`.
  case plaintext
  /// The word `POINT`.
  case point
  /// The word `POPULATED`.
  case populated
  /// The word `PRIMARIES`.
  case primaries
  /// The word `PRIMARY`.
  case primary
  /// The word `PRIVILEGE`.
  case privilege
  /// The word `PRIVILEGES`.
  case privileges
  /// The word `PROCEDURE`.
  case procedure
  /// The word `PROCEDURES`.
  case procedures
  /// The word `PROFILE`.
  case profile
  /// The word `PROPERTIES`.
  case properties
  /// The word `PROPERTY`.
  case property
  /// The word `PROVIDER`.
  case provider
  /// The word `RANGE`.
  case range
  /// The word `READ`.
  case read
  /// The word `REALLOCATE`.
  case reallocate
  /// The word `REDUCE`.
  case reduce
  /// The word `REL`.
  case rel
  /// The word `RELATIONSHIP`.
  case relationship
  /// The word `RELATIONSHIPS`.
  case relationships
  /// The word `REMOVE`.
  case remove
  /// The word `RENAME`.
  case rename
  /// The word `REPEATABLE`.
  case repeatable
  /// The word `REPLACE`.
  case replace
  /// The word `REPORT`.
  case report
  /// The word `REQUIRE`.
  case require
  /// The word `REQUIRED`.
  case required
  /// The word `RESTRICT`.
  case restrict
  /// The word `RETRY`.
  case retry
  /// The word `RETURN`.
  case `return`
  /// The word `REVOKE`.
  case revoke
  /// The word `ROLE`.
  case role
  /// The word `ROLES`.
  case roles
  /// The word `ROW`.
  case row
  /// The word `ROWS`.
  case rows
  /// The word `SCAN`.
  case scan
  /// The word `SCORE`.
  case score
  /// The word `SEARCH`.
  case search
  /// The word `SEC`.
  case sec
  /// The word `SECOND`.
  case second
  /// The word `SECONDARIES`.
  case secondaries
  /// The word `SECONDARY`.
  case secondary
  /// The word `SECONDS`.
  case seconds
  /// The word `SEEK`.
  case seek
  /// The word `SERVER`.
  case server
  /// The word `SERVERS`.
  case servers
  /// The word `SET`.
  case set
  /// The word `SETTING`.
  case setting
  /// The word `SETTINGS`.
  case settings
  /// The word `SHORTEST`.
  case shortest
  /// The word `SHORTESTPATH`.
  case shortestpath
  /// The word `SHOW`.
  case show
  /// The word `SIGNED`.
  case signed
  /// The word `SINGLE`.
  case single
  /// The word `SKIP`.
  case skip
  /// The word `START`.
  case start
  /// The word `STARTS`.
  case starts
  /// The word `STATUS`.
  case status
  /// The word `STOP`.
  case stop
  /// The word `STRING`.
  case string
  /// The word `SUPPORTED`.
  case supported
  /// The word `SUSPENDED`.
  case suspended
  /// The word `TARGET`.
  case target
  /// The word `TERMINATE`.
  case terminate
  /// The word `TEXT`.
  case text
  /// The word `THEN`.
  case then
  /// The word `TIME`.
  case time
  /// The word `TIMESTAMP`.
  case timestamp
  /// The word `TIMEZONE`.
  case timezone
  /// The word `TO`.
  case to
  /// The word `TOPOLOGY`.
  case topology
  /// The word `TRAIL`.
  case trail
  /// The word `TRANSACTION`.
  case transaction
  /// The word `TRANSACTIONS`.
  case transactions
  /// The word `TRUE`.
  case `true`
  /// The word `TYPE`.
  case type
  /// The word `TYPED`.
  case typed
  /// The word `TYPES`.
  case types
  /// The word `UNION`.
  case union
  /// The word `UNIQUE`.
  case unique
  /// The word `UNIQUENESS`.
  case uniqueness
  /// The word `UNWIND`.
  case unwind
  /// The word `USE`.
  case use
  /// The word `USER`.
  case user
  /// The word `USERS`.
  case users
  /// The word `USING`.
  case using
  /// The word `UUID`.
  case uuid
  /// The word `VALUE`.
  case value
  /// The word `VARCHAR`.
  case varchar
  /// The word `VECTOR`.
  case vector
  /// The word `VERBOSE`.
  case verbose
  /// The word `VERTEX`.
  case vertex
  /// The word `WAIT`.
  case wait
  /// The word `WALK`.
  case walk
  /// The word `WHEN`.
  case when
  /// The word `WHERE`.
  case `where`
  /// The word `WITH`.
  case with
  /// The word `WITHOUT`.
  case without
  /// The word `WRITE`.
  case write
  /// The word `XOR`.
  case xor
  /// The word `YIELD`.
  case yield
  /// The word `ZONE`.
  case zone
  /// The word `ZONED`.
  case zoned
}

extension Keyword {
  /// The word in upper case.
  public var text: String { Self.texts[Int(rawValue)] }

  private static let texts: [String] = [
    "ACCESS",
    "ACTIVE",
    "ACYCLIC",
    "ADD",
    "ADMIN",
    "ADMINISTRATOR",
    "ALIAS",
    "ALIASES",
    "ALL",
    "ALLREDUCE",
    "ALLSHORTESTPATHS",
    "ALTER",
    "ANALYZER",
    "AND",
    "ANY",
    "ARRAY",
    "AS",
    "ASC",
    "ASCENDING",
    "ASSERT",
    "ASSIGN",
    "AT",
    "AUTH",
    "BINDINGS",
    "BOOL",
    "BOOLEAN",
    "BREAK",
    "BRIEF",
    "BTREE",
    "BUILT",
    "BY",
    "CALL",
    "CASCADE",
    "CASE",
    "CHANGE",
    "COLLECT",
    "COMMANDS",
    "COMMIT",
    "COMPOSITE",
    "CONCURRENT",
    "CONSTRAINT",
    "CONSTRAINTS",
    "CONTAINS",
    "CONTINUE",
    "COUNT",
    "CREATE",
    "CREDENTIAL",
    "CSV",
    "CURRENT",
    "CYPHER",
    "DATA",
    "DATABASE",
    "DATABASES",
    "DATE",
    "DATETIME",
    "DEALLOCATE",
    "DEFAULT",
    "DEFINE",
    "DEFINED",
    "DELETE",
    "DENY",
    "DESC",
    "DESCENDING",
    "DESTROY",
    "DETACH",
    "DIFFERENT",
    "DISJOINT",
    "DISTINCT",
    "DRIVER",
    "DROP",
    "DRYRUN",
    "DUMP",
    "DURATION",
    "EACH",
    "EDGE",
    "ELEMENT",
    "ELEMENTS",
    "ELSE",
    "ENABLE",
    "ENCRYPTED",
    "END",
    "ENDS",
    "ERROR",
    "EXECUTABLE",
    "EXECUTE",
    "EXIST",
    "EXISTENCE",
    "EXISTS",
    "EXPLAIN",
    "FAIL",
    "FALSE",
    "FIELDTERMINATOR",
    "FILTER",
    "FINISH",
    "FLOAT",
    "FLOAT32",
    "FLOAT64",
    "FOR",
    "FOREACH",
    "FORWARDING",
    "FROM",
    "FULLTEXT",
    "FUNCTION",
    "FUNCTIONS",
    "GRANT",
    "GRAPH",
    "GRAPHS",
    "GROUP",
    "GROUPS",
    "HEADERS",
    "HOME",
    "ID",
    "IF",
    "IMMUTABLE",
    "IN",
    "INDEX",
    "INDEXES",
    "INF",
    "INFINITY",
    "INSERT",
    "INT",
    "INT16",
    "INT32",
    "INT64",
    "INT8",
    "INTEGER",
    "INTEGER16",
    "INTEGER32",
    "INTEGER64",
    "INTEGER8",
    "IS",
    "JOIN",
    "KEY",
    "LABEL",
    "LABELED",
    "LABELS",
    "LANGUAGE",
    "LET",
    "LIMIT",
    "LIST",
    "LOAD",
    "LOCAL",
    "LOOKUP",
    "MAP",
    "MATCH",
    "MERGE",
    "NAN",
    "NATIVE",
    "NEXT",
    "NFC",
    "NFD",
    "NFKC",
    "NFKD",
    "NODE",
    "NODES",
    "NODETACH",
    "NONE",
    "NORMALIZED",
    "NOT",
    "NOTHING",
    "NOWAIT",
    "NULL",
    "OF",
    "OFFSET",
    "OIDC",
    "ON",
    "OPTION",
    "OPTIONAL",
    "OPTIONS",
    "OR",
    "ORDER",
    "PASSWORD",
    "PASSWORDS",
    "PATH",
    "PATHS",
    "PERIODIC",
    "PLAINTEXT",
    "POINT",
    "POPULATED",
    "PRIMARIES",
    "PRIMARY",
    "PRIVILEGE",
    "PRIVILEGES",
    "PROCEDURE",
    "PROCEDURES",
    "PROFILE",
    "PROPERTIES",
    "PROPERTY",
    "PROVIDER",
    "RANGE",
    "READ",
    "REALLOCATE",
    "REDUCE",
    "REL",
    "RELATIONSHIP",
    "RELATIONSHIPS",
    "REMOVE",
    "RENAME",
    "REPEATABLE",
    "REPLACE",
    "REPORT",
    "REQUIRE",
    "REQUIRED",
    "RESTRICT",
    "RETRY",
    "RETURN",
    "REVOKE",
    "ROLE",
    "ROLES",
    "ROW",
    "ROWS",
    "SCAN",
    "SCORE",
    "SEARCH",
    "SEC",
    "SECOND",
    "SECONDARIES",
    "SECONDARY",
    "SECONDS",
    "SEEK",
    "SERVER",
    "SERVERS",
    "SET",
    "SETTING",
    "SETTINGS",
    "SHORTEST",
    "SHORTESTPATH",
    "SHOW",
    "SIGNED",
    "SINGLE",
    "SKIP",
    "START",
    "STARTS",
    "STATUS",
    "STOP",
    "STRING",
    "SUPPORTED",
    "SUSPENDED",
    "TARGET",
    "TERMINATE",
    "TEXT",
    "THEN",
    "TIME",
    "TIMESTAMP",
    "TIMEZONE",
    "TO",
    "TOPOLOGY",
    "TRAIL",
    "TRANSACTION",
    "TRANSACTIONS",
    "TRUE",
    "TYPE",
    "TYPED",
    "TYPES",
    "UNION",
    "UNIQUE",
    "UNIQUENESS",
    "UNWIND",
    "USE",
    "USER",
    "USERS",
    "USING",
    "UUID",
    "VALUE",
    "VARCHAR",
    "VECTOR",
    "VERBOSE",
    "VERTEX",
    "WAIT",
    "WALK",
    "WHEN",
    "WHERE",
    "WITH",
    "WITHOUT",
    "WRITE",
    "XOR",
    "YIELD",
    "ZONE",
    "ZONED",
  ]
}
