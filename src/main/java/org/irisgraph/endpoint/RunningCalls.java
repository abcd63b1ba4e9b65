package org.irisgraph.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of one batch, on the threads of an endpoint. Used by one thread.
 *
 * @param <T> the result of a call
 */
public final class RunningCalls<T> {

  private static final Logger LOG = LoggerFactory.getLogger(RunningCalls.class);
  private static final long POLL_MILLIS = 100;

  private final CompletionService<T> calls;
  private final List<Future<T>> running = new ArrayList<>();

  /** Creates a batch without calls. */
  public RunningCalls(EndpointThreads<?, ?> threads) {
    this.calls = new ExecutorCompletionService<>(threads.threads());
  }

  /** Starts a call, once a thread is free. */
  public void submit(Callable<T> call) {
    running.add(calls.submit(call));
  }

  /** Whether no call runs or waits for a thread. */
  public boolean isEmpty() {
    return running.isEmpty();
  }

  /** The result of a call that has ended; empty if none ends within a tenth of a second. */
  public Optional<T> poll() throws ModelException, InterruptedException {
    Future<T> done = calls.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
    if (done == null) {
      return Optional.empty();
    }
    running.removeIf(call -> call == done);
    return Optional.of(result(done));
  }

  /** Cancels the calls, and returns the results of those that have ended, since they are paid. */
  public List<T> cancel() throws InterruptedException {
    List<T> results = new ArrayList<>();
    for (Future<T> call : running) {
      if (!call.cancel(true) && !call.isCancelled()) {
        try {
          results.add(result(call));
        } catch (ModelException e) {
          LOG.debug("a cancelled call had failed", e);
        }
      }
    }
    running.clear();
    return results;
  }

  private static <T> T result(Future<T> done) throws ModelException, InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ModelException failure) {
        throw failure;
      }
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("the call was interrupted");
      }
      throw new IllegalStateException("a call to a model failed", e.getCause());
    }
  }
}
