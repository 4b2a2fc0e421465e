// Bolt: the protocol between a driver and a database, without sockets, clocks or tasks.
//
// PackStream values (`PackStreamWriter`, `PackStreamReader`), chunks, the handshake, messages of both
// ends, and the order in which they may come, as structs with mutating events. A connection only
// carries out what they say. Lengths and depths of what comes in are bounded before anything is
// allocated. Start reading at `ClientMessage` and `ServerMessage`.
