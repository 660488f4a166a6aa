/*
 * A disk that fails when it is told to. Loaded with LD_PRELOAD, it fails calls on what lies below
 * DISK_BELOW while a file with the name of the fault lies in the folder DISK_FAULTS:
 *
 * - `sync`: fsync and fdatasync give EIO.
 * - `write`: nothing can be written or synced: EIO.
 * - `full`: nothing can be written: ENOSPC.
 * - `low`: the same while the kiosk holds its ballast.
 * - `read`: what lies beyond the first two pages of a file cannot be read: EIO.
 * - `read-only`: nothing can be written, made, renamed or removed: EROFS.
 *
 * The text in that file, if any, is a part of the path of what fails; all else is well then.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* The function of the C library that this one stands before. */
#define REAL(name)                                                                                 \
  static __typeof__(&name) real;                                                                   \
  if (real == NULL) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static int is_below(const char *path) {
  const char *below = getenv("DISK_BELOW");
  if (below == NULL) return 0;
  size_t length = strlen(below);
  return strncmp(path, below, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* Whether this fault is on for what lies at this path. */
static int is_on(const char *fault, const char *path) {
  const char *faults = getenv("DISK_FAULTS");
  if (faults == NULL || !is_below(path)) return 0;
  static __typeof__(&open) open_it;
  if (open_it == NULL) open_it = (__typeof__(&open))dlsym(RTLD_NEXT, "open");
  static __typeof__(&pread) read_at;
  if (read_at == NULL) read_at = (__typeof__(&pread))dlsym(RTLD_NEXT, "pread");
  char name[PATH_MAX], part[PATH_MAX];
  snprintf(name, sizeof name, "%s/%s", faults, fault);
  int before = errno;
  int file = open_it(name, O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    errno = before;
    return 0;
  }
  ssize_t length = read_at(file, part, sizeof part - 1, 0);
  close(file);
  errno = before;
  part[length < 0 ? 0 : length] = '\0';
  return strstr(path, part) != NULL;
}

static int is_on_fd(const char *fault, int descriptor) {
  char link_name[64], path[PATH_MAX];
  snprintf(link_name, sizeof link_name, "/proc/self/fd/%d", descriptor);
  int before = errno;
  ssize_t length = readlink(link_name, path, sizeof path - 1);
  errno = before;
  if (length <= 0) return 0;
  path[length] = '\0';
  return is_on(fault, path);
}

static int failed(int error) {
  errno = error;
  return -1;
}

static int holds_ballast(void) {
  char ballast[PATH_MAX];
  snprintf(ballast, sizeof ballast, "%s/store/kiosk.ballast", getenv("DISK_BELOW"));
  return access(ballast, F_OK) == 0;
}

static int cannot_write(int descriptor) {
  if (is_on_fd("full", descriptor)) return ENOSPC;
  if (is_on_fd("low", descriptor) && holds_ballast()) return ENOSPC;
  if (is_on_fd("read-only", descriptor)) return EROFS;
  return is_on_fd("write", descriptor) ? EIO : 0;
}

#define FAIL_FD(check)                                                                             \
  do {                                                                                             \
    int error = check;                                                                             \
    if (error != 0) return failed(error);                                                          \
  } while (0)

static int cannot_sync(int descriptor) {
  return is_on_fd("sync", descriptor) || is_on_fd("write", descriptor) ? EIO : 0;
}

int fsync(int descriptor) {
  REAL(fsync);
  FAIL_FD(cannot_sync(descriptor));
  return real(descriptor);
}

int fdatasync(int descriptor) {
  REAL(fdatasync);
  FAIL_FD(cannot_sync(descriptor));
  return real(descriptor);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  REAL(write);
  FAIL_FD(cannot_write(descriptor));
  return real(descriptor, bytes, count);
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  REAL(writev);
  FAIL_FD(cannot_write(descriptor));
  return real(descriptor, parts, count);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t at) {
  REAL(pwrite);
  FAIL_FD(cannot_write(descriptor));
  return real(descriptor, bytes, count, at);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t at) {
  REAL(pwrite64);
  FAIL_FD(cannot_write(descriptor));
  return real(descriptor, bytes, count, at);
}

int ftruncate(int descriptor, off_t length) {
  REAL(ftruncate);
  FAIL_FD(cannot_write(descriptor));
  return real(descriptor, length);
}

int ftruncate64(int descriptor, off64_t length) {
  REAL(ftruncate64);
  FAIL_FD(cannot_write(descriptor));
  return real(descriptor, length);
}

#define TWO_PAGES 8192

/* Whether a read meets what cannot be read. */
static int cannot_read(int descriptor, off_t at, size_t count) {
  struct stat info;
  if (at < 0 || at + (off_t)count <= TWO_PAGES) return 0;
  if (fstat(descriptor, &info) != 0 || info.st_size <= TWO_PAGES) return 0;
  return is_on_fd("read", descriptor) ? EIO : 0;
}

ssize_t read(int descriptor, void *bytes, size_t count) {
  REAL(read);
  FAIL_FD(cannot_read(descriptor, lseek(descriptor, 0, SEEK_CUR), count));
  return real(descriptor, bytes, count);
}

ssize_t pread(int descriptor, void *bytes, size_t count, off_t at) {
  REAL(pread);
  FAIL_FD(cannot_read(descriptor, at, count));
  return real(descriptor, bytes, count, at);
}

ssize_t pread64(int descriptor, void *bytes, size_t count, off64_t at) {
  REAL(pread64);
  FAIL_FD(cannot_read(descriptor, at, count));
  return real(descriptor, bytes, count, at);
}

/* Opening for writing, or making a file. What is there already may be opened for reading. */
static int opens_for_writing(int flags) {
  return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) != 0;
}

#define MODE(flags)                                                                                \
  mode_t mode = 0;                                                                                 \
  if ((flags & O_CREAT) != 0) {                                                                    \
    va_list rest;                                                                                  \
    va_start(rest, flags);                                                                         \
    mode = va_arg(rest, mode_t);                                                                   \
    va_end(rest);                                                                                  \
  }

int open(const char *path, int flags, ...) {
  MODE(flags)
  REAL(open);
  if (opens_for_writing(flags) && is_on("read-only", path)) return failed(EROFS);
  return real(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE(flags)
  REAL(open64);
  if (opens_for_writing(flags) && is_on("read-only", path)) return failed(EROFS);
  return real(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  MODE(flags)
  REAL(openat);
  if (opens_for_writing(flags) && is_on("read-only", path)) return failed(EROFS);
  return real(folder, path, flags, mode);
}

#define FAIL_PATH(path)                                                                            \
  do {                                                                                             \
    if (is_on("read-only", path)) return failed(EROFS);                                            \
  } while (0)

int rename(const char *from, const char *to) {
  REAL(rename);
  FAIL_PATH(to);
  return real(from, to);
}

int link(const char *from, const char *to) {
  REAL(link);
  FAIL_PATH(to);
  return real(from, to);
}

int unlink(const char *path) {
  REAL(unlink);
  FAIL_PATH(path);
  return real(path);
}

int rmdir(const char *path) {
  REAL(rmdir);
  FAIL_PATH(path);
  return real(path);
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  struct stat info;
  if (stat(path, &info) != 0) FAIL_PATH(path);
  return real(path, mode);
}
