package org.irisgraph.document.tika;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.irisgraph.document.ParseAttempts;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;

/**
 * The parsers' processes of one JVM: as many as documents are parsed at once, and no more than
 * there are processors, opened by the first {@link #acquire} and killed by the last {@link #close}.
 * Each is started when it is needed.
 */
public final class ParserProcesses implements AutoCloseable {

  /** Parsers keep a little of each document. */
  private static final int DOCUMENTS_PER_PROCESS = 500;

  private static final long START_SECONDS = 60;

  private static final Map<ParserSettings, ParserProcesses> OPEN = new HashMap<>();

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
  private int users;

  private ParserProcesses(ParserSettings settings) {
    this.settings = settings;
  }

  /** The processes of these settings; each call is matched by one of {@link #close}. */
  public static ParserProcesses acquire(ParserSettings settings) {
    synchronized (OPEN) {
      ParserProcesses processes = OPEN.computeIfAbsent(settings, ParserProcesses::new);
      processes.users++;
      return processes;
    }
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      if (--users > 0) {
        return;
      }
      OPEN.remove(settings);
    }
    exchanges.shutdown();
    synchronized (idle) {
      idle.forEach(ParserProcess::close);
      idle.clear();
    }
  }

  /** Begins an attempt, once a file has been read and before it is parsed. */
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
   * @throws IOException if the content cannot be read, no process be started, or the machine is to
   *     blame otherwise
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

  /** One document, and the process that it is in. */
  private final class Parsing implements AutoCloseable {

    private final String name;
    private ParserProcess process;
    private boolean ended;

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
          // It has ended, unless it says how the document fares.
          ended = true;
          ParsedDocument parsed = exchange(() -> process.parse(name), settings.timeoutSeconds());
          ended = false;
          return parsed;
        } catch (ReadException e) {
          ended = false;
          throw e;
        } catch (MachineFault e) {
          // The process is ended all the same, and with it what it has put on the disk.
          throw e;
        } catch (TimeoutException e) {
          throw new ReadException(
              ReadFailure.PARSER_TIMEOUT,
              "not parsed within %d s; raise the option tikaTimeoutSeconds to wait longer"
                  .formatted(settings.timeoutSeconds()),
              e);
        } catch (IOException e) {
          boolean memory = process.ranOutOfMemory();
          boolean mayBeInnocent = process.parsed() > 1 || !memory;
          if (again || !mayBeInnocent) {
            throw memory ? outOfMemory(e) : crashed(e);
          }
          // Earlier documents may have taken the memory, and somebody may have killed the process.
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
      if (!ended && process.parsed() < DOCUMENTS_PER_PROCESS) {
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
