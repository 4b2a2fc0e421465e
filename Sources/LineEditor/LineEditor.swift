// LineEditor: everything between the shell and the operating system's terminal, in safe Swift.
//
// `EditedLineReader` is libedit with history and completion; `PlainLineReader` reads lines where
// there is no terminal that can be edited on. `HistoryFile` keeps what was typed. `Streams/` holds
// the calls around them: descriptors, signals, the environment. Completion comes in as a closure;
// nothing here knows of Cypher or sessions. Start at `LineReader.swift`.
