#ifndef NACRE_LINE_EDITOR_SHIMS_H
#define NACRE_LINE_EDITOR_SHIMS_H

// Swift cannot call C variadics: each entry point here gives one `el_set`, `el_get` or `history`
// operation a fixed signature.

#endif
