package org.irisgraph.lease;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A process, told from all others that have been or will be.
 *
 * @param host its name; containers have one each, unless they share their host's
 * @param machineId of the installation, as systemd names it, else empty
 * @param bootId which start of the machine, as Linux names it, else empty
 * @param pidNamespace within which the number is unique, as Linux names it, else empty
 * @param pid the number, or 0 if the holder is no single process
 * @param start on Linux clock ticks from the start of the machine, which a clock that is set does
 *     not change, else milliseconds since 1970
 */
record ProcessIdentity(
    String host, String machineId, String bootId, String pidNamespace, long pid, long start) {

  /** No single process: a job on a cluster, which outlives whoever has launched it. */
  static final ProcessIdentity NONE = new ProcessIdentity("", "", "", "", 0, 0);

  private static final Path PROC = Path.of("/proc");

  /** There is no such process, or none that still runs. */
  private static final long ENDED = -1;

  /** Nothing can be said of it. */
  private static final long HIDDEN = -2;

  /** The first field after the name in {@code /proc/PID/stat} is the third, proc(5). */
  private static final int FIRST_FIELD_AFTER_NAME = 3;

  private static final int STATE = 3;
  private static final int START_TIME = 22;

  /** What one process can know of another. */
  enum Liveness {
    ALIVE,
    DEAD,
    UNKNOWN
  }

  /** This process. */
  static ProcessIdentity current() {
    long pid = ProcessHandle.current().pid();
    return new ProcessIdentity(
        hostName(),
        firstLine(Path.of("/etc/machine-id")),
        firstLine(PROC.resolve("sys/kernel/random/boot_id")),
        pidNamespaceOfThisProcess(),
        pid,
        startOf(pid));
  }

  /** Whether this one is alive, as far as an observer on its machine can tell for sure. */
  Liveness seenFrom(ProcessIdentity observer) {
    if (pid == 0 || !host.equals(observer.host) || !machineId.equals(observer.machineId)) {
      return Liveness.UNKNOWN;
    }
    if (!bootId.equals(observer.bootId)) {
      // Names alone may be those of two machines.
      return machineId.isEmpty() || bootId.isEmpty() || observer.bootId.isEmpty()
          ? Liveness.UNKNOWN
          : Liveness.DEAD;
    }
    if (!pidNamespace.equals(observer.pidNamespace)) {
      return Liveness.UNKNOWN;
    }
    long found = startOf(pid);
    if (found == HIDDEN) {
      return Liveness.UNKNOWN;
    }
    return found == start ? Liveness.ALIVE : Liveness.DEAD;
  }

  /** When a process began, {@link #ENDED}, or {@link #HIDDEN}. */
  static long startOf(long pid) {
    if (!Files.isDirectory(PROC.resolve("self"))) {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .map(process -> process.info().startInstant().map(Instant::toEpochMilli).orElse(HIDDEN))
          .orElse(ENDED);
    }
    String stat = firstLine(PROC.resolve(pid + "/stat"));
    if (!stat.isEmpty()) {
      return startOnLinux(stat);
    }
    // Processes of other users may be hidden from us (hidepid, ProtectProc).
    boolean seesOthers = !firstLine(PROC.resolve("1/stat")).isEmpty();
    return seesOthers && Files.notExists(PROC.resolve(Long.toString(pid))) ? ENDED : HIDDEN;
  }

  private static long startOnLinux(String stat) {
    // The name, in brackets, may hold blanks and brackets.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length <= START_TIME - FIRST_FIELD_AFTER_NAME) {
      return HIDDEN;
    }
    boolean ended = "ZX".contains(fields[STATE - FIRST_FIELD_AFTER_NAME]);
    return ended ? ENDED : Long.parseLong(fields[START_TIME - FIRST_FIELD_AFTER_NAME]);
  }

  private static String hostName() {
    String name = firstLine(PROC.resolve("sys/kernel/hostname"));
    if (!name.isEmpty()) {
      return name;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static String pidNamespaceOfThisProcess() {
    try {
      return Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /** Empty if there is no such file. */
  private static String firstLine(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      return "";
    }
  }
}
