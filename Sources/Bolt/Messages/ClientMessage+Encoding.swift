import GraphValues

extension PackStreamWriter {
  /// Writes a client's message, framed.
  public mutating func write(_ message: ClientMessage) {
    let start = beginMessage()
    switch message {
    case .hello(let extra): writeMessage(MessageTag.hello, extra)
    case .logon(let token): writeMessage(MessageTag.logon, token)
    case .logoff: writeStructure(MessageTag.logoff, count: 0)
    case .goodbye: writeStructure(MessageTag.goodbye, count: 0)
    case .reset: writeStructure(MessageTag.reset, count: 0)
    case .run(let text, let parameters, let extra):
      writeStructure(MessageTag.run, count: 3)
      write(text)
      write(parameters)
      write(extra)
    case .pull(let demand): writeMessage(MessageTag.pull, demand.metadata)
    case .discard(let demand): writeMessage(MessageTag.discard, demand.metadata)
    case .begin(let extra): writeMessage(MessageTag.begin, extra)
    case .commit: writeStructure(MessageTag.commit, count: 0)
    case .rollback: writeStructure(MessageTag.rollback, count: 0)
    case .route(let context, let bookmarks, let extra):
      writeStructure(MessageTag.route, count: 3)
      write(context)
      writeList(count: bookmarks.count)
      for bookmark in bookmarks { write(bookmark) }
      // In 4.3 the third field was the database's name.
      if dialect.version == BoltVersion(4, 3) {
        write(extra["db"] ?? .null)
      } else {
        write(extra)
      }
    case .telemetry(let call):
      writeStructure(MessageTag.telemetry, count: 1)
      write(call)
    }
    endMessage(start)
  }

  private mutating func writeMessage(_ tag: UInt8, _ metadata: MapValue) {
    writeStructure(tag, count: 1)
    write(metadata)
  }
}
