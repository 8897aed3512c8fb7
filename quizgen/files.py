"""Read and replace files so that a kill at any moment leaves the old one or the new one."""

from __future__ import annotations

import contextlib
import errno
import getpass
import hashlib
import os
import tempfile
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

from quizgen.errors import QuizgenError

_CHUNK = 1 << 20
_PLENTY = 60.0  # seconds: a writer holds the lock for one deck's re-read and replacement


def read(path: Path) -> bytes:
    """Return a file's bytes; raise `QuizgenError` with a sentence where that cannot be done."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise QuizgenError(_sentence(error, path, "read")) from error


def tail(path: Path, start: int) -> bytes:
    """Return a file's bytes from `start` on; raise `QuizgenError` as `read` does."""
    try:
        with path.open("rb") as file:
            file.seek(start)
            return file.read()
    except OSError as error:
        raise QuizgenError(_sentence(error, path, "read")) from error


def chunks(path: Path) -> Iterator[bytes]:
    """Yield a file in parts of whole lines; raise `QuizgenError` as `read` does."""
    try:
        with path.open("rb") as file:
            while part := file.read(_CHUNK):
                yield part + file.readline()
    except OSError as error:
        raise QuizgenError(_sentence(error, path, "read")) from error


def write(path: Path, data: bytes | Iterable[bytes], *, alone: bool = False) -> None:
    """Replace a file atomically, making its folder where needed; the old file's mode is kept.

    Parts of `data` are written as they come. `alone` says that the caller holds the file's lock.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path.resolve(), (data,) if isinstance(data, bytes) else data, alone=alone)
    except OSError as error:
        raise QuizgenError(_sentence(error, path, "write")) from error


def append(path: Path, lines: Iterable[bytes]) -> None:
    """Add whole lines to the end of a file, as they come, and see them onto the disk.

    A line that an earlier kill cut short is closed first, so that it spoils no other.
    """
    try:
        with path.open("a+b") as file:
            file.seek(0, os.SEEK_END)
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    file.write(b"\n")
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise QuizgenError(_sentence(error, path, "write")) from error


def _replace(path: Path, parts: Iterable[bytes], *, alone: bool) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        _sweep(path, temporary, alone=alone)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sweep(path: Path, own: Path, *, alone: bool) -> None:
    """Remove what a killed writer of this very file left behind.

    Without the lock another writer may be at work, so only what is an hour old goes.
    """
    now = own.stat().st_mtime
    for stale in path.parent.glob(f".{_literal(path.name)}.*.tmp"):
        with contextlib.suppress(OSError):
            if stale != own and (alone or now - stale.stat().st_mtime > 3600):
                stale.unlink()


def _literal(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return  # Windows has no way to do it, and needs none
    handle = os.open(folder, os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError:  # some network file systems refuse; the file itself is written
        pass
    finally:
        os.close(handle)


@contextlib.contextmanager
def locked(path: Path) -> Generator[None]:
    """Hold off other quizgen writers of this file.

    The lock lives in the temporary folder, so that nothing is left beside a person's deck.
    """
    import filelock  # noqa: PLC0415

    name = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:32]
    try:
        # a user id in a container need not have a name
        owner = str(os.getuid()) if hasattr(os, "getuid") else getpass.getuser()
        folder = Path(tempfile.gettempdir()) / f"quizgen-{owner}"
        folder.mkdir(mode=0o700, exist_ok=True)
        lock = filelock.FileLock(folder / f"{name}.lock", timeout=_PLENTY)
        lock.acquire()
    except filelock.Timeout as error:
        raise QuizgenError(f"{path} is held by another quizgen; close it and try again") from error
    except OSError as error:
        raise QuizgenError(_sentence(error, path, "lock")) from error
    try:
        yield
    finally:
        lock.release()


def _sentence(error: OSError, path: Path, deed: str) -> str:
    match error.errno:
        case errno.ENOENT:
            return f"{path} does not exist"
        case errno.EROFS:
            return (
                f"{path} could not be {_PAST[deed]}: it is on a disk that is mounted read-only; "
                "choose another place with -o"
            )
        case errno.EACCES | errno.EPERM:
            what = "folder" if deed != "read" and not path.exists() else "file"
            where = path.parent if what == "folder" else path
            return (
                f"{path} could not be {_PAST[deed]}: you have no permission for the {what} "
                f"{where}; change its permissions or choose another place with -o"
            )
        case errno.ENOSPC | errno.EDQUOT:
            return (
                f"{path} could not be written: the disk is full; "
                "free some space and run the command again"
            )
        case errno.EISDIR:
            return f"{path} is a folder; name a file"
        case _:
            return f"{path} could not be {_PAST[deed]}: {error.strerror or error}"


_PAST = {"read": "read", "write": "written", "lock": "locked"}
