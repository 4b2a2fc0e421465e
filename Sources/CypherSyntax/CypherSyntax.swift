// CypherSyntax: text to trees and back.
//
// Here live the lexer (`Lexer/`), the splitter of scripts into statements (`Splitter/`), the parser
// (`Parser/`), the tree of a statement (`AST/`) and its printer (`Printer/`). What names mean, which
// types fit, and which clause may follow which is for CypherSemantics; nothing here does input or
// output. A failed parse still returns what it understood: see `ParseResult`.
//
// Start at `Parser/CypherParser.swift` and `AST/Statement.swift`.
