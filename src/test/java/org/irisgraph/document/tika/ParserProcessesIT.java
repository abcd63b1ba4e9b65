package org.irisgraph.document.tika;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.irisgraph.document.ParseAttempts;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.format.PdfFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What hostile files do to a parser's process, and what is left of it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class ParserProcessesIT {

  private static final byte[] GOOD = PdfFiles.pdf(null, "Gout");

  @AfterEach
  void leavesNothingBehind() throws Exception {
    LeftByParsers.awaitNone();
  }

  private static ParserProcesses processes(int heapMegabytes, int timeoutSeconds) {
    return ParserProcesses.acquire(new ParserSettings(heapMegabytes, timeoutSeconds, 100_000));
  }

  private static String text(ParserProcesses processes, byte[] file) throws Exception {
    ParseAttempts.Attempt attempt = () -> {};
    return processes.parse("a.pdf", new ByteArrayInputStream(file), () -> attempt).text();
  }

  private static ReadFailure failure(ParserProcesses processes, byte[] file) {
    return assertThrows(ReadException.class, () -> text(processes, file)).reason();
  }

  @Test
  void keepsAProcessForTheNextDocument() throws Exception {
    try (ParserProcesses processes = processes(64, 60)) {
      assertThat(text(processes, GOOD), is("Gout"));
      List<Long> first = LeftByParsers.processes();
      assertThat(text(processes, GOOD), is("Gout"));

      assertThat(LeftByParsers.processes(), is(first));
    }
  }

  /** The launcher starts short runs without the optimising compiler, as these tests are. */
  @Test
  void compilesAsItsOwnJvmDoes() throws Exception {
    List<String> ours =
        compilerFlags(ManagementFactory.getRuntimeMXBean().getInputArguments().stream());
    try (ParserProcesses processes = processes(64, 60)) {
      assertThat(text(processes, GOOD), is("Gout"));
      ProcessHandle parser = ProcessHandle.of(LeftByParsers.processes().get(0)).orElseThrow();

      assertThat(compilerFlags(Stream.of(parser.info().arguments().orElseThrow())), is(ours));
    }
  }

  private static List<String> compilerFlags(Stream<String> arguments) {
    return arguments
        .filter(argument -> argument.matches("-XX:(Tier|.?(UnlockDiag|BytecodeVer)).*"))
        .toList();
  }

  @Test
  void givesUpAFileThatTakesForEver() throws Exception {
    // Long enough for the good file, whose process is new, on a busy machine.
    try (ParserProcesses processes = processes(64, 10)) {
      assertThat(failure(processes, PdfFiles.endlessPdf()), is(ReadFailure.PARSER_TIMEOUT));

      assertThat(text(processes, GOOD), is("Gout"));
    }
  }

  @Test
  void namesAFileThatTakesTooMuchMemory() throws Exception {
    try (ParserProcesses processes = processes(64, 60)) {
      assertThat(text(processes, GOOD), is("Gout"));
      assertThat(failure(processes, PdfFiles.hugePdf(120)), is(ReadFailure.PARSER_OUT_OF_MEMORY));

      assertThat(text(processes, GOOD), is("Gout"));
    }
  }

  @Test
  void triesAgainInAFreshProcessWhenSomebodyKillsOne() throws Exception {
    try (ParserProcesses processes = processes(64, 60)) {
      assertThat(text(processes, GOOD), is("Gout"));
      long pid = LeftByParsers.processes().get(0);
      kill(pid);

      assertThat(text(processes, GOOD), is("Gout"));
      assertThat(LeftByParsers.processes(), is(not(List.of(pid))));
    }
  }

  /** Ctrl+C and a service's stop are sent to all processes; the worker ends when it is ready. */
  @Test
  void goesOnWhenItIsAskedToStopTogetherWithItsWorker() throws Exception {
    try (ParserProcesses processes = processes(64, 60)) {
      assertThat(text(processes, GOOD), is("Gout"));
      List<Long> pids = LeftByParsers.processes();
      ProcessHandle.of(pids.get(0)).orElseThrow().destroy();

      assertThat(text(processes, GOOD), is("Gout"));
      assertThat(LeftByParsers.processes(), is(pids));
    }
  }

  @Test
  void namesAFileWhoseProcessEndsTwice() throws Exception {
    try (ParserProcesses processes = processes(64, 100)) {
      CompletableFuture<ReadFailure> failure =
          CompletableFuture.supplyAsync(() -> failure(processes, PdfFiles.endlessPdf()));
      long first = LeftByParsers.awaitParsing();
      kill(first);
      long second = LeftByParsers.awaitParsing();
      kill(second);

      assertThat(failure.get(), is(ReadFailure.PARSER_CRASHED));
    }
  }

  @Test
  void endsTheProcessOfATaskThatIsCancelled() throws Exception {
    try (ParserProcesses processes = processes(64, 100)) {
      CompletableFuture<String> outcome = new CompletableFuture<>();
      Thread task =
          new Thread(
              () -> {
                try {
                  outcome.complete(text(processes, PdfFiles.endlessPdf()));
                } catch (Exception e) {
                  outcome.completeExceptionally(e);
                }
              });
      task.start();
      LeftByParsers.awaitParsing();
      task.interrupt();

      ExecutionException thrown = assertThrows(ExecutionException.class, outcome::get);
      assertThat(thrown.getCause().getClass().equals(InterruptedException.class), is(true));
      LeftByParsers.awaitNone();
    }
  }

  @Test
  void namesNoFileWhenNoProcessCanBeStarted() {
    try (ParserProcesses processes = processes(1, 60)) {
      Exception e =
          assertThrows(Exception.class, () -> text(processes, "%PDF- whatever".getBytes(UTF_8)));

      assertThat(e instanceof ReadException, is(false));
    }
  }

  @Test
  void doesNotBlameTheDocumentForWhatHappensToItsFile() throws Exception {
    try (ParserProcesses processes = processes(64, 60)) {
      ParseAttempts.Attempt attempt = () -> {};
      IOException fault =
          assertThrows(
              IOException.class,
              () ->
                  processes.parse(
                      "a.pdf",
                      new ByteArrayInputStream(GOOD),
                      () -> {
                        deleteDocuments();
                        return attempt;
                      }));

      assertThat(fault, is(instanceOf(MachineFault.class)));
      assertThat(text(processes, GOOD), is("Gout"));
    }
  }

  private static void deleteDocuments() {
    try {
      for (Path directory : LeftByParsers.directories(ProcessHandle.current().pid())) {
        Files.deleteIfExists(directory.resolve("document"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void kill(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    process.orElseThrow().destroyForcibly();
    process.orElseThrow().onExit().join();
  }
}
