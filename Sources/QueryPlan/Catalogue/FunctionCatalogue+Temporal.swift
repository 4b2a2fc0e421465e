extension FunctionCatalogue {
  static let temporals: [Entry] = instants + clocks + durations

  private static let instants: [Entry] = [
    Entry(
      .temporal, "date(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: DATE",
      "A date from text or parts; without argument the current one.", .cypher5),
    Entry(
      .temporal,
      "date(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY, pattern = DEFAULT_TEMPORAL_ARGUMENT :: STRING) :: DATE",
      "A date from text or parts; without argument the current one.", .cypher25),
    Entry(
      .temporal,
      "date.truncate(unit :: STRING, input = DEFAULT_TEMPORAL_ARGUMENT :: ANY, fields = null :: MAP) :: DATE",
      "The start of the unit of time that an instant lies in, as a date."),
    Entry(
      .temporal, "datetime(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: ZONED DATETIME",
      "A date and time with a zone from text or parts; without argument the current one.", .cypher5),
    Entry(
      .temporal,
      "datetime(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY, pattern = DEFAULT_TEMPORAL_ARGUMENT :: STRING) :: ZONED DATETIME",
      "A date and time with a zone from text or parts; without argument the current one.", .cypher25
    ),
    Entry(
      .temporal,
      "datetime.truncate(unit :: STRING, input = DEFAULT_TEMPORAL_ARGUMENT :: ANY, fields = null :: MAP) :: ZONED DATETIME",
      "The start of the unit of time that an instant lies in, as a date and time with a zone."),
    Entry(
      .temporal, "localdatetime(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: LOCAL DATETIME",
      "A date and time without a zone from text or parts; without argument the current one.",
      .cypher5),
    Entry(
      .temporal,
      "localdatetime(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY, pattern = DEFAULT_TEMPORAL_ARGUMENT :: STRING) :: LOCAL DATETIME",
      "A date and time without a zone from text or parts; without argument the current one.",
      .cypher25),
    Entry(
      .temporal,
      "localdatetime.truncate(unit :: STRING, input = DEFAULT_TEMPORAL_ARGUMENT :: ANY, fields = null :: MAP) :: LOCAL DATETIME",
      "The start of the unit of time that an instant lies in, as a date and time without a zone."),
    Entry(
      .temporal, "localtime(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: LOCAL TIME",
      "A time of day without a zone from text or parts; without argument the current one.", .cypher5
    ),
    Entry(
      .temporal,
      "localtime(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY, pattern = DEFAULT_TEMPORAL_ARGUMENT :: STRING) :: LOCAL TIME",
      "A time of day without a zone from text or parts; without argument the current one.",
      .cypher25),
    Entry(
      .temporal,
      "localtime.truncate(unit :: STRING, input = DEFAULT_TEMPORAL_ARGUMENT :: ANY, fields = null :: MAP) :: LOCAL TIME",
      "The start of the unit of time that an instant lies in, as a time of day without a zone."),
    Entry(
      .temporal, "time(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: ZONED TIME",
      "A time of day with an offset from text or parts; without argument the current one.", .cypher5
    ),
    Entry(
      .temporal,
      "time(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY, pattern = DEFAULT_TEMPORAL_ARGUMENT :: STRING) :: ZONED TIME",
      "A time of day with an offset from text or parts; without argument the current one.",
      .cypher25),
    Entry(
      .temporal,
      "time.truncate(unit :: STRING, input = DEFAULT_TEMPORAL_ARGUMENT :: ANY, fields = null :: MAP) :: ZONED TIME",
      "The start of the unit of time that an instant lies in, as a time of day with an offset."),
    Entry(
      .temporal, "local_datetime(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: LOCAL DATETIME",
      "A date and time without a zone from text or parts; without argument the current one.",
      .cypher25),
    Entry(
      .temporal,
      "local_datetime(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY, pattern = DEFAULT_TEMPORAL_ARGUMENT :: STRING) :: LOCAL DATETIME",
      "A date and time without a zone from text in a pattern of its own.", .cypher25),
    Entry(
      .temporal, "local_time(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: LOCAL TIME",
      "A time of day without a zone from text or parts; without argument the current one.",
      .cypher25),
    Entry(
      .temporal,
      "local_time(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY, pattern = DEFAULT_TEMPORAL_ARGUMENT :: STRING) :: LOCAL TIME",
      "A time of day without a zone from text in a pattern of its own.", .cypher25),
    Entry(
      .temporal, "zoned_datetime(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: ZONED DATETIME",
      "A date and time with a zone from text or parts; without argument the current one.", .cypher25
    ),
    Entry(
      .temporal,
      "zoned_datetime(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY, pattern = DEFAULT_TEMPORAL_ARGUMENT :: STRING) :: ZONED DATETIME",
      "A date and time with a zone from text in a pattern of its own.", .cypher25),
    Entry(
      .temporal, "zoned_time(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: ZONED TIME",
      "A time of day with an offset from text or parts; without argument the current one.",
      .cypher25),
    Entry(
      .temporal,
      "zoned_time(input = DEFAULT_TEMPORAL_ARGUMENT :: ANY, pattern = DEFAULT_TEMPORAL_ARGUMENT :: STRING) :: ZONED TIME",
      "A time of day with an offset from text in a pattern of its own.", .cypher25),
    Entry(
      .temporal,
      "datetime.fromepoch(seconds :: INTEGER | FLOAT, nanoseconds :: INTEGER | FLOAT) :: ZONED DATETIME",
      "The instant so many seconds and nanoseconds after the start of 1970."),
    Entry(
      .temporal, "datetime.fromepochmillis(milliseconds :: INTEGER | FLOAT) :: ZONED DATETIME",
      "The instant so many milliseconds after the start of 1970."),
    Entry(
      .temporal,
      "format(value :: DATE | LOCAL TIME | ZONED TIME | LOCAL DATETIME | ZONED DATETIME | DURATION) :: STRING",
      "The ISO 8601 text of a temporal value.", .cypher25),
    Entry(
      .temporal,
      "format(value :: DATE | LOCAL TIME | ZONED TIME | LOCAL DATETIME | ZONED DATETIME | DURATION, pattern :: STRING) :: STRING",
      "The text of a temporal value in a pattern of its own.", .cypher25),
  ]

  private static let clocks: [Entry] = [
    Entry(
      .temporal, "date.realtime(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: DATE",
      "The current date, read at each call."),
    Entry(
      .temporal, "date.statement(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: DATE",
      "The current date, of when the statement began."),
    Entry(
      .temporal, "date.transaction(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: DATE",
      "The current date, of when the transaction began."),
    Entry(
      .temporal, "datetime.realtime(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: ZONED DATETIME",
      "The current date and time with a zone, read at each call."),
    Entry(
      .temporal,
      "datetime.statement(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: ZONED DATETIME",
      "The current date and time with a zone, of when the statement began."),
    Entry(
      .temporal,
      "datetime.transaction(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: ZONED DATETIME",
      "The current date and time with a zone, of when the transaction began."),
    Entry(
      .temporal,
      "localdatetime.realtime(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: LOCAL DATETIME",
      "The current date and time without a zone, read at each call."),
    Entry(
      .temporal,
      "localdatetime.statement(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: LOCAL DATETIME",
      "The current date and time without a zone, of when the statement began."),
    Entry(
      .temporal,
      "localdatetime.transaction(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: LOCAL DATETIME",
      "The current date and time without a zone, of when the transaction began."),
    Entry(
      .temporal, "localtime.realtime(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: LOCAL TIME",
      "The current time of day without a zone, read at each call."),
    Entry(
      .temporal, "localtime.statement(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: LOCAL TIME",
      "The current time of day without a zone, of when the statement began."),
    Entry(
      .temporal, "localtime.transaction(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: LOCAL TIME",
      "The current time of day without a zone, of when the transaction began."),
    Entry(
      .temporal, "time.realtime(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: ZONED TIME",
      "The current time of day with an offset, read at each call."),
    Entry(
      .temporal, "time.statement(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: ZONED TIME",
      "The current time of day with an offset, of when the statement began."),
    Entry(
      .temporal, "time.transaction(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: ZONED TIME",
      "The current time of day with an offset, of when the transaction began."),
  ]

  private static let durations: [Entry] = [
    Entry(
      .temporal, "duration(input :: ANY) :: DURATION", "A duration from text or parts.", .cypher5),
    Entry(
      .temporal,
      "duration(input :: ANY, pattern = DEFAULT_TEMPORAL_ARGUMENT :: STRING) :: DURATION",
      "A duration from text or parts.", .cypher25),
    Entry(
      .temporal, "duration.between(from :: ANY, to :: ANY) :: DURATION",
      "The time between two instants in months, days, seconds and nanoseconds."),
    Entry(
      .temporal, "duration.inDays(from :: ANY, to :: ANY) :: DURATION",
      "The time between two instants in whole days."),
    Entry(
      .temporal, "duration.inMonths(from :: ANY, to :: ANY) :: DURATION",
      "The time between two instants in whole months."),
    Entry(
      .temporal, "duration.inSeconds(from :: ANY, to :: ANY) :: DURATION",
      "The time between two instants in seconds and nanoseconds."),
    Entry(
      .temporal, "duration_between(from :: ANY, to :: ANY) :: DURATION",
      "The time between two instants in months, days, seconds and nanoseconds.", .cypher25),
  ]

  static let spatials: [Entry] = [
    Entry(
      .graph, "graph.byElementId(elementId :: STRING) :: GRAPH",
      "The graph that holds the element of an id."),
    Entry(.graph, "graph.byName(name :: STRING) :: GRAPH", "The graph of a name."),
    Entry(.spatial, "point(input :: MAP) :: POINT", "A point from its coordinates."),
    Entry(
      .spatial, "point.distance(from :: POINT, to :: POINT) :: FLOAT",
      "The distance of two points of one coordinate system, in metres on the globe."),
    Entry(
      .spatial,
      "point.withinBBox(point :: POINT, lowerLeft :: POINT, upperRight :: POINT) :: BOOLEAN",
      "Whether a point lies within a box given by two corners."),
  ]
}
