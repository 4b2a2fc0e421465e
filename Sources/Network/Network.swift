// Network: libevent with its OpenSSL layer in safe Swift.
//
// Connections of a client, driven by the calling thread; listeners with their connections, driven by
// an event loop; TLS of both ends; names of hosts; WebSocket frames at a listener's end; digests and
// password hashes. Knows nothing of Bolt, sessions or values. The only importer of `CLibEvent`.
