// Network: libevent with its OpenSSL layer in safe Swift.
//
// `Client/` holds connections that the calling thread drives; `Server/` listeners with event loops of
// their own, whose handlers see one plain stream; `TLS/` what both ends encrypt with; `WebSocket/` the
// frames that a listener takes off; `Sockets/` descriptors, addresses, names of hosts;
// `Cryptography/` digests, random bytes and password hashes. Nothing here knows of Bolt, sessions or
// values, nothing runs before it is first used, and nothing else imports `CLibEvent`. Start at
// `ClientConnection.swift` or `NetworkListener.swift`.
