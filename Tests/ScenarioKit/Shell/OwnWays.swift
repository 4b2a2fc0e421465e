/// Cases in which Nacre means to differ from the original, each with its reason; they are not judged.
enum OwnWays {
  private static let wide =
    "a wide character takes two columns, so that borders stand below each other"
  private static let comments = "`/** **/` and `/*/ */` are comments as in Java and C"
  private static let mark = "a byte order mark before a script is no part of it"
  private static let commands = "a command may be the statement of the command line"
  private static let twoOnLine = "a semicolon ends a command, and what follows on the line is run"
  private static let rolledBack =
    "what follows a failure inside :begin up to :commit is not run as statements of their own"
  private static let malformed =
    "bytes that are not UTF-8 are a syntax error with their place, not other text in silence"

  private static let address = "`:connect` also takes an address, as its usage says"

  static let reasons: [String: String] = [
    "cmd-help-connect": address, "cmd-connect-bad-option": address,
    "split-stars": comments, "split-slash-star-slash": comments,
    "split-star-slash-slash": comments,
    "split-bom": mark, "split-bom-comment": mark,
    "mode-string-command-param": commands, "mode-string-command-exit": commands,
    "tx-string-mode-begin": commands,
    "split-command-two": twoOnLine, "param-two-on-line": twoOnLine,
    "tx-begin-semicolon-more": twoOnLine,
    "table-wide": wide, "table-emoji": wide, "table-map-keys": wide,
    "table-column-names-wide": wide, "table-wide-overflow": wide,
    "table-wide-overflow-no-wrap": wide,
    "width-40-wide": wide, "width-200-wide": wide, "width-40-overflow": wide,
    "width-80-overflow": wide, "width-200-overflow": wide, "width-40-cut": wide,
    "width-80-cut": wide, "width-200-cut": wide,
    "tx-error-at-end": rolledBack, "tx-runtime-error-at-end": rolledBack,
    "tx-error-verbose-at-end": rolledBack, "tx-file-fail-at-end": rolledBack,
    "tx-source-error": rolledBack,
    "exit-quit-after-failure": "a failure keeps its status when :quit follows",
    "mode-file-latin1": malformed, "mode-stdin-latin1": malformed,
    "cmd-auto": ":auto before a statement is taken and changes nothing",
  ]
}
