/*
 * A disk that forgets, and one that is full, for a process under LD_PRELOAD.
 *
 * Before each change of a file below MW_SHIM_ROOT (write, truncate, create, rename, unlink) what was there before is appended
 * to a journal; fsync, fdatasync and O_SYNC writes are noted in it too. rollback.ts reads the journal after a kill -9 and
 * takes back what was never synced, as a power cut does. While the file MW_SHIM_FULL exists, nothing below the root may grow:
 * writes beyond the end of a file fail with ENOSPC, as on a full disk. With MW_SHIM_LIE, syncs are swallowed: a program that
 * does not sync.
 *
 * Record: "type dev ino offset size length\n" followed by `length` bytes.
 *   w  offset, size before; the old bytes at offset      t  truncate: size before; the old tail from offset
 *   s  synced (file or folder)                            c  created: path
 *   r  renamed: "from\0to\0kept", kept = link to what stood at `to`, or empty      u  unlinked: "path\0kept"
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FDS 65536

static pthread_mutex_t turn = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char root[PATH_MAX];
static size_t root_length;
static char journal_folder[PATH_MAX];
static char full[PATH_MAX];
static int journal = -1;
static int lie;
static unsigned kept;
/* 0: not ours, 1: ours, 3: ours and every write is synced. */
static unsigned char tracked[MOST_FDS];

static void start(void) __attribute__((constructor));
static void start(void) {
  const char *r = getenv("MW_SHIM_ROOT"), *j = getenv("MW_SHIM_JOURNAL"), *f = getenv("MW_SHIM_FULL");
  if (r == NULL || j == NULL || realpath(r, root) == NULL) { root[0] = 0; return; }
  root_length = strlen(root);
  snprintf(journal_folder, sizeof journal_folder, "%s", j);
  snprintf(full, sizeof full, "%s", f == NULL ? "" : f);
  lie = getenv("MW_SHIM_LIE") != NULL;
  char path[PATH_MAX + 64];
  snprintf(path, sizeof path, "%s/journal", j);
  int low = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (low < 0) { perror("shim journal"); _exit(99); }
  /* Out of the way of the low numbers that programs expect. */
  journal = fcntl(low, F_DUPFD_CLOEXEC, 900);
  syscall(SYS_close, low);
}

static void put(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    ssize_t n = syscall(SYS_write, journal, at, length);
    if (n < 0) { if (errno == EINTR) continue; perror("shim journal"); _exit(99); }
    at += n;
    length -= n;
  }
}

static void record(char type, const struct stat *s, off_t offset, off_t size, const void *bytes, size_t length) {
  char head[160];
  int n = snprintf(head, sizeof head, "%c %llu %llu %lld %lld %zu\n", type, (unsigned long long)s->st_dev,
                   (unsigned long long)s->st_ino, (long long)offset, (long long)size, length);
  struct { char *at; size_t length; } parts[] = {{head, n}, {(char *)bytes, length}};
  char *whole = malloc(n + length);
  memcpy(whole, parts[0].at, n);
  if (length > 0) memcpy(whole + n, parts[1].at, length);
  put(whole, n + length);
  free(whole);
}

/* The absolute path, without resolving its last part; NULL where it is not below the root. */
static const char *below(int dir, const char *path, char *out) {
  if (root[0] == 0 || path == NULL) return NULL;
  char whole[PATH_MAX], folder[PATH_MAX];
  if (path[0] == '/') snprintf(whole, sizeof whole, "%s", path);
  else if (dir == AT_FDCWD) {
    if (getcwd(folder, sizeof folder) == NULL) return NULL;
    if (snprintf(whole, sizeof whole, "%s/%s", folder, path) >= (int)sizeof whole) return NULL;
  } else {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
    ssize_t n = readlink(link, folder, sizeof folder - 1);
    if (n < 0) return NULL;
    folder[n] = 0;
    if (snprintf(whole, sizeof whole, "%s/%s", folder, path) >= (int)sizeof whole) return NULL;
  }
  char *slash = strrchr(whole, '/');
  if (slash == NULL || slash == whole) return NULL;
  *slash = 0;
  if (realpath(whole, folder) == NULL) return NULL;
  if (snprintf(out, PATH_MAX, "%s/%s", folder, slash + 1) >= PATH_MAX) return NULL;
  return strncmp(out, root, root_length) == 0 && (out[root_length] == '/' || out[root_length] == 0) ? out : NULL;
}

static int is_full(void) { return full[0] != 0 && syscall(SYS_faccessat, AT_FDCWD, full, F_OK) == 0; }

#define REAL(name) static __typeof__(&name) real; if (real == NULL) real = dlsym(RTLD_NEXT, #name)
#define LOCK pthread_mutex_lock(&turn)
#define UNLOCK pthread_mutex_unlock(&turn)
static int ours(int fd) { return fd >= 0 && fd < MOST_FDS && tracked[fd] != 0; }

/* Notes what a write of `length` bytes at `offset` will overwrite; gives how many of them the disk takes, or -1. */
static ssize_t before_write(int fd, off_t offset, size_t length) {
  struct stat s;
  if (fstat(fd, &s) != 0 || !S_ISREG(s.st_mode)) return length;
  if (is_full() && offset + (off_t)length > s.st_size) {
    off_t room = s.st_size - offset;
    if (room <= 0) { errno = ENOSPC; return -1; }
    length = room;
  }
  off_t end = offset + (off_t)length < s.st_size ? offset + (off_t)length : s.st_size;
  size_t old = end > offset ? end - offset : 0;
  char *bytes = old > 0 ? malloc(old) : NULL;
  if (old > 0) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int reader = syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC);
    ssize_t n = reader < 0 ? -1 : syscall(SYS_pread64, reader, bytes, old, offset);
    if (reader >= 0) syscall(SYS_close, reader);
    if (n < 0) n = 0;
    old = n;
  }
  record('w', &s, offset, s.st_size, bytes, old);
  free(bytes);
  return length;
}

static void after_sync(int fd) {
  struct stat s;
  if (fstat(fd, &s) == 0) record('s', &s, 0, 0, NULL, 0);
}
static void after_write(int fd) { if (tracked[fd] == 3 && !lie) after_sync(fd); }

static off_t position(int fd) {
  int flags = fcntl(fd, F_GETFL);
  return lseek(fd, 0, flags >= 0 && (flags & O_APPEND) ? SEEK_END : SEEK_CUR);
}

#define WRITE(call, offset_of)                              \
  if (!ours(fd)) return call;                               \
  LOCK;                                                     \
  {                                                         \
    off_t at = offset_of;                                   \
    ssize_t room = before_write(fd, at, length);            \
    if (room < 0) { UNLOCK; errno = ENOSPC; return -1; }    \
    length = room;                                          \
    ssize_t n = call;                                       \
    int error = errno;                                      \
    after_write(fd);                                        \
    UNLOCK;                                                 \
    errno = error;                                          \
    return n;                                               \
  }

ssize_t write(int fd, const void *bytes, size_t length) { REAL(write); WRITE(real(fd, bytes, length), position(fd)) }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { REAL(pwrite); WRITE(real(fd, bytes, length, offset), offset) }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) { REAL(pwrite64); WRITE(real(fd, bytes, length, offset), offset) }

/* Vectors go one by one: a part of them may be all that a full disk takes. */
static ssize_t each(int fd, const struct iovec *parts, int count, off_t offset, int at_position) {
  ssize_t sum = 0;
  for (int i = 0; i < count; i += 1) {
    ssize_t n = at_position ? write(fd, parts[i].iov_base, parts[i].iov_len)
                            : pwrite(fd, parts[i].iov_base, parts[i].iov_len, offset + sum);
    if (n < 0) return sum > 0 ? sum : -1;
    sum += n;
    if ((size_t)n < parts[i].iov_len) break;
  }
  return sum;
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(writev);
  return ours(fd) ? each(fd, parts, count, 0, 1) : real(fd, parts, count);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  REAL(pwritev);
  return ours(fd) ? each(fd, parts, count, offset, 0) : real(fd, parts, count, offset);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  REAL(pwritev64);
  return ours(fd) ? each(fd, parts, count, offset, 0) : real(fd, parts, count, offset);
}

static int before_truncate(int fd, off_t length) {
  struct stat s;
  if (fstat(fd, &s) != 0) return 0;
  if (length > s.st_size && is_full()) { errno = ENOSPC; return -1; }
  if (length >= s.st_size) record('t', &s, s.st_size, s.st_size, NULL, 0);
  else {
    size_t old = s.st_size - length;
    char *bytes = malloc(old);
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int reader = syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC);
    ssize_t n = reader < 0 ? -1 : syscall(SYS_pread64, reader, bytes, old, length);
    if (reader >= 0) syscall(SYS_close, reader);
    record('t', &s, length, s.st_size, bytes, n < 0 ? 0 : n);
    free(bytes);
  }
  return 0;
}
#define TRUNCATE                                                    \
  if (!ours(fd)) return real(fd, length);                           \
  LOCK;                                                             \
  if (before_truncate(fd, length) != 0) { UNLOCK; errno = ENOSPC; return -1; } \
  int n = real(fd, length), error = errno;                          \
  UNLOCK;                                                           \
  errno = error;                                                    \
  return n;
int ftruncate(int fd, off_t length) { REAL(ftruncate); TRUNCATE }
int ftruncate64(int fd, off64_t length) { REAL(ftruncate64); TRUNCATE }
int fallocate(int fd, int mode, off_t offset, off_t length) {
  REAL(fallocate);
  if (!ours(fd)) return real(fd, mode, offset, length);
  errno = EOPNOTSUPP;
  return -1;
}
int posix_fallocate(int fd, off_t offset, off_t length) {
  REAL(posix_fallocate);
  return ours(fd) ? EOPNOTSUPP : real(fd, offset, length);
}

#define SYNC                                    \
  struct stat s;                                \
  /* Folders too, which are opened to be synced. */ \
  if (root[0] == 0 || !ours(fd)) return real(fd);  \
  if (lie) return 0;                            \
  LOCK;                                         \
  int n = fstat(fd, &s) == 0 && S_ISDIR(s.st_mode) ? (real(fd), 0) : real(fd), error = errno; \
  if (n == 0) after_sync(fd);                   \
  UNLOCK;                                       \
  errno = error;                                \
  return n;
int fsync(int fd) { REAL(fsync); SYNC }
int fdatasync(int fd) { REAL(fdatasync); SYNC }

/* Opening: creation is a change of its own; O_TRUNC is a truncate. */
static int opened(int fd, const char *path, int flags, int existed) {
  if (fd < 0 || fd >= MOST_FDS) return fd;
  tracked[fd] = path == NULL ? 0 : (flags & (O_SYNC | O_DSYNC)) ? 3 : 1;
  if (path == NULL || existed || !(flags & O_CREAT)) return fd;
  struct stat s;
  if (fstat(fd, &s) == 0 && S_ISREG(s.st_mode)) record('c', &s, 0, 0, path, strlen(path));
  return fd;
}
static int open_any(int dir, const char *name, int flags, mode_t mode) {
  char whole[PATH_MAX];
  const char *path = below(dir, name, whole);
  if (path == NULL) {
    int fd = syscall(SYS_openat, dir, name, flags, mode);
    if (fd >= 0 && fd < MOST_FDS) tracked[fd] = 0;
    return fd;
  }
  LOCK;
  struct stat s;
  int existed = lstat(path, &s) == 0;
  if (!existed && (flags & O_CREAT) && is_full()) { UNLOCK; errno = ENOSPC; return -1; }
  if (existed && (flags & O_TRUNC) && S_ISREG(s.st_mode)) {
    int fd = syscall(SYS_openat, dir, name, (flags & ~(O_TRUNC | O_EXCL | O_CREAT)), mode);
    if (fd >= 0) { before_truncate(fd, 0); syscall(SYS_close, fd); }
  }
  int fd = syscall(SYS_openat, dir, name, flags, mode);
  int error = errno;
  opened(fd, path, flags, existed);
  UNLOCK;
  errno = error;
  return fd;
}
#define OPEN(dir)                              \
  mode_t mode = 0;                             \
  if (flags & (O_CREAT | O_TMPFILE)) {         \
    va_list more;                              \
    va_start(more, flags);                     \
    mode = va_arg(more, mode_t);               \
    va_end(more);                              \
  }                                            \
  return open_any(dir, name, flags, mode);
int open(const char *name, int flags, ...) { OPEN(AT_FDCWD) }
int open64(const char *name, int flags, ...) { OPEN(AT_FDCWD) }
int openat(int dir, const char *name, int flags, ...) { OPEN(dir) }
int openat64(int dir, const char *name, int flags, ...) { OPEN(dir) }
int creat(const char *name, mode_t mode) { return open_any(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int close(int fd) {
  REAL(close);
  if (fd == journal && journal >= 0) { errno = EBADF; return -1; }
  LOCK;
  if (fd >= 0 && fd < MOST_FDS) tracked[fd] = 0;
  int n = real(fd), error = errno;
  UNLOCK;
  errno = error;
  return n;
}

/* A name that goes: a link keeps what it stood for. */
static void keep(const char *path, char *out) {
  out[0] = 0;
  struct stat s;
  if (lstat(path, &s) != 0 || !S_ISREG(s.st_mode)) return;
  if (snprintf(out, PATH_MAX, "%s/kept-%d-%u", journal_folder, (int)getpid(), kept++) >= PATH_MAX) out[0] = 0;
  if (link(path, out) != 0) out[0] = 0;
}
static int unlink_any(int dir, const char *name, int flags) {
  char whole[PATH_MAX], link_name[PATH_MAX];
  const char *path = (flags & AT_REMOVEDIR) ? NULL : below(dir, name, whole);
  if (path == NULL) return syscall(SYS_unlinkat, dir, name, flags);
  LOCK;
  keep(path, link_name);
  struct stat s;
  int known = lstat(path, &s) == 0;
  int n = syscall(SYS_unlinkat, dir, name, flags), error = errno;
  if (n == 0 && known && link_name[0] != 0) {
    char both[2 * PATH_MAX];
    int length = snprintf(both, sizeof both, "%s%c%s", path, 0, link_name);
    record('u', &s, 0, 0, both, length);
  }
  UNLOCK;
  errno = error;
  return n;
}
int unlink(const char *name) { return unlink_any(AT_FDCWD, name, 0); }
int unlinkat(int dir, const char *name, int flags) { return unlink_any(dir, name, flags); }
int remove(const char *name) {
  struct stat s;
  if (lstat(name, &s) == 0 && S_ISDIR(s.st_mode)) return rmdir(name);
  return unlink_any(AT_FDCWD, name, 0);
}
static int rename_any(int from_dir, const char *from, int to_dir, const char *to) {
  char one[PATH_MAX], two[PATH_MAX], link_name[PATH_MAX];
  const char *a = below(from_dir, from, one), *b = below(to_dir, to, two);
  if (a == NULL || b == NULL) return syscall(SYS_renameat2, from_dir, from, to_dir, to, 0);
  LOCK;
  keep(b, link_name);
  struct stat s;
  int known = lstat(a, &s) == 0 && S_ISREG(s.st_mode);
  int n = syscall(SYS_renameat2, from_dir, from, to_dir, to, 0), error = errno;
  if (n == 0 && known) {
    char all[3 * PATH_MAX];
    int length = snprintf(all, sizeof all, "%s%c%s%c%s", a, 0, b, 0, link_name);
    record('r', &s, 0, 0, all, length);
  }
  UNLOCK;
  errno = error;
  return n;
}
int rename(const char *from, const char *to) { return rename_any(AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int from_dir, const char *from, int to_dir, const char *to) { return rename_any(from_dir, from, to_dir, to); }
