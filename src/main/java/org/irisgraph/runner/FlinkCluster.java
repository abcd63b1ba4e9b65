package org.irisgraph.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.options.UsageException;

/**
 * A Flink cluster as its REST interface shows it, at the address that {@code flinkMaster} names.
 */
final class FlinkCluster {

  private static final Pattern MASTER =
      Pattern.compile("(?:http://)?([^\\s:/\\[\\]]+|\\[[0-9a-fA-F:]+])(?::(\\d{1,5}))?/?");
  private static final String DEFAULT_PORT = "8081";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String address;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  private FlinkCluster(String address) {
    this.address = address;
  }

  /**
   * The cluster at an address; nothing is asked yet.
   *
   * @throws UsageException if it is no address
   */
  static FlinkCluster at(String master) {
    Matcher parts = MASTER.matcher(master);
    if (!parts.matches()) {
      throw new UsageException(
          "flinkMaster must be host:port of the JobManager's REST interface, or [local], not \"%s\""
              .formatted(master));
    }
    String port = parts.group(2) == null ? DEFAULT_PORT : parts.group(2);
    return new FlinkCluster("http://" + parts.group(1) + ":" + port);
  }

  /** Where the cluster's web page is. */
  String address() {
    return address;
  }

  /** Where the page of a job is. */
  String addressOf(String jobId) {
    return "%s/#/job/running/%s/overview".formatted(address, jobId);
  }

  /**
   * What the cluster says of itself: its version and its slots.
   *
   * @throws IOException if it does not answer, or something else answers
   */
  Overview overview() throws IOException, InterruptedException {
    JsonNode overview = get("/overview");
    if (!overview.path("flink-version").isTextual()) {
      throw new IOException("what answers is no Flink cluster");
    }
    return new Overview(
        overview.path("flink-version").asText(), overview.path("slots-total").asInt());
  }

  /**
   * A cluster.
   *
   * @param slots of all TaskManagers that are there
   */
  record Overview(String version, int slots) {}

  /** The ids of the jobs of this name, those that have ended among them. */
  Set<String> jobs(String name) throws IOException, InterruptedException {
    Set<String> ids = new HashSet<>();
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      if (job.path("name").asText().equals(name)) {
        ids.add(job.path("jid").asText());
      }
    }
    return ids;
  }

  /** Whether the cluster knows the job at all; one that was restarted does not. */
  boolean knows(String jobId) throws IOException, InterruptedException {
    for (JsonNode job : get("/jobs").path("jobs")) {
      if (job.path("id").asText().equals(jobId)) {
        return true;
      }
    }
    return false;
  }

  /** Asks for the end of a job; its transactions that are open roll back. */
  void cancel(String jobId) throws IOException, InterruptedException {
    send(
        request("/jobs/" + jobId + "?mode=cancel")
            .method("PATCH", HttpRequest.BodyPublishers.noBody()));
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(send(request(path).GET()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(
          "%s answers with status %d".formatted(response.uri(), response.statusCode()));
    }
    return response.body();
  }
}
