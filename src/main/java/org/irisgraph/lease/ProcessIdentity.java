package org.irisgraph.lease;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.irisgraph.base.PlainText;

/**
 * Identifies a process uniquely over time, so that a run that was killed on this machine is known
 * to be dead before its lease expires.
 *
 * <p>{@link ProcessHandle} is not enough on Linux: its start time is computed from the wall clock,
 * so that a live process seems to be another one after the clock was set, and it takes a process
 * that {@code hidepid} hides for dead. Hence {@code /proc}.
 *
 * @param host the host's name; a container has its own unless it shares its host's
 * @param machineId systemd's id of the installation, or empty
 * @param bootId Linux's id of the machine's current boot, or empty
 * @param pidNamespace Linux's namespace in which the pid is unique, or empty
 * @param pid the process id, or 0 if the holder is not a single process
 * @param start the start time: on Linux in clock ticks since boot, which setting the clock does not
 *     change, otherwise in milliseconds since 1970
 */
record ProcessIdentity(
    String host, String machineId, String bootId, String pidNamespace, long pid, long start) {

  /** Not a single process: a job on a cluster, which outlives its launcher. */
  static final ProcessIdentity NONE = new ProcessIdentity("", "", "", "", 0, 0);

  private static final Path PROC = Path.of("/proc");

  /** The start of a process that does not exist or has ended. */
  private static final long ENDED = -1;

  /** The start of a process that this one cannot see. */
  private static final long HIDDEN = -2;

  /** The number of the first field after the name in {@code /proc/PID/stat}, see proc(5). */
  private static final int FIRST_FIELD_AFTER_NAME = 3;

  private static final int STATE = 3;
  private static final int START_TIME = 22;

  /** Whether another process is known to be alive or dead. */
  enum Liveness {
    ALIVE,
    DEAD,
    UNKNOWN
  }

  /** This process. */
  static ProcessIdentity current() {
    long pid = ProcessHandle.current().pid();
    return new ProcessIdentity(
        PlainText.of(hostName(), LeaseTable.MAX_HOST),
        firstLine(Path.of("/etc/machine-id")),
        firstLine(PROC.resolve("sys/kernel/random/boot_id")),
        pidNamespaceOfThisProcess(),
        pid,
        startOf(pid));
  }

  /** Whether this process is alive, if the observer can know for certain. */
  Liveness seenFrom(ProcessIdentity observer) {
    if (pid == 0 || !host.equals(observer.host) || !machineId.equals(observer.machineId)) {
      return Liveness.UNKNOWN;
    }
    if (!bootId.equals(observer.bootId)) {
      // Without ids, two machines may have the same name.
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

  /** The start of a process, {@link #ENDED}, or {@link #HIDDEN}. */
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
    // Processes of other users may be hidden (hidepid, ProtectProc).
    boolean seesOthers = !firstLine(PROC.resolve("1/stat")).isEmpty();
    return seesOthers && Files.notExists(PROC.resolve(Long.toString(pid))) ? ENDED : HIDDEN;
  }

  private static long startOnLinux(String stat) {
    // The name, in brackets, may contain blanks and brackets.
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

  /** The first line of a file, or empty if it cannot be read. */
  private static String firstLine(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      return "";
    }
  }
}
