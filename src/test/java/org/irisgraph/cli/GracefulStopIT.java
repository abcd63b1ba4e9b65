package org.irisgraph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.irisgraph.report.Progress;
import org.irisgraph.report.Summary;
import org.irisgraph.run.Job;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals to a process with a job. */
@Tag("slow")
class GracefulStopIT {

  private static final Path STATE = Path.of("/proc/self/status");
  private static final long IGNORES_SIGINT = 1 << (2 - 1);

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void endsWithTheCodeOfTheSignalWhenTheJobHasStopped(String signal, int exitCode)
      throws Exception {
    try (Running process = Running.start("obedient", signal)) {
      process.send(signal);

      assertThat(process.line(), startsWith("stopping after the batches that are being stored; "));
      assertThat(process.exitCode(), is(exitCode));
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void endsAtOnceAtASecondSignal(String signal, int exitCode) throws Exception {
    try (Running process = Running.start("deaf", signal)) {
      process.send(signal);
      assertThat(process.line(), startsWith("stopping after the batches that are being stored; "));
      assertThat(process.line(), is("asked to stop"));

      process.send(signal);

      assertThat(process.exitCode(), is(exitCode));
    }
  }

  private record Running(Process process, BufferedReader output) implements AutoCloseable {

    static Running start(String job, String signal) throws IOException {
      assumeFalse(signal.equals("INT") && isSigintIgnored(), "SIGINT is ignored here");
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Program.class.getName(),
                  job)
              .redirectErrorStream(true)
              .start();
      Running running = new Running(process, process.inputReader(UTF_8));
      assertThat(running.line(), is("running"));
      return running;
    }

    /** A process that a shell started in the background ignores SIGINT, and so do its children. */
    private static boolean isSigintIgnored() throws IOException {
      return Files.exists(STATE)
          && Files.readAllLines(STATE).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .anyMatch(
                  line ->
                      (Long.parseUnsignedLong(line.substring(7).strip(), 16) & IGNORES_SIGINT)
                          != 0);
    }

    void send(String signal) throws Exception {
      new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
    }

    String line() throws IOException {
      return "" + output.readLine();
    }

    int exitCode() throws Exception {
      assertThat("it has ended", process.waitFor(120, TimeUnit.SECONDS), is(true));
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /** Runs a job that ends when it is asked to, or never. */
  static final class Program {

    private Program() {}

    /** Takes {@code obedient} or {@code deaf}. */
    public static void main(String[] arguments) throws InterruptedException {
      CountDownLatch end = new CountDownLatch(1);
      GracefulStop stop =
          GracefulStop.of(
              new Job() {
                @Override
                public Summary run() {
                  throw new UnsupportedOperationException();
                }

                @Override
                public Progress progress() {
                  return Progress.NONE;
                }

                @Override
                public Progress current() {
                  return Progress.NONE;
                }

                @Override
                public void stop() {
                  System.out.println("asked to stop");
                  if (arguments[0].equals("obedient")) {
                    end.countDown();
                  }
                }
              });
      System.out.println("running");
      end.await();
      stop.ended();
    }
  }
}
