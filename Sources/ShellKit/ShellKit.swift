// ShellKit: the shell on top of any `Session`.
//
// `Options/` turns arguments and environment into `ShellOptions`. `Shell` runs statements and
// commands (`Running/`), from strings and files by `ScriptRunner` and from a person by
// `InteractiveLoop` (`Interaction/`). Each command is one type in `Commands/`. Nothing here knows
// stores, sockets or engine types: a `SessionConnector` yields sessions. Start at
// `Running/Shell.swift`.
