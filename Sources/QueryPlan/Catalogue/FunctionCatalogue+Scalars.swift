extension FunctionCatalogue {
  static let numbers: [Entry] = [
    Entry(
      .numeric, "abs(input :: INTEGER | FLOAT) :: INTEGER | FLOAT",
      "The number without its sign."),
    Entry(.trigonometric, "acos(input :: FLOAT) :: FLOAT", "The angle whose cosine is given."),
    Entry(.trigonometric, "asin(input :: FLOAT) :: FLOAT", "The angle whose sine is given."),
    Entry(.trigonometric, "atan(input :: FLOAT) :: FLOAT", "The angle whose tangent is given."),
    Entry(
      .trigonometric, "atan2(y :: FLOAT, x :: FLOAT) :: FLOAT",
      "The angle of the point (x, y) seen from the origin."),
    Entry(.numeric, "ceil(input :: FLOAT) :: FLOAT", "The least whole number not below the input."),
    Entry(
      .numeric, "ceiling(input :: FLOAT) :: FLOAT",
      "The least whole number not below the input.", .cypher25),
    Entry(.trigonometric, "cos(input :: FLOAT) :: FLOAT", "The cosine of an angle in radians."),
    Entry(.trigonometric, "cosh(input :: FLOAT) :: FLOAT", "The hyperbolic cosine.", .cypher25),
    Entry(.trigonometric, "cot(input :: FLOAT) :: FLOAT", "The cotangent of an angle in radians."),
    Entry(
      .trigonometric, "coth(input :: FLOAT) :: FLOAT", "The hyperbolic cotangent.", .cypher25),
    Entry(.trigonometric, "degrees(input :: FLOAT) :: FLOAT", "An angle in radians as degrees."),
    Entry(.logarithmic, "e() :: FLOAT", "The base of natural logarithms."),
    Entry(.logarithmic, "exp(input :: FLOAT) :: FLOAT", "The base e raised to the input."),
    Entry(
      .numeric, "floor(input :: FLOAT) :: FLOAT", "The greatest whole number not above the input."),
    Entry(
      .trigonometric, "haversin(input :: FLOAT) :: FLOAT",
      "Half of the versine of an angle in radians."),
    Entry(
      .numeric, "isNaN(input :: INTEGER | FLOAT) :: BOOLEAN", "Whether a number is not a number."),
    Entry(.logarithmic, "ln(input :: FLOAT) :: FLOAT", "The natural logarithm.", .cypher25),
    Entry(.logarithmic, "log(input :: FLOAT) :: FLOAT", "The natural logarithm."),
    Entry(.logarithmic, "log10(input :: FLOAT) :: FLOAT", "The logarithm to base 10."),
    Entry(
      .trigonometric, "pi() :: FLOAT", "The ratio of a circle's circumference to its diameter."),
    Entry(.trigonometric, "radians(input :: FLOAT) :: FLOAT", "An angle in degrees as radians."),
    Entry(.numeric, "rand() :: FLOAT", "A random number from 0 up to but not including 1."),
    Entry(
      .numeric, "round(value :: FLOAT) :: FLOAT", "The nearest whole number; ties go upwards."),
    Entry(
      .numeric, "round(value :: FLOAT, precision :: INTEGER | FLOAT) :: FLOAT",
      "The number rounded to so many decimals; ties go away from zero."),
    Entry(
      .numeric, "round(value :: FLOAT, precision :: INTEGER | FLOAT, mode :: STRING) :: FLOAT",
      "The number rounded to so many decimals in the given mode."),
    Entry(.numeric, "sign(input :: INTEGER | FLOAT) :: INTEGER", "-1, 0 or 1 by the sign."),
    Entry(.trigonometric, "sin(input :: FLOAT) :: FLOAT", "The sine of an angle in radians."),
    Entry(.trigonometric, "sinh(input :: FLOAT) :: FLOAT", "The hyperbolic sine.", .cypher25),
    Entry(.logarithmic, "sqrt(input :: FLOAT) :: FLOAT", "The square root."),
    Entry(.trigonometric, "tan(input :: FLOAT) :: FLOAT", "The tangent of an angle in radians."),
    Entry(.trigonometric, "tanh(input :: FLOAT) :: FLOAT", "The hyperbolic tangent.", .cypher25),
  ]

  static let strings: [Entry] = [
    Entry(.string, "btrim(input :: STRING) :: STRING", "The text without blanks at both ends."),
    Entry(
      .string, "btrim(input :: STRING, trimCharacterString :: STRING) :: STRING",
      "The text without any of the given characters at both ends."),
    Entry(
      .string, "left(original :: STRING, length :: INTEGER) :: STRING",
      "The first characters of a text."),
    Entry(.string, "lower(input :: STRING) :: STRING", "The text in lower case."),
    Entry(.string, "ltrim(input :: STRING) :: STRING", "The text without blanks at its start."),
    Entry(
      .string, "ltrim(input :: STRING, trimCharacterString :: STRING) :: STRING",
      "The text without any of the given characters at its start."),
    Entry(
      .string, "normalize(input :: STRING) :: STRING", "The text in Unicode normal form NFC."),
    Entry(
      .string,
      "normalize(input :: STRING, normalForm = NFC :: [NFC, NFD, NFKC, NFKD]) :: STRING",
      "The text in the given Unicode normal form."),
    Entry(
      .string, "replace(original :: STRING, search :: STRING, replace :: STRING) :: STRING",
      "The text with each occurrence of one part replaced by another."),
    Entry(
      .string,
      "replace(original :: STRING, search :: STRING, replace :: STRING, limit :: INTEGER) :: STRING",
      "The text with the first so many occurrences of one part replaced by another.", .cypher25),
    Entry(
      .string, "reverse(input :: STRING | LIST<ANY>) :: STRING | LIST<ANY>",
      "The text or list from its end to its start."),
    Entry(
      .string, "right(original :: STRING, length :: INTEGER) :: STRING",
      "The last characters of a text."),
    Entry(.string, "rtrim(input :: STRING) :: STRING", "The text without blanks at its end."),
    Entry(
      .string, "rtrim(input :: STRING, trimCharacterString :: STRING) :: STRING",
      "The text without any of the given characters at its end."),
    Entry(
      .string,
      "split(original :: STRING, splitDelimiters :: STRING | LIST<STRING>) :: LIST<STRING>",
      "The pieces of a text between delimiters."),
    Entry(
      .string, "string.indexOf(input :: STRING, value :: STRING) :: INTEGER",
      "Where a part first occurs in a text, counted from 0; -1 when nowhere.", .cypher25),
    Entry(
      .string, "string.join(input :: LIST<STRING>, delimiter :: STRING) :: STRING",
      "The texts of a list in one, with a delimiter between them.", .cypher25),
    Entry(
      .string,
      "string.regexReplace(original :: STRING, regex :: STRING, replacement :: STRING) :: STRING",
      "The text with each match of a regular expression replaced.", .cypher25),
    Entry(
      .string, "substring(original :: STRING, start :: INTEGER) :: STRING",
      "The text from a position on, counted from 0."),
    Entry(
      .string, "substring(original :: STRING, start :: INTEGER, length :: INTEGER) :: STRING",
      "So many characters of a text from a position on, counted from 0."),
    Entry(.string, "toLower(input :: STRING) :: STRING", "The text in lower case."),
    Entry(
      .string, "toString(input :: ANY) :: STRING",
      "The text of a number, boolean, point or temporal value.", .cypher5),
    Entry(.string, "toString(input :: ANY) :: STRING", "The text of a value.", .cypher25),
    Entry(
      .string, "toStringOrNull(input :: ANY) :: STRING",
      "The text of a value, or null where it has none."),
    Entry(.string, "toUpper(input :: STRING) :: STRING", "The text in upper case."),
    Entry(.string, "trim(input :: STRING) :: STRING", "The text without blanks at both ends."),
    Entry(
      .string,
      "trim([[LEADING | TRAILING | BOTH] [trimCharacterString :: STRING] FROM] input :: STRING) :: STRING",
      "The text without the given character at one end or both."),
    Entry(.string, "upper(input :: STRING) :: STRING", "The text in upper case."),
  ]

  static let scalars: [Entry] = [
    Entry(
      .scalar, "cardinality(input :: MAP | LIST<ANY> | PATH) :: INTEGER",
      "How many parts a map, list or path has.", .cypher25),
    Entry(.scalar, "char_length(input :: STRING) :: INTEGER", "How many characters a text has."),
    Entry(
      .scalar, "character_length(input :: STRING) :: INTEGER", "How many characters a text has."),
    Entry(.scalar, "coalesce(input :: ANY) :: ANY", "The first argument that is not null."),
    Entry(
      .scalar, "elementId(input :: NODE | RELATIONSHIP) :: STRING",
      "The id of a node or relationship as text."),
    Entry(
      .scalar, "endNode(input :: RELATIONSHIP) :: NODE", "The node that a relationship leads to."),
    Entry(.scalar, "file() :: STRING", "The absolute path of the file that LOAD CSV is reading."),
    Entry(.scalar, "head(list :: LIST<ANY>) :: ANY", "The first element of a list."),
    Entry(
      .scalar, "id(input :: NODE | RELATIONSHIP) :: INTEGER",
      "The number that identifies a node or relationship."),
    Entry(.scalar, "last(list :: LIST<ANY>) :: ANY", "The last element of a list."),
    Entry(
      .scalar, "length(input :: PATH) :: INTEGER", "How many relationships a path has."),
    Entry(.scalar, "linenumber() :: INTEGER", "The line that LOAD CSV is reading."),
    Entry(
      .scalar, "nullIf(v1 :: ANY, v2 :: ANY) :: ANY",
      "The first value, or null when both are equal."
    ),
    Entry(
      .scalar, "path_length(input :: PATH) :: INTEGER", "How many relationships a path has.",
      .cypher25),
    Entry(
      .scalar, "properties(input :: NODE | RELATIONSHIP | MAP) :: MAP",
      "All properties of a node or relationship as a map."),
    Entry(.scalar, "randomUUID() :: STRING", "A random UUID as text."),
    Entry(
      .scalar, "size(input :: STRING | LIST<ANY>) :: INTEGER",
      "How many characters a text or elements a list has."),
    Entry(
      .scalar, "startNode(input :: RELATIONSHIP) :: NODE",
      "The node that a relationship starts from."),
    Entry(.scalar, "timestamp() :: INTEGER", "Milliseconds from 1970 to the statement's start."),
    Entry(
      .scalar, "toBoolean(input :: BOOLEAN | STRING | INTEGER) :: BOOLEAN",
      "The truth value that a text or integer stands for."),
    Entry(
      .scalar, "toBooleanOrNull(input :: ANY) :: BOOLEAN",
      "The truth value that a value stands for, or null where it stands for none."),
    Entry(
      .scalar, "toFloat(input :: STRING | INTEGER | FLOAT) :: FLOAT",
      "The number that a text or number stands for, as FLOAT."),
    Entry(
      .scalar, "toFloatOrNull(input :: ANY) :: FLOAT",
      "The FLOAT that a value stands for, or null where it stands for none."),
    Entry(
      .scalar, "toInteger(input :: BOOLEAN | STRING | INTEGER | FLOAT) :: INTEGER",
      "The number that a value stands for, as INTEGER."),
    Entry(
      .scalar, "toIntegerOrNull(input :: ANY) :: INTEGER",
      "The INTEGER that a value stands for, or null where it stands for none."),
    Entry(.scalar, "type(input :: RELATIONSHIP) :: STRING", "The name of a relationship's type."),
    Entry(.scalar, "valueType(input :: ANY) :: STRING", "The most precise type of a value."),
  ]
}
