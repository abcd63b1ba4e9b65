package org.irisgraph.runner;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobManagerEnvironmentHeaders;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.runtime.rest.util.RestMapperUtils;
import org.irisgraph.base.Causes;

/** A client of the REST interface of a Flink cluster. */
final class FlinkCluster implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** A busy JobManager answers late, and so does a client that is still loading its classes. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

  private final FlinkMaster master;
  private final RestClusterClient<StandaloneClusterId> client;

  private FlinkCluster(FlinkMaster master, RestClusterClient<StandaloneClusterId> client) {
    this.master = master;
    this.client = client;
  }

  /**
   * Makes a client; nothing is sent yet.
   *
   * @throws IOException if the host is unknown
   */
  static FlinkCluster at(FlinkMaster master) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, master.host());
    configuration.set(RestOptions.PORT, master.port());
    configuration.set(RestOptions.CONNECTION_TIMEOUT, CONNECT_TIMEOUT.toMillis());
    configuration.set(RestOptions.AWAIT_LEADER_TIMEOUT, CONNECT_TIMEOUT.toMillis());
    // The default is a minute.
    configuration.set(RestOptions.RETRY_MAX_ATTEMPTS, 0);
    try {
      return new FlinkCluster(
          master, new RestClusterClient<>(configuration, StandaloneClusterId.getInstance()));
    } catch (Exception e) {
      throw new IOException(reason(e), e);
    }
  }

  FlinkMaster master() {
    return master;
  }

  /** The address of a job's page. */
  String pageOf(JobID job) {
    return "%s/#/job/running/%s/overview".formatted(master.url(), job);
  }

  /**
   * Asks for the cluster's version and its slots.
   *
   * @throws IOException if nothing answers, or something else than a Flink cluster
   */
  Overview overview() throws IOException, InterruptedException {
    try {
      var overview = await(client.getClusterOverview());
      return new Overview(overview.getVersion(), overview.getNumSlotsTotal());
    } catch (IOException e) {
      RestClientException answer = Causes.first(e, RestClientException.class).orElse(null);
      if (answer == null) {
        throw e;
      }
      throw new IOException(
          answer.getHttpResponseStatus().code() == HttpURLConnection.HTTP_UNAVAILABLE
              ? "it is starting, or electing a leader: try again in a moment"
              : "what answers is no Flink cluster",
          e);
    }
  }

  /**
   * A cluster's overview.
   *
   * @param slots of all its TaskManagers
   */
  record Overview(String version, int slots) {}

  /**
   * The environment of the JobManager, in JSON: its class path has what is in Flink's {@code lib}.
   * The class of the answer has no getters.
   */
  String environment() throws IOException, InterruptedException {
    return RestMapperUtils.getStrictObjectMapper()
        .writeValueAsString(
            await(
                client.sendRequest(
                    JobManagerEnvironmentHeaders.getInstance(),
                    EmptyMessageParameters.getInstance(),
                    EmptyRequestBody.getInstance())));
  }

  /** The jobs of a name, including those that have ended. */
  Set<JobID> jobs(String name) throws IOException, InterruptedException {
    return jobs().stream()
        .filter(job -> job.getJobName().equals(name))
        .map(JobStatusMessage::getJobId)
        .collect(Collectors.toSet());
  }

  /** Whether the cluster has a job; after a restart it has not. */
  boolean knows(JobID id) throws IOException, InterruptedException {
    return jobs().stream().anyMatch(job -> job.getJobId().equals(id));
  }

  private Collection<JobStatusMessage> jobs() throws IOException, InterruptedException {
    return await(client.listJobs());
  }

  /** Cancels a job; its open transactions roll back. */
  void cancel(JobID job) throws IOException, InterruptedException {
    await(client.cancel(job));
  }

  private static <T> T await(CompletableFuture<T> answer) throws IOException, InterruptedException {
    try {
      return answer.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(reason(e), e);
    } catch (TimeoutException e) {
      throw new IOException("no answer within %d s".formatted(ANSWER_TIMEOUT.toSeconds()), e);
    }
  }

  private static String reason(Exception failure) {
    Throwable root = Causes.root(failure);
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    client.close();
  }
}
