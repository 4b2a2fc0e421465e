import Testing

@testable import BoltServer
