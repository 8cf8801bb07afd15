/* A disk that fails on demand: loaded before libc (LD_PRELOAD), it stands between a program and the files
 * whose path contains a word. The file named by HELAN_FAULTY_DISK says what happens to them now, as
 * "<fault> <word>"; without that file, or with an empty one, nothing does. Test equipment only. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum fault { SOUND, FULL, BROKEN, SHORT, READ_ONLY, SYNC_FAILS, SLOW };

static enum fault fault_of(const char *path) {
    static const char *const names[] = {"sound", "full", "broken", "short", "read-only", "sync-fails", "slow"};
    const char *control = getenv("HELAN_FAULTY_DISK");
    char said[256], name[16], word[200];
    int before = errno;
    if (!control) return SOUND;
    /* By system call, so as not to come back here. */
    int fd = (int)syscall(SYS_openat, AT_FDCWD, control, O_RDONLY | O_CLOEXEC);
    if (fd < 0) { errno = before; return SOUND; }
    ssize_t length = syscall(SYS_read, fd, said, sizeof said - 1);
    syscall(SYS_close, fd);
    errno = before;
    if (length <= 0) return SOUND;
    said[length] = 0;
    if (sscanf(said, "%15s %199s", name, word) != 2 || !strstr(path, word)) return SOUND;
    for (enum fault fault = SOUND; fault <= SLOW; fault++)
        if (!strcmp(name, names[fault])) return fault;
    return SOUND;
}

static enum fault fault_at(int fd) {
    char link[64], path[4096];
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = before;
    if (length <= 0) return SOUND;
    path[length] = 0;
    return fault_of(path);
}

/* How many of these bytes may be written, or -1 with the reason in errno. A short write takes half of what is
 * asked, and nothing at all of the last byte: so that each write is torn. */
static ssize_t allowed(int fd, size_t count) {
    switch (fault_at(fd)) {
    case FULL: errno = ENOSPC; return -1;
    case BROKEN: errno = EIO; return -1;
    case READ_ONLY: errno = EROFS; return -1;
    case SHORT:
        if (count > 1) return (ssize_t)(count / 2);
        errno = ENOSPC;
        return -1;
    default: return (ssize_t)count;
    }
}

ssize_t write(int fd, const void *bytes, size_t count) {
    ssize_t most = allowed(fd, count);
    return most < 0 ? -1 : syscall(SYS_write, fd, bytes, (size_t)most);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    ssize_t most = allowed(fd, count);
    return most < 0 ? -1 : syscall(SYS_pwrite64, fd, bytes, (size_t)most, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    return pwrite64(fd, bytes, count, at);
}

static int synced(int fd, long call) {
    enum fault fault = fault_at(fd);
    if (fault == BROKEN || fault == SYNC_FAILS) { errno = EIO; return -1; }
    if (fault == SLOW) {
        struct timespec pause = {0, 700 * 1000 * 1000};
        nanosleep(&pause, NULL);
    }
    return (int)syscall(call, fd);
}

int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int resized(int fd, off64_t size) {
    enum fault fault = fault_at(fd);
    if (fault == BROKEN) { errno = EIO; return -1; }
    if (fault == READ_ONLY) { errno = EROFS; return -1; }
    return (int)syscall(SYS_ftruncate, fd, size);
}

int ftruncate(int fd, off_t size) { return resized(fd, size); }
int ftruncate64(int fd, off64_t size) { return resized(fd, size); }

static int opened(int folder, const char *path, int flags, mode_t mode) {
    enum fault fault = fault_of(path);
    if (fault == READ_ONLY && (flags & O_ACCMODE) != O_RDONLY) { errno = EROFS; return -1; }
    int is_new = (flags & O_CREAT) && faccessat(folder, path, F_OK, 0) != 0;
    if (is_new && (fault == FULL || fault == SHORT)) { errno = ENOSPC; return -1; }
    if (is_new && fault == BROKEN) { errno = EIO; return -1; }
    return (int)syscall(SYS_openat, folder, path, flags, mode);
}

#define MODE(last) va_list more; va_start(more, last); \
    mode_t mode = (last & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0; va_end(more)

int open(const char *path, int flags, ...) { MODE(flags); return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags); return opened(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags); return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags); return opened(folder, path, flags, mode); }
