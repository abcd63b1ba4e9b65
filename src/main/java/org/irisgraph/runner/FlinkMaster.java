package org.irisgraph.runner;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.options.UsageException;

/** The address of a JobManager's REST interface, as the option {@code flinkMaster} has it. */
record FlinkMaster(String host, int port) {

  private static final Pattern PATTERN =
      Pattern.compile("(?:http://)?([^\\s:/\\[\\]]+|\\[[0-9a-fA-F:]+])(?::(\\d{1,5}))?/?");
  private static final int DEFAULT_PORT = 8081;
  private static final int MAX_PORT = 65_535;

  /**
   * Reads the value of the option.
   *
   * @throws UsageException if it is no address
   */
  static FlinkMaster parse(String master) {
    Matcher parts = PATTERN.matcher(master);
    if (parts.matches()) {
      String port = parts.group(2);
      int number = port == null ? DEFAULT_PORT : Integer.parseInt(port);
      if (number <= MAX_PORT) {
        return new FlinkMaster(parts.group(1), number);
      }
    }
    throw new UsageException(
        "flinkMaster must be host:port of the JobManager's REST interface, or [local], not \"%s\""
            .formatted(master));
  }

  /** The address of the cluster's web page. */
  String url() {
    return "http://" + host + ":" + port;
  }
}
