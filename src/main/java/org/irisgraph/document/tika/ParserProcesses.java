package org.irisgraph.document.tika;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.irisgraph.base.Shared;
import org.irisgraph.document.ParseAttempts;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;

/**
 * Pool of parser processes, shared by all users in this JVM: opened by the first {@link #acquire}
 * and killed by the last {@link #close}. It starts a process when a document needs one, at most one
 * for each processor.
 *
 * <p>Why not Tika's {@code PipesParser} (tried in 3.2.3): its process does not notice that the
 * worker was killed before the time-out of the document, inherits an environment that may hold
 * passwords, needs a configuration file on disk, and reports every failure of a parser as the text
 * of a stack trace.
 */
public final class ParserProcesses implements AutoCloseable {

  /** Parsers keep a little of each document. */
  private static final int DOCUMENTS_PER_PROCESS = 500;

  private static final long START_SECONDS = 60;

  private static final Shared<ParserSettings, ParserProcesses> OPEN =
      new Shared<>(ParserProcesses::shutDown);

  private final ParserSettings settings;
  private final Semaphore permits = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
  private final Deque<ParserProcess> idle = new ArrayDeque<>();
  private final ExecutorService exchanges =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "parser");
            thread.setDaemon(true);
            return thread;
          });

  private ParserProcesses(ParserSettings settings) {
    this.settings = settings;
  }

  /** Returns the pool for these settings; match each call by one of {@link #close}. */
  public static ParserProcesses acquire(ParserSettings settings) {
    return OPEN.acquire(settings, ParserProcesses::new);
  }

  @Override
  public void close() {
    OPEN.release(settings);
  }

  private void shutDown() {
    exchanges.shutdown();
    synchronized (idle) {
      idle.forEach(ParserProcess::close);
      idle.clear();
    }
  }

  /** Records the beginning of an attempt, after a file is read and before it is parsed. */
  @FunctionalInterface
  public interface AttemptStart {
    ParseAttempts.Attempt begin() throws ReadException, InterruptedException;
  }

  /**
   * Parses a file.
   *
   * @param name its name
   * @param content its bytes
   * @throws ReadException if there is no text in it, it cannot be read, or it takes too much
   * @throws IOException if the content cannot be read, no process can be started, or the machine
   *     fails otherwise
   */
  public ParsedDocument parse(String name, InputStream content, AttemptStart start)
      throws IOException, InterruptedException {
    permits.acquire();
    try (Parsing parsing = new Parsing(name)) {
      Files.copy(content, parsing.process.document(), StandardCopyOption.REPLACE_EXISTING);
      ParseAttempts.Attempt attempt = start.begin();
      try {
        return parsing.run();
      } finally {
        attempt.end();
      }
    } finally {
      permits.release();
    }
  }

  /** Parses one document in a process of the pool. */
  private final class Parsing implements AutoCloseable {

    private final String name;
    private ParserProcess process;
    private boolean mayHaveEnded;

    Parsing(String name) throws IOException, InterruptedException {
      this.name = name;
      ParserProcess found;
      synchronized (idle) {
        found = idle.pollFirst();
      }
      process = found != null ? found : startProcess();
    }

    ParsedDocument run() throws IOException, InterruptedException {
      for (boolean again = false; ; again = true) {
        try {
          // Only a reply about the document shows that the process can be used again.
          mayHaveEnded = true;
          ParsedDocument parsed = exchange(() -> process.parse(name), settings.timeoutSeconds());
          mayHaveEnded = false;
          return parsed;
        } catch (ReadException e) {
          mayHaveEnded = false;
          throw e;
        } catch (MachineFault e) {
          // Ending the process frees what it has written to the disk.
          throw e;
        } catch (TimeoutException e) {
          throw new ReadException(
              ReadFailure.PARSER_TIMEOUT,
              "not parsed within %d s; raise the option tikaTimeoutSeconds to wait longer"
                  .formatted(settings.timeoutSeconds()),
              e);
        } catch (IOException e) {
          boolean memory = process.ranOutOfMemory();
          boolean mayHaveOtherCause = process.parsed() > 1 || !memory;
          if (again || !mayHaveOtherCause) {
            throw memory ? outOfMemory(e) : crashed(e);
          }
          // Earlier documents may have used up the memory, or the process was killed from outside.
          replace();
        }
      }
    }

    private void replace() throws IOException, InterruptedException {
      ParserProcess dead = process;
      try {
        process = startProcess();
        Files.move(dead.document(), process.document());
      } finally {
        dead.close();
      }
    }

    private ReadException outOfMemory(IOException cause) {
      return new ReadException(
          ReadFailure.PARSER_OUT_OF_MEMORY,
          "parsing takes more than %d MB; raise the option tikaHeapMegabytes"
              .formatted(settings.heapMegabytes()),
          cause);
    }

    private ReadException crashed(IOException cause) throws InterruptedException {
      return new ReadException(
          ReadFailure.PARSER_CRASHED,
          "the parser's process ended twice while it parsed the document: " + process.end(),
          cause);
    }

    @Override
    public void close() throws IOException {
      if (!mayHaveEnded && process.parsed() < DOCUMENTS_PER_PROCESS) {
        Files.deleteIfExists(process.document());
        synchronized (idle) {
          idle.addFirst(process);
        }
      } else {
        process.close();
      }
    }
  }

  private ParserProcess startProcess() throws IOException, InterruptedException {
    ParserProcess process = ParserProcess.start(settings);
    try {
      exchange(
          () -> {
            process.awaitReady();
            return null;
          },
          START_SECONDS);
      return process;
    } catch (TimeoutException | IOException e) {
      process.kill();
      String end = process.end();
      process.close();
      throw new IOException(
          "a JVM to parse in cannot be started, see tikaHeapMegabytes: " + end, e);
    } catch (InterruptedException e) {
      process.close();
      throw e;
    }
  }

  /** Waits for a process in another thread, since nothing interrupts the reading of a pipe. */
  private <R> R exchange(Callable<R> exchange, long seconds)
      throws IOException, InterruptedException, TimeoutException {
    Future<R> result = exchanges.submit(exchange);
    try {
      return result.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException expected) {
        throw expected;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
