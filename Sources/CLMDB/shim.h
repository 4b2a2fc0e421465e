#include <lmdb.h>

#ifdef __linux__
// The C library's header shows it to those only who define _GNU_SOURCE before any other header.
extern int sync_file_range(int descriptor, long long offset, long long count, unsigned int flags);
enum { NACRE_SYNC_FILE_RANGE_WRITE = 2 };
#endif
