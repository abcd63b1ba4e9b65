package org.irisgraph.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.irisgraph.iris.TestTarget;

/**
 * Seconds of processor time that this JVM, the client, and the processes of PostgreSQL, the server,
 * have used. Unlike the time on the clock they do not contain what one waits for the other, nor
 * what else the machine does.
 *
 * @param server 0 where the system has no {@code /proc}
 */
record ProcessorTime(double client, double server) {

  /** The unit of {@code /proc/PID/stat}, which Linux has fixed for programs: {@code USER_HZ}. */
  private static final double TICKS_PER_SECOND = 100;

  static ProcessorTime now(TestTarget target) throws SQLException, IOException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new ProcessorTime(system.getProcessCpuTime() / 1e9, ofServer(target));
  }

  ProcessorTime since(ProcessorTime start) {
    return new ProcessorTime(client - start.client, server - start.server);
  }

  /** The main process with its children: those that ended are counted in its own line. */
  private static double ofServer(TestTarget target) throws SQLException, IOException {
    String file = target.rows("SELECT pg_read_file('postmaster.pid')").get(0);
    ProcessHandle main =
        ProcessHandle.of(Long.parseLong(file.lines().findFirst().orElseThrow())).orElseThrow();
    if (!Files.exists(stat(main))) {
      return 0;
    }
    double own;
    double ofChildren;
    do {
      own = ticks(main, 4);
      ofChildren = 0;
      for (ProcessHandle child : main.children().toList()) {
        ofChildren += ticks(child, 2);
      }
      // Unless a child has ended meanwhile, which would be counted twice or not at all.
    } while (ticks(main, 4) != own);
    return (own + ofChildren) / TICKS_PER_SECOND;
  }

  /** User and system time, and with 4 numbers also that of children that have been waited for. */
  private static double ticks(ProcessHandle process, int numbers) throws IOException {
    String line;
    try {
      line = Files.readString(stat(process));
    } catch (IOException e) {
      if (process.isAlive()) {
        throw e;
      }
      return 0;
    }
    // The name, in parentheses, may contain blanks; the user time is the twelfth field after it.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    double ticks = 0;
    for (int i = 11; i < 11 + numbers; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks;
  }

  private static Path stat(ProcessHandle process) {
    return Path.of("/proc", Long.toString(process.pid()), "stat");
  }
}
