package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.irisgraph.options.LogFormat;
import org.irisgraph.report.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class LoggingSetupTest {

  private static final Logger OURS = LoggerFactory.getLogger("org.irisgraph.Something");
  private static final Logger BEAMS = LoggerFactory.getLogger("org.apache.beam.Something");
  private static final Logger FLINKS = LoggerFactory.getLogger("org.apache.flink.Something");

  @AfterEach
  void goBackToText() {
    LoggingSetup.apply(LogFormat.TEXT, false);
  }

  @Test
  void isQuietAboutWhatIsNotOurs() {
    String lines =
        logged(
            LogFormat.TEXT,
            false,
            () -> {
              BEAMS.info("not shown");
              FLINKS.info("not shown");
              OURS.debug("not shown");
              OURS.info("shown");
            });

    assertThat(lines, containsString("INFO  Something: shown"));
    assertThat(lines, not(containsString("not shown")));
  }

  @Test
  void showsKeyValuePairsInText() {
    String lines =
        logged(
            LogFormat.TEXT,
            false,
            () ->
                new LoggedProgress(false)
                    .show(
                        Progress.stored(100, 5, 2).in(Progress.Phase.INDEXING).with(120, 110, 214),
                        24.04));

    assertThat(
        lines,
        containsString(
            "INFO  LoggedProgress: Progress phase=indexing read=120 extracted=110 indexed=100"
                + " unchanged=5 rejected=2 documentsPerSecond=24.0 totalAbout=214 percent=50 secondsLeft=5\n"));
  }

  @Test
  void logsWhatTheRunWaitsForAndNoCountsThatNoLongerMove() {
    LoggedProgress progress = new LoggedProgress(false);
    String lines =
        logged(
            LogFormat.TEXT,
            false,
            () -> {
              progress.show(Progress.NONE.waitingFor("counting the rows"), 0);
              progress.show(Progress.NONE.in(Progress.Phase.ENDING).with(20, 0, 20), 0);
            });

    assertThat(lines, containsString("Progress phase=starting waitsFor=counting the rows\n"));
    assertThat(lines, containsString("Progress phase=ending\n"));
  }

  @Test
  void saysOnceThatAnEndlessRunWaits() {
    LoggedProgress progress = new LoggedProgress(true);
    String lines =
        logged(
            LogFormat.TEXT,
            false,
            () -> {
              for (int read : new int[] {1, 1, 1, 2, 2, 2}) {
                progress.show(Progress.stored(read, 0, 0).in(Progress.Phase.INDEXING), 0);
              }
            });

    assertThat(lines.split("read=", -1).length - 1, is(2));
    assertThat(lines.split("Waiting for new and changed files", -1).length - 1, is(2));
  }

  @Test
  void writesOneJsonObjectALineWithEverythingThatBelongsToIt() throws Exception {
    String lines =
        logged(
            LogFormat.JSON,
            false,
            () -> {
              MDC.put("runId", "r1");
              OURS.atWarn()
                  .addKeyValue("rows", 1000)
                  .setCause(new IllegalStateException("two\nlines"))
                  .log("Stored {}", "batch");
              MDC.remove("runId");
            });

    assertThat(lines.strip().lines().count(), is(1L));
    JsonNode event = new ObjectMapper().readTree(lines);
    assertThat(event.get("level").asText(), is("WARN"));
    assertThat(event.get("formattedMessage").asText(), is("Stored batch"));
    assertThat(event.get("mdc").get("runId").asText(), is("r1"));
    assertThat(event.get("kvpList").get(0).get("rows").asText(), is("1000"));
    assertThat(event.get("throwable").get("message").asText(), is("two\nlines"));
  }

  @Test
  void showsStackTracesInTextOnDemandOnly() {
    Exception cause = new IllegalStateException("outer", new IllegalStateException("inner"));
    Runnable warning = () -> OURS.warn("Retried", cause);

    assertThat(
        logged(LogFormat.TEXT, false, warning),
        endsWith(
            "WARN  Something: Retried java.lang.IllegalStateException: outer"
                + " Caused by: java.lang.IllegalStateException: inner \n"));
    assertThat(logged(LogFormat.TEXT, true, warning), containsString("\tat org.irisgraph"));
  }

  /** The console appender asks for System.err each time it is set up. */
  private static String logged(LogFormat format, boolean stacktraces, Runnable events) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      LoggingSetup.apply(format, stacktraces);
      events.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
