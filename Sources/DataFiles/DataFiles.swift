// DataFiles: delimited files as streams of records.
//
// `DelimitedReader` takes bytes in pieces of any size and gives records of fields; `UnpackedFile` stands
// before it where a file may be packed by gzip or zip. They open nothing: whoever has a file or a
// connection feeds them. Nothing here knows graphs or Cypher.
