package org.irisgraph.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Beam's counters from a cluster's REST interface, summed over steps and subtasks. */
record RestCounters(StandaloneCluster cluster) {

  /** A metric of ours; what is measured of each batch is a distribution, and no number. */
  private static final Pattern COUNTER =
      Pattern.compile(".*\\.(org_irisgraph_(?!.*_batch_(?:rows|millis)$).*)");

  private static final String COUNTER_URN = "beam:metric:user:sum_int64:v1";

  /** Those of a running job, by their names among Flink's metrics. */
  Map<String, Long> ofRunning(String jobId) throws IOException, InterruptedException {
    Map<String, Long> counters = new TreeMap<>();
    for (JsonNode vertex : cluster.get("/jobs/" + jobId).path("vertices")) {
      String metrics =
          "/jobs/%s/vertices/%s/subtasks/metrics".formatted(jobId, vertex.path("id").asText());
      for (JsonNode metric : cluster.get(metrics)) {
        Matcher name = COUNTER.matcher(metric.path("id").asText());
        if (name.matches()) {
          String query = "?agg=sum&get=" + URLEncoder.encode(name.group(), UTF_8);
          for (JsonNode sum : cluster.get(metrics + query)) {
            counters.merge(name.group(1), sum.path("sum").asLong(), Long::sum);
          }
        }
      }
    }
    return counters;
  }

  /** Those of a job that has ended, from its accumulator, by Beam's names: namespace and name. */
  Map<String, Long> ofEnded(String jobId) throws IOException, InterruptedException {
    Map<String, Long> counters = new TreeMap<>();
    for (JsonNode accumulator :
        cluster.get("/jobs/%s/accumulators".formatted(jobId)).path("user-task-accumulators")) {
      JsonNode all = new ObjectMapper().readTree(accumulator.path("value").asText());
      for (JsonNode metric : all.path("metrics").path("attempted")) {
        if (metric.path("urn").asText().equals(COUNTER_URN)) {
          JsonNode labels = metric.path("labels");
          counters.merge(
              labels.path("NAMESPACE").asText() + "." + labels.path("NAME").asText(),
              number(Base64.getDecoder().decode(metric.path("payload").asText())),
              Long::sum);
        }
      }
    }
    return counters;
  }

  /** Seven bits in each byte, the lowest first, as protocol buffers have them. */
  private static long number(byte[] bytes) {
    BigInteger number = BigInteger.ZERO;
    for (int i = bytes.length - 1; i >= 0; i--) {
      number = number.shiftLeft(7).or(BigInteger.valueOf(bytes[i] & 0x7f));
    }
    return number.longValueExact();
  }
}
