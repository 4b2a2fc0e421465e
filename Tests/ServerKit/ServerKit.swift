// ServerKit: servers that do what a script says, for tests of clients.
//
// `ScriptedServer` listens on a free port and takes a list of `Step`s for each connection; what a
// client does otherwise is a fault, told at the end.
