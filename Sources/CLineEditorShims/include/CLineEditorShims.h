#ifndef NACRE_LINE_EDITOR_SHIMS_H
#define NACRE_LINE_EDITOR_SHIMS_H

#include <stdbool.h>
#include <stddef.h>

// Swift cannot call C variadics and should not fill C structures by hand: each function here gives
// one operation of libedit, or of the terminal and the signals around it, a fixed signature.

/// How reading a line ended.
enum nacre_line_outcome {
  NACRE_LINE_READ = 0,
  NACRE_LINE_END = 1,
  NACRE_LINE_INTERRUPTED = 2,
  NACRE_LINE_TIMED_OUT = 3,
  NACRE_LINE_FAILED = 4,
};

/// What to do with the text before the cursor when Tab is pressed. The strings are freed with
/// `free`; `listing` is shown below the line.
struct nacre_completion {
  int characters_to_delete;
  char *insertion;
  char *listing;
};

typedef struct nacre_completion (*nacre_complete)(void *context, const char *text, size_t length);

struct nacre_editor;

/// Opens an editor on standard input and output; NULL when that is impossible. Bytes that arrive on
/// `wake_descriptor` end a read: `I` interrupts it, `W` says that the window has another size, `C`
/// that the process goes on after a stop.
struct nacre_editor *nacre_editor_open(const char *program, int wake_descriptor,
                                       int history_size);
void nacre_editor_close(struct nacre_editor *editor);

/// Reads one entry with a final line feed. The text belongs to the editor until the next call. Parts
/// of the prompt between bytes 1 are not printed characters. Line breaks within the entry get
/// `indentation` blanks behind them. `timeout_ms` below 0 waits for ever.
const char *nacre_editor_read(struct nacre_editor *editor, const char *prompt, int indentation,
                              int timeout_ms, int *length, int *outcome);
void nacre_editor_add_history(struct nacre_editor *editor, const char *entry);
void nacre_editor_clear_history(struct nacre_editor *editor);
void nacre_editor_set_completion(struct nacre_editor *editor, nacre_complete complete,
                                 void *context);

/// Has `accept` asked whether the text is a whole entry when Enter is pressed: it deletes 1 character
/// to say yes, else a line is added and the listing, if any, shown.
void nacre_editor_set_acceptance(struct nacre_editor *editor, nacre_complete accept,
                                 void *context);

/// Sets LC_CTYPE from the environment, or to C.UTF-8 where that names no multibyte locale.
void nacre_set_character_type(void);

/// Stops the process as Ctrl-Z does, where some shell can have it go on.
void nacre_stop_process(void);

/// Whether a signal is ignored, by this program or by the one that started it.
bool nacre_is_ignored(int signal);

/// Blocks the given signals in this and all later threads, and has a thread of its own call
/// `handler` for each that comes. Returns 0 or an errno value.
int nacre_watch_signals(const int *signals, int count, void (*handler)(int signal));

/// Has the process end with status 1 and a sentence when a page of a mapped file cannot be read:
/// the file is shorter than it should be, or the device fails.
void nacre_explain_lost_pages(void);

/// Reads one line from standard input without echo, with `is_marked` a `*` for each character, and
/// writes it to `buffer` with a final 0. Needs no editor. Returns an outcome as `nacre_editor_read`
/// does.
int nacre_read_secret(
    const char *prompt, int is_marked, int wake_descriptor, char *buffer, size_t capacity);

/// Columns and rows of the terminal behind standard output; 0 where there is none.
void nacre_terminal_size(int *columns, int *rows);

/// Waits until `first` or `second` (below 0: none) can be read. Returns 1 or 2 for the one that can,
/// 0 after `timeout_ms`, -1 on an error other than an interrupted call.
int nacre_wait_readable(int first, int second, int timeout_ms);

/// Waits until the descriptor can be written.
int nacre_wait_writable(int descriptor);

/// A pipe that closes on exec and does not block writers. Returns 0 or an errno value.
int nacre_make_pipe(int *reading, int *writing);

/// The last error of a C call.
int nacre_errno(void);

#endif
