extension FunctionCatalogue {
  static let predicates: [Entry] = [
    Entry(
      .predicate,
      "all(variable :: VARIABLE IN list :: LIST<ANY> WHERE predicate :: ANY) :: BOOLEAN",
      "Whether a condition holds for every element."),
    Entry(
      .predicate,
      "allReduce(accumulator :: VARIABLE = initial :: ANY, variable :: VARIABLE IN list :: LIST<ANY> | reducer :: ANY, predicate :: BOOLEAN) :: BOOLEAN",
      "Whether a condition holds after each step of a fold.", .cypher25),
    Entry(
      .predicate,
      "any(variable :: VARIABLE IN list :: LIST<ANY> WHERE predicate :: ANY) :: BOOLEAN",
      "Whether a condition holds for at least one element."),
    Entry(
      .predicate, "exists(input :: ANY) :: BOOLEAN", "Whether a pattern occurs in the graph."),
    Entry(
      .predicate, "isEmpty(input :: STRING | MAP | LIST<ANY>) :: BOOLEAN",
      "Whether a text, map or list has nothing in it."),
    Entry(
      .predicate,
      "none(variable :: VARIABLE IN list :: LIST<ANY> WHERE predicate :: ANY) :: BOOLEAN",
      "Whether a condition holds for no element."),
    Entry(
      .predicate,
      "single(variable :: VARIABLE IN list :: LIST<ANY> WHERE predicate :: ANY) :: BOOLEAN",
      "Whether a condition holds for exactly one element."),
  ]

  static let lists: [Entry] = [
    Entry(
      .list, "allShortestPaths(pathPattern :: PATH) :: LIST<PATH>",
      "All paths of a pattern that are as short as can be."),
    Entry(
      .list, "coll.distinct(list :: LIST<ANY>) :: LIST<ANY>",
      "The elements of a list, each once.", .cypher25),
    Entry(
      .list, "coll.flatten(list :: LIST<ANY>) :: LIST<ANY>",
      "The list with the elements of inner lists in their place.", .cypher25),
    Entry(
      .list, "coll.flatten(list :: LIST<ANY>, depth :: INTEGER) :: LIST<ANY>",
      "The list with inner lists dissolved so many levels deep.", .cypher25),
    Entry(
      .list, "coll.indexOf(list :: LIST<ANY>, value :: ANY) :: INTEGER",
      "Where a value first stands in a list, counted from 0; -1 when nowhere.", .cypher25),
    Entry(
      .list, "coll.insert(list :: LIST<ANY>, index :: INTEGER, value :: ANY) :: LIST<ANY>",
      "The list with a value put in at a place.", .cypher25),
    Entry(
      .list, "coll.max(list :: LIST<ANY>) :: ANY",
      "The element that comes last in the order of all values.", .cypher25),
    Entry(
      .list, "coll.min(list :: LIST<ANY>) :: ANY",
      "The element that comes first in the order of all values.", .cypher25),
    Entry(
      .list, "coll.remove(list :: LIST<ANY>, index :: INTEGER) :: LIST<ANY>",
      "The list without the element at a place.", .cypher25),
    Entry(
      .list, "coll.sort(list :: LIST<ANY>) :: LIST<ANY>",
      "The elements in the order of all values.", .cypher25),
    Entry(
      .list, "keys(input :: NODE | RELATIONSHIP | MAP) :: LIST<STRING>",
      "The names of all properties or of all keys of a map."),
    Entry(.list, "labels(input :: NODE) :: LIST<STRING>", "The names of a node's labels."),
    Entry(.list, "nodes(input :: PATH) :: LIST<NODE>", "The nodes along a path."),
    Entry(
      .list, "range(start :: INTEGER, end :: INTEGER) :: LIST<INTEGER>",
      "The integers from one to another, both included."),
    Entry(
      .list, "range(start :: INTEGER, end :: INTEGER, step :: INTEGER) :: LIST<INTEGER>",
      "Every so manieth integer from one to another."),
    Entry(
      .list,
      "reduce(accumulator :: VARIABLE = initial :: ANY, variable :: VARIABLE IN list :: LIST<ANY> | expression :: ANY) :: ANY",
      "What is left when an expression has taken up one element after the other."),
    Entry(
      .list, "relationships(input :: PATH) :: LIST<RELATIONSHIP>",
      "The relationships along a path."),
    Entry(
      .path, "shortestPath(pathPattern :: PATH) :: PATH",
      "A path of a pattern that is as short as can be."),
    Entry(.list, "tail(input :: LIST<ANY>) :: LIST<ANY>", "The list without its first element."),
    Entry(
      .list, "toBooleanList(input :: LIST<ANY>) :: LIST<BOOLEAN>",
      "Each element as a truth value, or null where it stands for none."),
    Entry(
      .list, "toFloatList(input :: LIST<ANY>) :: LIST<FLOAT>",
      "Each element as FLOAT, or null where it stands for none."),
    Entry(
      .list, "toIntegerList(input :: LIST<ANY>) :: LIST<INTEGER>",
      "Each element as INTEGER, or null where it stands for none."),
    Entry(
      .list, "toStringList(input :: LIST<ANY>) :: LIST<STRING>",
      "Each element as text, or null where it has none."),
    Entry(
      .vector,
      "vector.similarity.cosine(a :: LIST<INTEGER | FLOAT>, b :: LIST<INTEGER | FLOAT>) :: FLOAT",
      "How alike two vectors are by the angle between them, from 0 to 1."),
    Entry(
      .vector,
      "vector.similarity.euclidean(a :: LIST<INTEGER | FLOAT>, b :: LIST<INTEGER | FLOAT>) :: FLOAT",
      "How alike two vectors are by the distance between them, from 0 to 1."),
  ]

  static let aggregates: [Entry] = [
    Entry(
      .aggregating,
      "avg(input :: INTEGER | FLOAT | DURATION) :: INTEGER | FLOAT | DURATION",
      "The mean of numbers or durations."),
    Entry(.aggregating, "collect(input :: ANY) :: LIST<ANY>", "All values that are not null."),
    Entry(
      .aggregating, "collect_list(input :: ANY) :: LIST<ANY>", "All values that are not null.",
      .cypher25),
    Entry(.aggregating, "count(input :: ANY) :: INTEGER", "How many values are not null."),
    Entry(
      .aggregating, "max(input :: ANY) :: ANY", "The value that comes last in the order of values."),
    Entry(
      .aggregating, "min(input :: ANY) :: ANY", "The value that comes first in the order of values."
    ),
    Entry(
      .aggregating, "percentileCont(input :: FLOAT, percentile :: FLOAT) :: FLOAT",
      "The percentile, interpolated between neighbours."),
    Entry(
      .aggregating,
      "percentileDisc(input :: INTEGER | FLOAT, percentile :: FLOAT) :: INTEGER | FLOAT",
      "The value nearest to the percentile."),
    Entry(
      .aggregating, "percentile_cont(input :: FLOAT, percentile :: FLOAT) :: FLOAT",
      "The percentile, interpolated between neighbours.", .cypher25),
    Entry(
      .aggregating,
      "percentile_disc(input :: INTEGER | FLOAT, percentile :: FLOAT) :: INTEGER | FLOAT",
      "The value nearest to the percentile.", .cypher25),
    Entry(
      .aggregating, "stDev(input :: FLOAT) :: FLOAT", "The standard deviation of a sample."),
    Entry(
      .aggregating, "stDevP(input :: FLOAT) :: FLOAT",
      "The standard deviation of a whole population."),
    Entry(
      .aggregating, "stdev_pop(input :: FLOAT) :: FLOAT",
      "The standard deviation of a whole population.", .cypher25),
    Entry(
      .aggregating, "stdev_samp(input :: FLOAT) :: FLOAT", "The standard deviation of a sample.",
      .cypher25),
    Entry(
      .aggregating,
      "sum(input :: INTEGER | FLOAT | DURATION) :: INTEGER | FLOAT | DURATION",
      "The sum of numbers or durations."),
  ]
}
