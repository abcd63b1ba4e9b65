package org.irisgraph.runner;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A Flink cluster inside this JVM, reached over REST on loopback like any other, so that local and
 * cluster runs share one way to submit, follow and cancel a job.
 */
final class EmbeddedFlink implements AutoCloseable {

  private final MiniCluster cluster;
  private final URI restAddress;

  private EmbeddedFlink(MiniCluster cluster, URI restAddress) {
    this.cluster = cluster;
    this.restAddress = restAddress;
  }

  /**
   * Starts a cluster with one task manager, on a free port of 127.0.0.1.
   *
   * @param directory for all files that Flink writes
   */
  static EmbeddedFlink start(int slots, Path directory) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.TMP_DIRS, directory.toString());
    configuration.set(WebOptions.TMP_DIR, directory.toString());
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(JobManagerOptions.ADDRESS, "127.0.0.1");
    configuration.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
    configuration.set(TaskManagerOptions.HOST, "127.0.0.1");
    configuration.set(TaskManagerOptions.BIND_HOST, "127.0.0.1");
    // One class path for all: an embedded H2 must not be opened twice, by two class loaders.
    configuration.set(CoreOptions.CLASSLOADER_RESOLVE_ORDER, "parent-first");
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    try {
      cluster.start();
      return new EmbeddedFlink(cluster, cluster.getRestAddress().get());
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  /** The address for {@code flinkMaster}. */
  String master() {
    return restAddress.getHost() + ":" + restAddress.getPort();
  }

  @Override
  public void close() throws IOException {
    try {
      cluster.close();
    } catch (Exception e) {
      throw new IOException("the embedded Flink cluster did not stop", e);
    }
  }
}
