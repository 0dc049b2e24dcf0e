/*
 * Preloaded into a writer: logs, in order, everything that it does to files below one folder, and lets chosen calls
 * fail as they do on a full or broken disk. Written bytes of standard output are logged too: they are the writer's
 * acknowledgements, so that the log says what was promised when.
 *
 * SHIM_FOLDER  files below this are watched
 * SHIM_LOG     where the log goes; none is written when it is unset
 * SHIM_READONLY  set: nothing below the folder can be opened for writing, made, renamed or removed, as on a disk that is
 *              write-protected
 *
 * Opening SHIM_FOLDER/shim-arm-SKIP-COUNT-ERRNO lets COUNT calls fail after SKIP more; SHIM_FOLDER/shim-arm-0-0-0 ends it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_FD 4096
static char *paths[MAX_FD];
static char appends[MAX_FD];
static int log_fd = -1;
static const char *folder;
static int readonly;
static size_t folder_length;
static long skip, failures, failure_errno;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void start(void) {
  folder = getenv("SHIM_FOLDER");
  folder_length = folder ? strlen(folder) : 0;
  readonly = getenv("SHIM_READONLY") != NULL;
  const char *log = getenv("SHIM_LOG");
  if (log) log_fd = REAL(open)(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  unsetenv("LD_PRELOAD");
}

static int watched(const char *path) {
  return folder && path && strncmp(path, folder, folder_length) == 0;
}

static int protects(const char *path) { return readonly && watched(path); }

static const char *path_of(int fd) { return fd >= 0 && fd < MAX_FD ? paths[fd] : NULL; }

static void put(const void *data, size_t length) {
  while (length > 0) {
    ssize_t written = REAL(write)(log_fd, data, length);
    if (written <= 0) abort();
    data = (const char *)data + written;
    length -= (size_t)written;
  }
}

static void note(char kind, const char *path, const char *other, long long offset, const void *data, size_t length) {
  if (log_fd < 0) return;
  char head[2048];
  int size = snprintf(head, sizeof head, "%c\t%s\t%s\t%lld\t%zu\n", kind, path, other, offset, length);
  pthread_mutex_lock(&mutex);
  put(head, (size_t)size);
  if (length > 0) put(data, length);
  pthread_mutex_unlock(&mutex);
}

static int fails(void) {
  if (failures == 0) return 0;
  if (skip > 0) {
    skip--;
    return 0;
  }
  failures--;
  errno = (int)failure_errno;
  return 1;
}

static int opened(int fd, const char *path, int flags) {
  if (fd >= 0 && fd < MAX_FD && watched(path)) {
    free(paths[fd]);
    paths[fd] = strdup(path);
    appends[fd] = (flags & O_APPEND) != 0;
    if (flags & (O_CREAT | O_TRUNC)) note((flags & O_TRUNC) ? 'T' : 'C', path, "", 0, NULL, 0);
  }
  return fd;
}

static int arms(const char *path) {
  if (!watched(path)) return 0;
  const char *name = strstr(path, "/shim-arm-");
  return name && sscanf(name, "/shim-arm-%ld-%ld-%ld", &skip, &failures, &failure_errno) == 3;
}

#define OPEN(name)                                           \
  int name(const char *path, int flags, ...) {               \
    va_list list;                                            \
    va_start(list, flags);                                   \
    mode_t mode = (flags & O_CREAT) ? va_arg(list, mode_t) : 0; \
    va_end(list);                                            \
    if (arms(path)) return errno = ENOENT, -1;               \
    if (protects(path) && (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC))) return errno = EROFS, -1; \
    if (watched(path) && (flags & O_CREAT) && access(path, F_OK) != 0 && fails()) return -1; \
    return opened(REAL(name)(path, flags, mode), path, flags); \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  if (fd >= 0 && fd < MAX_FD && paths[fd]) {
    free(paths[fd]);
    paths[fd] = NULL;
  }
  return REAL(close)(fd);
}

ssize_t write(int fd, const void *data, size_t length) {
  const char *path = path_of(fd);
  if (path && fails()) return -1;
  long long at = path ? (appends[fd] ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR)) : 0;
  ssize_t written = REAL(write)(fd, data, length);
  if (written > 0 && path) note('W', path, "", at, data, (size_t)written);
  if (written > 0 && fd == 1) note('A', "", "", 0, data, (size_t)written);
  return written;
}

#define PWRITE(name, off)                                              \
  ssize_t name(int fd, const void *data, size_t length, off offset) {  \
    const char *path = path_of(fd);                                    \
    if (path && fails()) return -1;                                    \
    ssize_t written = REAL(name)(fd, data, length, offset);            \
    if (written > 0 && path) note('W', path, "", offset, data, (size_t)written); \
    return written;                                                    \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define SYNC(name)                                                     \
  int name(int fd) {                                                   \
    const char *path = path_of(fd);                                    \
    if (path && fails()) return -1;                                    \
    int result = REAL(name)(fd);                                       \
    if (result == 0 && path) note('S', path, "", 0, NULL, 0);          \
    return result;                                                     \
  }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, off)                                            \
  int name(int fd, off length) {                                       \
    const char *path = path_of(fd);                                    \
    if (path && fails()) return -1;                                    \
    int result = REAL(name)(fd, length);                               \
    if (result == 0 && path) note('L', path, "", length, NULL, 0);     \
    return result;                                                     \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int unlink(const char *path) {
  if (protects(path)) return errno = EROFS, -1;
  int result = REAL(unlink)(path);
  if (result == 0 && watched(path)) note('U', path, "", 0, NULL, 0);
  return result;
}

int mkdir(const char *path, mode_t mode) {
  if (protects(path)) return errno = EROFS, -1;
  return REAL(mkdir)(path, mode);
}

int rename(const char *from, const char *to) {
  if (protects(to)) return errno = EROFS, -1;
  if (watched(to) && fails()) return -1;
  int result = REAL(rename)(from, to);
  if (result == 0 && watched(to)) note('R', from, to, 0, NULL, 0);
  return result;
}
