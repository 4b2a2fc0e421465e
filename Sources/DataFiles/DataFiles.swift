// DataFiles: delimited files as streams of records.
//
// `DelimitedReader` takes bytes in pieces of any size and gives records of fields. It opens nothing:
// whoever has a file or a connection feeds it. Nothing here knows graphs or Cypher.
