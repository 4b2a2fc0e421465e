import CLibEvent

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Names of hosts to addresses.
///
/// By libevent's own resolver, which reads `/etc/hosts` and `/etc/resolv.conf`: `getaddrinfo` in a
/// static binary wants plug-ins of the very C library it was built with, and cannot be given a
/// deadline.
public enum HostResolver {
  /// All addresses of a host, in the order in which to try them.
  ///
  /// - Parameters:
  ///   - host: A name, or a numeric address with or without brackets.
  ///   - port: What the addresses are to carry.
  ///   - deadlineSeconds: `nil` waits as long as the resolver does.
  /// - Returns: At least one address.
  /// - Throws: `unknownHost`, or `timedOut`.
  public static func addresses(
    of host: String, port: Int, deadlineSeconds: Double?
  ) throws(NetworkError) -> [SocketAddress] {
    try addresses(of: host, port: port, until: Deadline(seconds: deadlineSeconds), nil)
  }

  static func addresses(
    of host: String, port: Int, until deadline: Deadline, _ interruption: Interruption?
  ) throws(NetworkError) -> [SocketAddress] {
    let name = bare(host)
    guard !name.isEmpty else { throw .unknownHost(host: host, reason: "the name is empty") }
    if let address = SocketAddress(numeric: name, port: port) { return [address] }
    // RFC 6761: `localhost` is this machine, whatever a name server says.
    if isLocalhost(name) {
      return ["127.0.0.1", "::1"].compactMap { SocketAddress(numeric: $0, port: port) }
    }
    let lookup = try HostLookup()
    return try lookup.run(name, port: port, until: deadline, interruption)
  }

  /// The host without the brackets of an IPv6 address.
  static func bare(_ host: String) -> String {
    host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
  }

  private static func isLocalhost(_ name: String) -> Bool {
    let lower = name.lowercased()
    return ["localhost", "localhost."].contains(lower) || lower.hasSuffix(".localhost")
  }
}

/// One question to the resolver, on an event loop of its own that the calling thread drives.
@safe private final class HostLookup {
  private let base: OpaquePointer
  private let resolver: OpaquePointer
  private var answer: (code: Int32, addresses: [SocketAddress])?
  private var port = 0

  init() throws(NetworkError) {
    guard let base = unsafe event_base_new() else {
      throw .system(operation: "event_base_new", errorNumber: errno)
    }
    guard let resolver = unsafe evdns_base_new(base, 0) else {
      unsafe event_base_free(base)
      throw .system(operation: "evdns_base_new", errorNumber: errno)
    }
    // Where there is no file, or no server in it, libevent asks one on this machine; hosts still count.
    unsafe evdns_base_resolv_conf_parse(
      resolver, DNS_OPTION_SEARCH | DNS_OPTION_NAMESERVERS | DNS_OPTION_MISC | DNS_OPTION_HOSTSFILE,
      "/etc/resolv.conf")
    unsafe self.base = base
    unsafe self.resolver = resolver
  }

  deinit {
    unsafe evdns_base_free(resolver, 0)
    unsafe event_base_free(base)
  }

  func run(
    _ name: String, port: Int, until deadline: Deadline, _ interruption: Interruption?
  ) throws(NetworkError) -> [SocketAddress] {
    self.port = port
    var hints = unsafe addrinfo()
    unsafe hints.ai_family = AF_UNSPEC
    unsafe hints.ai_socktype = SystemCall.streamKind
    let request = unsafe evdns_getaddrinfo(
      resolver, name, nil, &hints,
      { code, result, context in
        guard let context = unsafe context else { return }
        let lookup = unsafe Unmanaged<HostLookup>.fromOpaque(context).takeUnretainedValue()
        unsafe lookup.take(code, result)
      }, Unmanaged.passUnretained(self).toOpaque())
    while answer == nil {
      if interruption?.take() == true || deadline.hasPassed {
        if let request = unsafe request { unsafe evdns_getaddrinfo_cancel(request) }
        // The cancelled request answers from the loop.
        unsafe event_base_loop(base, EVLOOP_NONBLOCK)
        throw deadline.hasPassed ? .timedOut(.resolve) : .interrupted
      }
      turn(for: min(deadline.remainingSeconds ?? 0.05, 0.05))
    }
    guard let answer, answer.code == 0, !answer.addresses.isEmpty else {
      throw .unknownHost(host: name, reason: Self.words(answer?.code ?? 0))
    }
    return answer.addresses
  }

  /// Drives the loop for a moment: an interruption is met at the next one.
  private func turn(for seconds: Double) {
    var time = timeval()
    time.tv_usec = .init(max(seconds, 0.001) * 1e6)
    unsafe event_base_loopexit(base, &time)
    unsafe event_base_loop(base, EVLOOP_ONCE)
  }

  private func take(_ code: Int32, _ result: UnsafeMutablePointer<addrinfo>?) {
    var addresses: [SocketAddress] = []
    var next = unsafe result
    while let entry = unsafe next {
      if let pointer = unsafe entry.pointee.ai_addr,
        let address = unsafe SocketAddress(pointer, port: port), !addresses.contains(address)
      {
        addresses.append(address)
      }
      unsafe next = entry.pointee.ai_next
    }
    if let result = unsafe result { unsafe evutil_freeaddrinfo(result) }
    answer = (code, addresses)
  }

  private static func words(_ code: Int32) -> String {
    if code == 0 { return "the name has no address" }
    guard let text = unsafe evutil_gai_strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
