package org.irisgraph.runner;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.irisgraph.jdbc.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs pipelines as jobs of a Flink cluster, one at a time. Beam submits a job and waits for its
 * end without telling its id; here it is found by its name, so that people can look at the job, and
 * so that it can be cancelled.
 */
public final class ClusterJobs {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterJobs.class);
  private static final long LOOK_MILLIS = 500;

  /** Causes may form a ring. */
  private static final int DEEPEST = 50;

  private final FlinkCluster cluster;
  private volatile String jobId;
  private volatile boolean stopped;

  ClusterJobs(FlinkCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Makes sure that jobs can be sent there.
   *
   * @throws ClusterException if nobody answers, or a Flink of another version
   */
  void check(int parallelism) throws InterruptedException {
    FlinkCluster.Overview overview;
    try {
      overview = cluster.overview();
    } catch (IOException e) {
      throw new ClusterException(
          "no Flink cluster answers at %s (%s): flinkMaster is host:port of the JobManager's REST interface"
              .formatted(cluster.address(), reason(e)),
          e);
    }
    String ours = EnvironmentInformation.getVersion();
    if (!minor(overview.version()).equals(minor(ours))) {
      throw new ClusterException(
          "the Flink cluster at %s has version %s, this program is made for %s"
              .formatted(cluster.address(), overview.version(), minor(ours)),
          null);
    }
    if (overview.slots() < parallelism) {
      LOG.warn(
          "parallelism={} needs as many slots, the cluster at {} has {}: the job waits for more, and"
              + " fails if none come",
          parallelism,
          cluster.address(),
          overview.slots());
    }
  }

  /**
   * Runs a pipeline to its end.
   *
   * @throws StoppedRunException if it was cancelled by {@link #stop}
   * @throws ClusterException if the cluster lost it
   * @throws RuntimeException if it failed for its own reasons
   */
  PipelineResult run(Pipeline pipeline) throws InterruptedException {
    String name = pipeline.getOptions().as(FlinkPipelineOptions.class).getJobName();
    Set<String> before = namesakes(name);
    jobId = null;
    FutureTask<PipelineResult> end = new FutureTask<>(pipeline::run);
    Thread thread = new Thread(end, "flink-job");
    // A client that waits for a cluster that is gone must not keep this JVM alive.
    thread.setDaemon(true);
    thread.start();
    try {
      while (jobId == null) {
        try {
          return end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          lookFor(name, before);
        }
      }
      return end.get();
    } catch (ExecutionException e) {
      throw explained(e.getCause());
    }
  }

  /** Cancels what runs, and what is on its way to the cluster as soon as it is there. */
  void stop() {
    stopped = true;
    if (jobId != null) {
      cancel();
    }
  }

  private void lookFor(String name, Set<String> before) throws InterruptedException {
    Set<String> found = new HashSet<>(namesakes(name));
    found.removeAll(before);
    if (!found.isEmpty()) {
      jobId = found.iterator().next();
      LOG.info("Flink job {}: {}", jobId, cluster.addressOf(jobId));
      if (stopped) {
        cancel();
      }
    }
  }

  private Set<String> namesakes(String name) throws InterruptedException {
    try {
      return cluster.jobs(name);
    } catch (IOException e) {
      LOG.debug("The cluster does not answer; whether the job runs, Beam will tell", e);
      return Set.of();
    }
  }

  private void cancel() {
    try {
      cluster.cancel(jobId);
    } catch (IOException e) {
      LOG.warn("the Flink job {} could not be cancelled: {}", jobId, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RuntimeException explained(Throwable failure) throws InterruptedException {
    if (stopped) {
      return new StoppedRunException(failure);
    }
    String again = "; run the same command again: it goes on after what is committed";
    try {
      if (jobId != null && !cluster.knows(jobId)) {
        return new ClusterException(
            "the Flink cluster at %s has forgotten the job %s, as its JobManager was restarted"
                    .formatted(cluster.address(), jobId)
                + again,
            failure);
      }
    } catch (IOException e) {
      return new ClusterException(
          "the Flink JobManager at %s does not answer any more (%s): the job %s is lost with it%s"
              .formatted(cluster.address(), reason(e), jobId, again),
          failure);
    }
    Optional<StoreException> refusal = refusal(failure);
    if (refusal.isPresent()) {
      return new WorkerException(
          "a TaskManager of %s says: %s".formatted(cluster.address(), refusal.get().getMessage()),
          failure);
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(failure);
  }

  /** What a worker found wrong with its own way to the database, where ours was good. */
  private static Optional<StoreException> refusal(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; depth < DEEPEST && cause != null; depth++) {
      if (cause instanceof StoreException.Configuration configuration) {
        return Optional.of(configuration);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static String reason(IOException failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  /** 1.19 of 1.19.0. */
  private static String minor(String version) {
    String[] parts = version.split("\\.", 3);
    return parts.length < 2 ? version : parts[0] + "." + parts[1];
  }

  /** What only a worker knows, of a job whose end is known. */
  private static final class WorkerException extends RuntimeException {
    WorkerException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** What only the cluster is to blame for. */
  public static final class ClusterException extends RuntimeException {
    ClusterException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
