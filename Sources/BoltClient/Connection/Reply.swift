import Diagnostics
import GraphValues

/// What a reply that is due belongs to.
enum ExpectedReply {
  /// The answer to RUN.
  case opening(RemoteStatement)
  /// Records and their end.
  case page(RemoteStatement)
  /// The answer to anything else but RESET.
  case control(ControlReply)
  /// The answer to RESET.
  case reset
}

/// What came of a message that yields no records.
final class ControlReply {
  /// How a server answers.
  enum Outcome {
    case success(MapValue)
    case failure(Failure)
    case ignored
  }

  /// The answer, once it is there.
  var outcome: Outcome?
}
