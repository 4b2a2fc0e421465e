import Testing

@testable import BoltClient
