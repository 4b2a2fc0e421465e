#define _GNU_SOURCE
#include "CLineEditorShims.h"

#include <errno.h>
#include <fcntl.h>
#include <histedit.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

struct nacre_editor {
  EditLine *line;
  History *history;
  const char *prompt;
  int wake_descriptor;
  int indentation;
  int timeout_ms;
  int outcome;
  nacre_complete complete;
  void *complete_context;
  nacre_complete accept;
  void *accept_context;
};

// Keys that no terminal sends to a line: they stand for what the editor itself wants done.
#define NEWLINE_KEY 034
#define INTERRUPT_KEY 035
static const char newline_keys[] = {NEWLINE_KEY, 0};
static const char interrupt_keys[] = {INTERRUPT_KEY, 0};

static struct nacre_editor *editor_of(EditLine *line) {
  void *data = NULL;
  el_get(line, EL_CLIENTDATA, &data);
  return data;
}

static char *current_prompt(EditLine *line) { return (char *)editor_of(line)->prompt; }

static void move_to_end(EditLine *line) {
  const LineInfoW *info = el_wline(line);
  if (info->lastchar > info->cursor) el_cursor(line, (int)(info->lastchar - info->cursor));
}

static void leave_terminal(struct nacre_editor *editor) {
  fputs("\033[?2004l", stdout);
  fflush(stdout);
  el_set(editor->line, EL_PREP_TERM, 0);
}

// Handles a byte from the wake pipe; returns whether reading goes on.
static int handle_wake(struct nacre_editor *editor) {
  char reason = 0;
  if (read(editor->wake_descriptor, &reason, 1) != 1) return 1;
  switch (reason) {
    case 'W':
      // libedit draws the line anew from where the cursor is: make that an empty row.
      fputs("\r\033[J", stdout);
      fflush(stdout);
      el_resize(editor->line);
      el_set(editor->line, EL_REFRESH);
      return 1;
    case 'Z':
      leave_terminal(editor);
      nacre_stop_process();
      return 1;
    case 'C':
      // The shell may have changed the modes: give them up first, so that they are set anew.
      leave_terminal(editor);
      fputs("\033[?2004h\r\033[J", stdout);
      fflush(stdout);
      el_set(editor->line, EL_PREP_TERM, 1);
      el_set(editor->line, EL_REFRESH);
      return 1;
    case 'I':
      editor->outcome = NACRE_LINE_INTERRUPTED;
      return 0;
    default:
      return 1;
  }
}

// Reads one character for libedit: 1 when there is one, 0 at the end, -1 to give the line up.
static int read_character(EditLine *line, wchar_t *character) {
  struct nacre_editor *editor = editor_of(line);
  mbstate_t state;
  memset(&state, 0, sizeof state);
  for (;;) {
    int ready = nacre_wait_readable(STDIN_FILENO, editor->wake_descriptor, editor->timeout_ms);
    if (ready == 2) {
      if (handle_wake(editor)) continue;
      *character = INTERRUPT_KEY;
      return 1;
    }
    if (ready == 0) {
      editor->outcome = NACRE_LINE_TIMED_OUT;
      return -1;
    }
    if (ready < 0) return 0;
    char byte;
    ssize_t count = read(STDIN_FILENO, &byte, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return 0;
    size_t length = mbrtowc(character, &byte, 1, &state);
    if (length == (size_t)-2) continue;
    if (length == (size_t)-1) {
      // Not of this locale: let it stand for itself rather than lose what follows.
      memset(&state, 0, sizeof state);
      if ((unsigned char)byte >= 0x80) continue;
      *character = byte;
    }
    if (length == 0) *character = 0;
    return 1;
  }
}

static unsigned char complete_line(EditLine *line, int key) {
  (void)key;
  struct nacre_editor *editor = editor_of(line);
  if (editor->complete == NULL) return CC_ERROR;
  const LineInfo *info = el_line(line);
  struct nacre_completion answer = editor->complete(editor->complete_context, info->buffer,
                                                    (size_t)(info->cursor - info->buffer));
  unsigned char result = CC_ERROR;
  if (answer.characters_to_delete > 0) el_deletestr(line, answer.characters_to_delete);
  if (answer.insertion != NULL && answer.insertion[0] != 0) {
    el_insertstr(line, answer.insertion);
    result = CC_REFRESH;
  } else if (answer.characters_to_delete > 0) {
    result = CC_REFRESH;
  }
  if (answer.listing != NULL && answer.listing[0] != 0) {
    fputs("\n", stdout);
    fputs(answer.listing, stdout);
    fflush(stdout);
    result = CC_REDISPLAY;
  }
  free(answer.insertion);
  free(answer.listing);
  return result;
}

// Ends the input on an empty line, else deletes the character under the cursor.
static unsigned char end_or_delete(EditLine *line, int key) {
  (void)key;
  const LineInfo *info = el_line(line);
  if (info->lastchar == info->buffer) return CC_EOF;
  if (info->cursor == info->lastchar) return CC_ERROR;
  el_cursor(line, 1);
  el_deletestr(line, 1);
  return CC_REFRESH;
}

// Inserts what a terminal sends between the marks of a paste: its line ends do not end the entry.
static unsigned char insert_paste(EditLine *line, int key) {
  (void)key;
  static const char end_mark[] = "\033[201~";
  const size_t mark_length = sizeof end_mark - 1;
  const int indentation = editor_of(line)->indentation;
  size_t length = 0, capacity = 4096;
  char *text = malloc(capacity);
  wchar_t character;
  mbstate_t state;
  memset(&state, 0, sizeof state);
  while (text != NULL && read_character(line, &character) == 1) {
    if (character == INTERRUPT_KEY) {
      el_push(line, interrupt_keys);
      break;
    }
    if (capacity - length <= 2 * MB_LEN_MAX + (size_t)indentation) {
      char *larger = realloc(text, capacity = 2 * capacity + (size_t)indentation);
      if (larger == NULL) break;
      text = larger;
    }
    if (character == L'\r') character = L'\n';
    size_t written = wcrtomb(text + length, character, &state);
    if (written == (size_t)-1 || character == 0) continue;
    length += written;
    if (length >= mark_length &&
        memcmp(text + length - mark_length, end_mark, mark_length) == 0) {
      length -= mark_length;
      break;
    }
    if (character == L'\n') {
      memset(text + length, ' ', (size_t)indentation);
      length += (size_t)indentation;
    }
  }
  if (text == NULL) return CC_ERROR;
  while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == ' ')) length -= 1;
  text[length] = 0;
  if (length > 0) el_insertstr(line, text);
  free(text);
  return CC_REFRESH;
}

// Ends the entry at Enter, or adds a line to one that is not finished.
static unsigned char accept_entry(EditLine *line, int key) {
  (void)key;
  struct nacre_editor *editor = editor_of(line);
  const LineInfo *info = el_line(line);
  struct nacre_completion answer = {1, NULL, NULL};
  if (editor->accept != NULL) {
    answer = editor->accept(editor->accept_context, info->buffer,
                            (size_t)(info->lastchar - info->buffer));
  }
  move_to_end(line);
  if (answer.characters_to_delete > 0) {
    el_push(line, newline_keys);
    return CC_REFRESH;
  }
  el_insertstr(line, "\n");
  for (int count = 0; count < editor->indentation; count++) el_insertstr(line, " ");
  unsigned char result = CC_REFRESH;
  if (answer.listing != NULL && answer.listing[0] != 0) {
    fputs("\n", stdout);
    fputs(answer.listing, stdout);
    fflush(stdout);
    result = CC_REDISPLAY;
  }
  free(answer.insertion);
  free(answer.listing);
  return result;
}

// Gives the entry up; it stays on the screen.
static unsigned char interrupt_entry(EditLine *line, int key) {
  (void)key;
  move_to_end(line);
  el_push(line, newline_keys);
  return CC_REFRESH;
}

// Moves to the start or the end of the line within the entry.
static unsigned char move_home(EditLine *line, int key) {
  (void)key;
  const LineInfoW *info = el_wline(line);
  const wchar_t *start = info->cursor;
  while (start > info->buffer && start[-1] != L'\n') start -= 1;
  if (start > info->buffer) {
    const wchar_t *text = start + editor_of(line)->indentation;
    start = text <= info->cursor ? text : start;
  }
  el_cursor(line, (int)(start - info->cursor));
  return CC_REFRESH;
}

static unsigned char move_line_end(EditLine *line, int key) {
  (void)key;
  const LineInfoW *info = el_wline(line);
  const wchar_t *end = info->cursor;
  while (end < info->lastchar && *end != L'\n') end += 1;
  el_cursor(line, (int)(end - info->cursor));
  return CC_REFRESH;
}

// Moves to the line above or below within an entry of several lines; beyond them to the history.
// All lines but the first are indented by as much as the prompt is wide.
static unsigned char move_up(EditLine *line, int key) {
  (void)key;
  const LineInfoW *info = el_wline(line);
  const wchar_t *start = info->cursor;
  while (start > info->buffer && start[-1] != L'\n') start -= 1;
  if (start == info->buffer) {
    el_push(line, "\020");
    return CC_NORM;
  }
  const wchar_t *above = start - 1;
  while (above > info->buffer && above[-1] != L'\n') above -= 1;
  long column = info->cursor - start;
  if (above == info->buffer) column -= editor_of(line)->indentation;
  if (column < 0) column = 0;
  if (column > start - 1 - above) column = start - 1 - above;
  el_cursor(line, (int)(above + column - info->cursor));
  return CC_REFRESH;
}

static unsigned char move_down(EditLine *line, int key) {
  (void)key;
  const LineInfoW *info = el_wline(line);
  const wchar_t *end = info->cursor;
  while (end < info->lastchar && *end != L'\n') end += 1;
  if (end == info->lastchar) {
    el_push(line, "\016");
    return CC_NORM;
  }
  const wchar_t *start = info->cursor;
  while (start > info->buffer && start[-1] != L'\n') start -= 1;
  long column = info->cursor - start;
  if (start == info->buffer) column += editor_of(line)->indentation;
  const wchar_t *below = end + 1;
  const wchar_t *last = below;
  while (last < info->lastchar && *last != L'\n') last += 1;
  if (column > last - below) column = last - below;
  el_cursor(line, (int)(below + column - info->cursor));
  return CC_REFRESH;
}

static void bind_keys(EditLine *line) {
  el_set(line, EL_ADDFN, "nacre-accept", "end the entry or add a line", accept_entry);
  el_set(line, EL_ADDFN, "nacre-interrupt", "give the entry up", interrupt_entry);
  el_set(line, EL_ADDFN, "nacre-home", "move to the start of the line", move_home);
  el_set(line, EL_ADDFN, "nacre-line-end", "move to the end of the line", move_line_end);
  el_set(line, EL_BIND, newline_keys, "ed-newline", NULL);
  el_set(line, EL_BIND, interrupt_keys, "nacre-interrupt", NULL);
  el_set(line, EL_BIND, "^A", "nacre-home", NULL);
  el_set(line, EL_BIND, "^E", "nacre-line-end", NULL);
  el_set(line, EL_BIND, "^M", "nacre-accept", NULL);
  el_set(line, EL_BIND, "^J", "nacre-accept", NULL);
  el_set(line, EL_ADDFN, "nacre-up", "move up in the entry or the history", move_up);
  el_set(line, EL_ADDFN, "nacre-down", "move down in the entry or the history", move_down);
  el_set(line, EL_ADDFN, "nacre-paste", "insert pasted text", insert_paste);
  el_set(line, EL_BIND, "\\e[200~", "nacre-paste", NULL);
  el_set(line, EL_ADDFN, "nacre-end", "end the input or delete a character", end_or_delete);
  el_set(line, EL_BIND, "^D", "nacre-end", NULL);
  el_set(line, EL_ADDFN, "nacre-complete", "complete the word before the cursor", complete_line);
  el_set(line, EL_BIND, "^I", "nacre-complete", NULL);
  el_set(line, EL_BIND, "^R", "em-inc-search-prev", NULL);
  el_set(line, EL_BIND, "^W", "ed-delete-prev-word", NULL);
  el_set(line, EL_BIND, "\\e[1~", "nacre-home", NULL);
  el_set(line, EL_BIND, "\\e[4~", "nacre-line-end", NULL);
  el_set(line, EL_BIND, "\\e[H", "nacre-home", NULL);
  el_set(line, EL_BIND, "\\e[F", "nacre-line-end", NULL);
  el_set(line, EL_BIND, "\\eOH", "nacre-home", NULL);
  el_set(line, EL_BIND, "\\eOF", "nacre-line-end", NULL);
  el_set(line, EL_BIND, "\\e[3~", "ed-delete-next-char", NULL);
  el_set(line, EL_BIND, "\\e[1;5C", "em-next-word", NULL);
  el_set(line, EL_BIND, "\\e[1;5D", "ed-prev-word", NULL);
  el_set(line, EL_BIND, "\\e[A", "nacre-up", NULL);
  el_set(line, EL_BIND, "\\eOA", "nacre-up", NULL);
  el_set(line, EL_BIND, "\\eOB", "nacre-down", NULL);
  el_set(line, EL_BIND, "\\e[B", "nacre-down", NULL);
  el_set(line, EL_BIND, "\\e[C", "ed-next-char", NULL);
  el_set(line, EL_BIND, "\\e[D", "ed-prev-char", NULL);
}

struct nacre_editor *nacre_editor_open(const char *program, int wake_descriptor,
                                       int history_size) {
  struct nacre_editor *editor = calloc(1, sizeof *editor);
  if (editor == NULL) return NULL;
  editor->wake_descriptor = wake_descriptor;
  editor->timeout_ms = -1;
  editor->prompt = "";
  editor->line = el_init(program, stdin, stdout, stderr);
  if (editor->line == NULL) {
    free(editor);
    return NULL;
  }
  el_set(editor->line, EL_CLIENTDATA, editor);
  el_set(editor->line, EL_SIGNAL, 0);
  el_set(editor->line, EL_EDITOR, "emacs");
  el_set(editor->line, EL_PROMPT_ESC, current_prompt, '\1');
  el_wset(editor->line, EL_GETCFN, read_character);
  editor->history = history_init();
  if (editor->history != NULL) {
    HistEvent event;
    history(editor->history, &event, H_SETSIZE, history_size);
    history(editor->history, &event, H_SETUNIQUE, 1);
    el_set(editor->line, EL_HIST, history, editor->history);
  }
  bind_keys(editor->line);
  return editor;
}

void nacre_editor_close(struct nacre_editor *editor) {
  if (editor == NULL) return;
  el_end(editor->line);
  if (editor->history != NULL) history_end(editor->history);
  free(editor);
}

const char *nacre_editor_read(struct nacre_editor *editor, const char *prompt, int indentation,
                              int timeout_ms, int *length, int *outcome) {
  editor->indentation = indentation;
  editor->prompt = prompt;
  editor->timeout_ms = timeout_ms;
  editor->outcome = NACRE_LINE_READ;
  *length = 0;
  int count = 0;
  fputs("\033[?2004h", stdout);
  const char *line = el_gets(editor->line, &count);
  fputs("\033[?2004l", stdout);
  fflush(stdout);
  editor->prompt = "";
  if (editor->outcome == NACRE_LINE_READ && (line == NULL || count <= 0)) {
    editor->outcome = NACRE_LINE_END;
  }
  *outcome = editor->outcome;
  if (editor->outcome != NACRE_LINE_READ) return NULL;
  *length = count;
  return line;
}

void nacre_editor_add_history(struct nacre_editor *editor, const char *entry) {
  HistEvent event;
  if (editor->history != NULL) history(editor->history, &event, H_ENTER, entry);
}

void nacre_editor_clear_history(struct nacre_editor *editor) {
  HistEvent event;
  if (editor->history != NULL) history(editor->history, &event, H_CLEAR);
}

void nacre_editor_set_completion(struct nacre_editor *editor, nacre_complete complete,
                                 void *context) {
  editor->complete = complete;
  editor->complete_context = context;
}

void nacre_editor_set_acceptance(struct nacre_editor *editor, nacre_complete accept,
                                 void *context) {
  editor->accept = accept;
  editor->accept_context = context;
}

void nacre_set_character_type(void) {
  if (setlocale(LC_CTYPE, "") == NULL || MB_CUR_MAX == 1) setlocale(LC_CTYPE, "C.UTF-8");
}

struct watch {
  sigset_t signals;
  void (*handler)(int);
};

static void *watch_signals(void *argument) {
  struct watch *watch = argument;
  for (;;) {
    int received = 0;
    if (sigwait(&watch->signals, &received) == 0) watch->handler(received);
  }
  return NULL;
}

bool nacre_is_ignored(int signal) {
  struct sigaction action;
  return sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

void nacre_stop_process(void) {
  sigset_t stop;
  sigset_t before;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, &before);
  pthread_kill(pthread_self(), SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

int nacre_watch_signals(const int *signals, int count, void (*handler)(int signal)) {
  struct watch *watch = malloc(sizeof *watch);
  if (watch == NULL) return ENOMEM;
  sigemptyset(&watch->signals);
  for (int index = 0; index < count; index++) sigaddset(&watch->signals, signals[index]);
  watch->handler = handler;
  int failure = pthread_sigmask(SIG_BLOCK, &watch->signals, NULL);
  pthread_t thread;
  if (failure == 0) failure = pthread_create(&thread, NULL, watch_signals, watch);
  if (failure == 0) return pthread_detach(thread);
  free(watch);
  return failure;
}

// The one thing that runs in a signal handler: nothing after it can go on.
static void lost_page(int number) {
  static const char text[] =
      "A database file is damaged: a part of it that is in use cannot be read. "
      "It was cut short, or its disk fails or is full.\n";
  (void)number;
  ssize_t written = write(2, text, sizeof text - 1);
  (void)written;
  _exit(1);
}

void nacre_explain_lost_pages(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = lost_page;
  sigemptyset(&action.sa_mask);
  sigaction(SIGBUS, &action, NULL);
}

static void echo_secret(const char *text) {
  fputs(text, stdout);
  fflush(stdout);
}

// Takes one byte of a secret; returns whether the line goes on.
static int take_secret_byte(
    char byte, int is_marked, char *buffer, size_t capacity, size_t *length) {
  switch (byte) {
    case '\n':
    case '\r':
      return 0;
    case 0x15:
    case 0x7f:
    case '\b':
      do {
        while (*length > 0 && ((unsigned char)buffer[*length - 1] & 0xC0) == 0x80) *length -= 1;
        if (*length == 0) break;
        *length -= 1;
        if (is_marked) echo_secret("\b \b");
      } while (byte == 0x15);
      return 1;
    default:
      if ((unsigned char)byte < 0x20 || *length + 1 >= capacity) return 1;
      if (is_marked && ((unsigned char)byte & 0xC0) != 0x80) echo_secret("*");
      buffer[*length] = byte;
      *length += 1;
      return 1;
  }
}

int nacre_read_secret(
    const char *prompt, int is_marked, int wake_descriptor, char *buffer, size_t capacity) {
  struct termios before, during;
  int is_terminal = tcgetattr(STDIN_FILENO, &before) == 0;
  if (is_terminal) {
    during = before;
    during.c_lflag &= ~(tcflag_t)(ECHO | ICANON);
    during.c_cc[VMIN] = 1;
    during.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &during);
  }
  echo_secret(prompt);
  size_t length = 0;
  int outcome = NACRE_LINE_READ;
  for (;;) {
    int ready = nacre_wait_readable(STDIN_FILENO, wake_descriptor, -1);
    if (ready == 2) {
      char reason = 0;
      if (read(wake_descriptor, &reason, 1) == 1 && reason != 'I') continue;
      outcome = NACRE_LINE_INTERRUPTED;
      break;
    }
    char byte;
    ssize_t count = read(STDIN_FILENO, &byte, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || (byte == 4 && length == 0)) {
      outcome = NACRE_LINE_END;
      break;
    }
    if (!take_secret_byte(byte, is_marked, buffer, capacity, &length)) break;
  }
  buffer[length] = 0;
  echo_secret("\n");
  if (is_terminal) tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
  return outcome;
}

void nacre_terminal_size(int *columns, int *rows) {
  struct winsize size;
  *columns = 0;
  *rows = 0;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return;
  *columns = size.ws_col;
  *rows = size.ws_row;
}

int nacre_wait_readable(int first, int second, int timeout_ms) {
  struct pollfd descriptors[2] = {{first, POLLIN, 0}, {second, POLLIN, 0}};
  for (;;) {
    int count = poll(descriptors, second < 0 ? 1 : 2, timeout_ms);
    if (count == 0) return 0;
    if (count < 0) {
      if (errno == EINTR) continue;
      return -1;
    }
    if (second >= 0 && descriptors[1].revents & POLLIN) return 2;
    if (descriptors[0].revents != 0) return 1;
  }
}

int nacre_wait_writable(int descriptor) {
  struct pollfd entry = {descriptor, POLLOUT, 0};
  return poll(&entry, 1, -1);
}

int nacre_make_pipe(int *reading, int *writing) {
  int ends[2];
  if (pipe(ends) != 0) return errno;
  for (int index = 0; index < 2; index++) fcntl(ends[index], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFL, fcntl(ends[1], F_GETFL) | O_NONBLOCK);
  *reading = ends[0];
  *writing = ends[1];
  return 0;
}

int nacre_errno(void) { return errno; }
