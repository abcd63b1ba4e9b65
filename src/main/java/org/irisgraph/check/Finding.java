package org.irisgraph.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What was found out about one thing that a run needs.
 *
 * @param topic the thing, as in {@code database}
 * @param message one line: what was found and, unless it is good, what to do
 * @param statements the SQL statements that the message speaks of
 */
public record Finding(
    String topic,
    Status status,
    String message,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> statements) {

  /** Whether a run can work with it. */
  public enum Status {
    @JsonProperty("good")
    GOOD,
    /** A run works, but slowly, or not as is most likely meant. */
    @JsonProperty("warning")
    WARNING,
    /** A run would fail. */
    @JsonProperty("problem")
    PROBLEM
  }

  public Finding {
    message = message.strip().replaceAll("\\s*\\R\\s*", " ");
    statements = List.copyOf(statements);
  }

  static Finding good(String topic, String message) {
    return new Finding(topic, Status.GOOD, message, List.of());
  }

  static Finding warning(String topic, String message) {
    return new Finding(topic, Status.WARNING, message, List.of());
  }

  static Finding problem(String topic, String message) {
    return new Finding(topic, Status.PROBLEM, message, List.of());
  }
}
