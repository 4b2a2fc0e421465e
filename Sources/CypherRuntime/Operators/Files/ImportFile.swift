import Diagnostics
import Foundation

/// A file that LOAD CSV reads: found by its address within the import directory.
final class ImportFile {
  /// The absolute path.
  let path: String
  /// The path as messages show it.
  let address: String
  /// The address as the statement gives it.
  let url: String
  private let handle: FileHandle
  private static let bytesPerPiece = 1 << 18

  /// Opens the file of an address such as `file:///people.csv`.
  init(_ url: String, in directory: String) throws(Failure) {
    self.url = url
    let path = try ImportFile.path(of: url)
    address = "//" + path
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      // `..` does not lead out of the import directory.
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    let root = URL(fileURLWithPath: directory, isDirectory: true).standardizedFileURL.path
    self.path = (root == "/" ? "" : root) + "/" + parts.joined(separator: "/")
    let values = try? URL(fileURLWithPath: self.path).resourceValues(forKeys: [.isDirectoryKey])
    guard values?.isDirectory != true, let handle = FileHandle(forReadingAtPath: self.path) else {
      throw .missingResource(url)
    }
    self.handle = handle
  }

  deinit { try? handle.close() }

  /// The next piece; `nil` at the end, also where the disk gives no more.
  func read() -> [UInt8]? {
    guard let data = try? handle.read(upToCount: Self.bytesPerPiece), !data.isEmpty else {
      return nil
    }
    return [UInt8](data)
  }

  /// The decoded path of a file address.
  private static func path(of url: String) throws(Failure) -> String {
    guard let colon = url.firstIndex(of: ":"), isScheme(url[..<colon]) else {
      throw .externalResource("Invalid URL '\(url)': no protocol: \(url) ()", url)
    }
    let scheme = url[..<colon].lowercased()
    guard scheme == "file" else {
      if ["http", "https", "ftp"].contains(scheme) {
        throw .missingResource(url)
      }
      throw .externalResource("Invalid URL '\(url)': unknown protocol: \(scheme) ()", url)
    }
    var rest = url[url.index(after: colon)...]
    if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
      let slash = rest.firstIndex(of: "/") ?? rest.endIndex
      guard slash == rest.startIndex else {
        throw .externalResource(
          "Cannot load from URL '\(url)': file URL may not contain an authority section (i.e. it "
            + "should be 'file:///') ()", url)
      }
    }
    return rest.removingPercentEncoding ?? String(rest)
  }

  private static func isScheme(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy { byte in
      isLetter(byte) || byte >= 48 && byte <= 57 || byte == 43 || byte == 45 || byte == 46
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 32 >= 97 && byte | 32 <= 122
  }

  /// Where files lie when nothing else is said: the folder that `NACRE_IMPORT` names, else the working
  /// directory, if that may be read.
  static func defaultDirectory(isWorking: Bool) -> String? {
    ProcessInfo.processInfo.environment["NACRE_IMPORT"]
      ?? (isWorking ? FileManager.default.currentDirectoryPath : nil)
  }
}

extension Failure {
  /// A file or address that cannot be read.
  static func externalResource(_ message: String, _ url: String) -> Failure {
    var failure = Failure.statement("ExternalResourceFailed", message)
    failure.gqlStatus = "22000"
    failure.gqlDescription = "data exception"
    let text = "Could not load external resource from \(url)."
    let cause = GQLCause(
      gqlStatus: "22N43",
      gqlDescription: "data exception - unable to load external resource. " + text, message: text)
    failure.causes = [cause]
    return failure
  }

  /// A file that a client of a server asks for, where the server has none to give.
  static func noImportDirectory(_ url: String) -> Failure {
    let why =
      "This server has no folder of files for its clients: it is named by NACRE_IMPORT or by "
      + "`nacre serve --import DIR`."
    var failure = Failure.externalResource("Cannot load from URL '\(url)'. \(why)", url)
    // Clients that show the innermost cause only are to say why, too.
    for index in failure.causes.indices { failure.causes[index].gqlDescription += " " + why }
    return failure
  }

  /// A file that is not there, or an address that nothing is loaded from.
  static func missingResource(_ url: String) -> Failure {
    var failure = Failure.externalResource(
      "Cannot load from URL '\(url)': Couldn't load the external resource at: \(url) ()", url)
    // The server tells this one twice over.
    let middle = GQLCause(gqlStatus: "22000", gqlDescription: "data exception", message: "")
    failure.causes += [middle] + failure.causes
    return failure
  }
}
