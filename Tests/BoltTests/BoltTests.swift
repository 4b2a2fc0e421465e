import Testing

@testable import Bolt
