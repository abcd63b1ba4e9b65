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
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.irisgraph.base.Causes;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.IndexingOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs pipelines as jobs of a Flink cluster, one at a time. Beam submits a job and awaits its end
 * without giving its id; here it is found by its name, so that users can look at the job, and so
 * that it can be cancelled.
 */
public final class ClusterJobs implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterJobs.class);
  private static final long POLL_MILLIS = 500;

  private final FlinkCluster cluster;
  private volatile @Nullable JobID job;
  private volatile boolean stopped;

  private ClusterJobs(FlinkCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Connects to a cluster and checks that it can run jobs of this program.
   *
   * @throws ClusterException if no cluster answers, or one of another version
   */
  static ClusterJobs connect(FlinkMaster master, int parallelism) throws InterruptedException {
    boolean usable = false;
    FlinkCluster cluster = open(master);
    try {
      slotWarning(cluster, overview(cluster), parallelism).ifPresent(LOG::warn);
      usable = true;
      return new ClusterJobs(cluster);
    } finally {
      if (!usable) {
        cluster.close();
      }
    }
  }

  /** What a run would find out about the cluster that the options name. */
  public static ClusterReport report(IndexingOptions options) throws InterruptedException {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    try (FlinkCluster cluster = open(FlinkMaster.parse(flink.getFlinkMaster()))) {
      FlinkCluster.Overview overview = overview(cluster);
      return new ClusterReport(
          cluster.master().url(),
          overview.version(),
          overview.slots(),
          slotWarning(cluster, overview, flink.getParallelism()).orElse(null),
          environment(cluster));
    }
  }

  /** Null from a cluster that does not give it. */
  private static @Nullable String environment(FlinkCluster cluster) throws InterruptedException {
    try {
      return cluster.environment();
    } catch (IOException e) {
      LOG.debug("{} does not give its environment", cluster.master().url(), e);
      return null;
    }
  }

  private static FlinkCluster open(FlinkMaster master) {
    try {
      return FlinkCluster.at(master);
    } catch (IOException e) {
      throw noAnswer(master, e);
    }
  }

  private static ClusterException noAnswer(FlinkMaster master, IOException e) {
    return new ClusterException(
        "no Flink cluster answers at %s (%s): flinkMaster is host:port of the JobManager's REST interface"
            .formatted(master.url(), e.getMessage()),
        e);
  }

  /** The overview of a cluster of the version that this program is made for. */
  private static FlinkCluster.Overview overview(FlinkCluster cluster) throws InterruptedException {
    FlinkCluster.Overview overview;
    try {
      overview = cluster.overview();
    } catch (IOException e) {
      throw noAnswer(cluster.master(), e);
    }
    String ours = minor(EnvironmentInformation.getVersion());
    if (!minor(overview.version()).equals(ours)) {
      throw new ClusterException(
          "the Flink cluster at %s has version %s, this program is made for %s"
              .formatted(cluster.master().url(), overview.version(), ours),
          null);
    }
    return overview;
  }

  private static Optional<String> slotWarning(
      FlinkCluster cluster, FlinkCluster.Overview overview, int parallelism) {
    return overview.slots() >= parallelism
        ? Optional.empty()
        : Optional.of(
            "parallelism=%d needs as many slots, the cluster at %s has %d: the job waits for more, and fails if none come"
                .formatted(parallelism, cluster.master().url(), overview.slots()));
  }

  /**
   * Runs a pipeline to its end.
   *
   * @throws StoppedRunException if it was cancelled by {@link #stop}
   * @throws ClusterException if the cluster lost it
   * @throws RuntimeException if it failed for another reason
   */
  PipelineResult run(Pipeline pipeline) throws InterruptedException {
    String name = pipeline.getOptions().as(FlinkPipelineOptions.class).getJobName();
    Set<JobID> before = jobsOrNone(name);
    job = null;
    FutureTask<PipelineResult> end = new FutureTask<>(pipeline::run);
    Thread thread = new Thread(end, "flink-job");
    // A client that waits for a lost cluster must not keep this JVM alive.
    thread.setDaemon(true);
    thread.start();
    try {
      while (job == null) {
        try {
          return end.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          findNewJob(name, before);
        }
      }
      return end.get();
    } catch (ExecutionException e) {
      throw explained(e.getCause() == null ? e : e.getCause());
    }
  }

  /** Cancels the current job; one that is being submitted as soon as it is known. */
  void stop() {
    stopped = true;
    JobID current = job;
    if (current != null) {
      cancel(current);
    }
  }

  private void findNewJob(String name, Set<JobID> before) throws InterruptedException {
    Set<JobID> found = new HashSet<>(jobsOrNone(name));
    found.removeAll(before);
    if (!found.isEmpty()) {
      JobID current = found.iterator().next();
      job = current;
      LOG.info("Flink job {}: {}", current, cluster.pageOf(current));
      if (stopped) {
        cancel(current);
      }
    }
  }

  private Set<JobID> jobsOrNone(String name) throws InterruptedException {
    try {
      return cluster.jobs(name);
    } catch (IOException e) {
      LOG.debug("the cluster does not answer; Beam reports what becomes of the job", e);
      return Set.of();
    }
  }

  private void cancel(JobID current) {
    try {
      cluster.cancel(current);
    } catch (IOException e) {
      LOG.warn("the Flink job {} could not be cancelled: {}", current, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RuntimeException explained(Throwable failure) throws InterruptedException {
    if (stopped) {
      return new StoppedRunException(failure);
    }
    String again = "; run the same command again: it resumes after the committed documents";
    JobID current = job;
    try {
      if (current != null && !cluster.knows(current)) {
        return new ClusterException(
            "the Flink cluster at %s has forgotten the job %s, as its JobManager was restarted%s"
                .formatted(cluster.master().url(), current, again),
            failure);
      }
    } catch (IOException e) {
      return new ClusterException(
          "the Flink JobManager at %s does not answer any more (%s): the job %s is lost with it%s"
              .formatted(cluster.master().url(), e.getMessage(), current, again),
          failure);
    }
    // A worker's access to the database may be refused where the launcher's was granted.
    Optional<StoreException.Configuration> refusal =
        Causes.first(failure, StoreException.Configuration.class);
    if (refusal.isPresent()) {
      return new WorkerException(
          "a TaskManager of %s reports: %s"
              .formatted(cluster.master().url(), refusal.get().getMessage()),
          failure);
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(failure);
  }

  /** Drops the patch level: 1.19 of 1.19.0. */
  private static String minor(String version) {
    String[] parts = version.split("\\.", 3);
    return parts.length < 2 ? version : parts[0] + "." + parts[1];
  }

  @Override
  public void close() {
    cluster.close();
  }

  /** A failure that a worker reports, of a job whose end is known. */
  private static final class WorkerException extends RuntimeException {
    WorkerException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A fault of the cluster itself: it cannot be reached or used, or has lost a job. */
  public static final class ClusterException extends RuntimeException {
    ClusterException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
