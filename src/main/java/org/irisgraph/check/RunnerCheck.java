package org.irisgraph.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.irisgraph.base.ErrorText;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.RunnerKind;
import org.irisgraph.options.UsageException;
import org.irisgraph.runner.BundledJar;
import org.irisgraph.runner.ClusterJobs;
import org.irisgraph.runner.ClusterReport;

/** Asks a Flink cluster for its version, slots and class path; a runner in this JVM needs none. */
final class RunnerCheck {

  private static final String TOPIC = "runner";

  private final IndexingOptions options;

  RunnerCheck(IndexingOptions options) {
    this.options = options;
  }

  /**
   * Looks at the runner.
   *
   * @param chosen why the run takes it; empty if the settings name it
   */
  void run(Optional<String> chosen, Consumer<Finding> findings) throws InterruptedException {
    chosen.ifPresent(why -> findings.accept(Finding.good(TOPIC, why)));
    if (!RunnerKind.isRemoteFlink(options)) {
      findings.accept(
          Finding.good(
              TOPIC,
              "%s in this JVM, %d threads, at most %s of memory"
                  .formatted(
                      RunnerKind.isFlink(options) ? "Flink" : "Direct runner",
                      RunnerKind.parallelism(options),
                      InputCheck.size(Runtime.getRuntime().maxMemory()))));
      return;
    }
    try {
      List<String> staged = BundledJar.stage(options);
      findings.accept(Finding.good(TOPIC, "sends " + String.join(", ", staged)));
    } catch (UsageException e) {
      e.problems().forEach(problem -> findings.accept(Finding.problem(TOPIC, problem)));
    }
    try {
      checkCluster(ClusterJobs.report(options), findings);
    } catch (UsageException e) {
      e.problems().forEach(problem -> findings.accept(Finding.problem(TOPIC, problem)));
    } catch (ClusterJobs.ClusterException e) {
      findings.accept(Finding.problem(TOPIC, ErrorText.of(e)));
    }
  }

  private void checkCluster(ClusterReport cluster, Consumer<Finding> findings) {
    findings.accept(
        Finding.good(
            TOPIC,
            "Flink %s at %s with %d slots"
                .formatted(cluster.version(), cluster.url(), cluster.slots())));
    String warning = cluster.warning();
    if (warning != null) {
      findings.accept(Finding.warning(TOPIC, warning));
    }
    String environment = cluster.environment();
    if (environment != null) {
      Dialects.of(options.getJdbcUrl())
          .driverInFlinkLib()
          .ifPresent(jar -> findings.accept(driver(jar, environment)));
    }
  }

  private static Finding driver(String jar, String environment) {
    return environment.contains(jar)
        ? Finding.good(TOPIC, "the cluster has the driver %s".formatted(jar))
        : Finding.problem(
            TOPIC,
            "the JobManager has no %s-*.jar: put it into Flink's lib directory on every machine, and restart Flink"
                .formatted(jar));
  }
}
