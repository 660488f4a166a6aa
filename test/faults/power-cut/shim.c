/*
 * A disk that forgets what was not synced. Loaded with LD_PRELOAD, it copies each regular file
 * below SHADOW_SOURCE to SHADOW_COPY whenever the program has synced it, so that the copy is what
 * a power cut would leave at any moment.
 *
 * Content: the whole file as it is when fsync or fdatasync returns. Names: a new file's name
 * counts as durable with its first sync, a rename or an unlink only when its folder is synced.
 * Syncs of files whose path has SHADOW_FORGET in it count as never asked for.
 * Flat folders and one level of sub-folders are enough for the store.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void fatal(const char *what) {
  perror(what);
  abort();
}

/* The path below SHADOW_SOURCE, "" for the folder itself; NULL where it lies elsewhere. */
static const char *below_source(const char *path) {
  const char *source = getenv("SHADOW_SOURCE");
  if (source == NULL || getenv("SHADOW_COPY") == NULL) return NULL;
  size_t length = strlen(source);
  if (strncmp(path, source, length) != 0) return NULL;
  if (path[length] == '/') return path + length + 1;
  return path[length] == '\0' ? "" : NULL;
}

static void make_parents(char *path) {
  for (char *at = path + 1; *at != '\0'; at++) {
    if (*at != '/') continue;
    *at = '\0';
    mkdir(path, 0700);
    *at = '/';
  }
}

/* Reads through the program's own descriptor: closing another one would drop SQLite's locks. */
static void copy_file(int from, const char *name, ino_t inode) {
  char by_inode[PATH_MAX], fresh[PATH_MAX], target[PATH_MAX];
  const char *copy = getenv("SHADOW_COPY");
  snprintf(by_inode, sizeof by_inode, "%s/.inodes/%lu", copy, (unsigned long)inode);
  snprintf(fresh, sizeof fresh, "%s/.inodes/new", copy);
  snprintf(target, sizeof target, "%s/%s", copy, name);
  make_parents(by_inode);
  make_parents(target);
  int to = open(fresh, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (to < 0) fatal(fresh);
  static char buffer[1 << 16];
  off_t at = 0;
  ssize_t got;
  while ((got = pread(from, buffer, sizeof buffer, at)) > 0) {
    if (write(to, buffer, (size_t)got) != got) fatal("write");
    at += got;
  }
  /* A descriptor that cannot be read says nothing about the disk. */
  if (got < 0) fatal("pread");
  close(to);
  if (rename(fresh, by_inode) != 0) fatal("rename");
  unlink(target);
  if (link(by_inode, target) != 0) fatal("link");
}

static int is_folder(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* Names that came go in, where their contents were synced; names that went go out. */
static void copy_names(const char *path, const char *name) {
  char here[PATH_MAX * 2], there[PATH_MAX * 2], by_inode[PATH_MAX];
  const char *copy = getenv("SHADOW_COPY");
  char folder[PATH_MAX];
  snprintf(folder, sizeof folder, "%s/%s", copy, name);
  DIR *live = opendir(path);
  if (live == NULL) return;
  for (struct dirent *entry; (entry = readdir(live)) != NULL;) {
    struct stat info;
    snprintf(here, sizeof here, "%s/%s", path, entry->d_name);
    if (stat(here, &info) != 0 || !S_ISREG(info.st_mode)) continue;
    snprintf(by_inode, sizeof by_inode, "%s/.inodes/%lu", copy, (unsigned long)info.st_ino);
    if (access(by_inode, F_OK) != 0) continue;
    snprintf(there, sizeof there, "%s/%s", folder, entry->d_name);
    make_parents(there);
    unlink(there);
    if (link(by_inode, there) != 0) fatal("link");
  }
  closedir(live);
  DIR *shadow = opendir(folder);
  if (shadow == NULL) return;
  for (struct dirent *entry; (entry = readdir(shadow)) != NULL;) {
    snprintf(here, sizeof here, "%s/%s", path, entry->d_name);
    snprintf(there, sizeof there, "%s/%s", folder, entry->d_name);
    if (access(here, F_OK) != 0 && !is_folder(there)) unlink(there);
  }
  closedir(shadow);
}

static void remember(int descriptor) {
  char link_name[64], path[PATH_MAX];
  snprintf(link_name, sizeof link_name, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link_name, path, sizeof path - 1);
  if (length <= 0) return;
  path[length] = '\0';
  const char *name = below_source(path);
  struct stat info;
  if (name == NULL || fstat(descriptor, &info) != 0) return;
  const char *forget = getenv("SHADOW_FORGET");
  if (forget != NULL && strstr(name, forget) != NULL) return;
  pthread_mutex_lock(&one_at_a_time);
  if (S_ISREG(info.st_mode)) copy_file(descriptor, name, info.st_ino);
  else if (S_ISDIR(info.st_mode)) copy_names(path, name);
  pthread_mutex_unlock(&one_at_a_time);
}

typedef int sync_function(int);

int fsync(int descriptor) {
  static sync_function *real;
  if (real == NULL) real = (sync_function *)dlsym(RTLD_NEXT, "fsync");
  int result = real(descriptor);
  if (result == 0) remember(descriptor);
  return result;
}

int fdatasync(int descriptor) {
  static sync_function *real;
  if (real == NULL) real = (sync_function *)dlsym(RTLD_NEXT, "fdatasync");
  int result = real(descriptor);
  if (result == 0) remember(descriptor);
  return result;
}
