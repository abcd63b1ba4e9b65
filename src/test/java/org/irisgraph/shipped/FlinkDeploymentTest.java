package org.irisgraph.shipped;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.irisgraph.cli.Indexer;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.RunnerKind;
import org.irisgraph.options.Setting;
import org.irisgraph.options.Settings;
import org.irisgraph.options.SettingsFile;
import org.irisgraph.runner.BundledJar;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The manifest for the Flink Kubernetes Operator says what the operator and the program expect. Its
 * fields are those of the operator's reference, version 1.10.
 */
class FlinkDeploymentTest {

  private static final Path MANIFEST = Path.of("runner-configs/kubernetes/flink-deployment.yaml");
  private static final Path DOCKERFILE = Path.of("runner-configs/kubernetes/Dockerfile");
  private static final String INSTALLED = "/opt/iris-graph-indexer/";

  private static final Set<String> SPEC =
      Set.of(
          "image",
          "imagePullPolicy",
          "serviceAccount",
          "flinkVersion",
          "flinkConfiguration",
          "ingress",
          "podTemplate",
          "jobManager",
          "taskManager",
          "job",
          "restartNonce",
          "logConfiguration",
          "mode");
  private static final Set<String> PROCESS = Set.of("resource", "replicas", "podTemplate");
  private static final Set<String> RESOURCE = Set.of("cpu", "memory", "ephemeralStorage");
  private static final Set<String> JOB =
      Set.of(
          "jarURI",
          "parallelism",
          "entryClass",
          "args",
          "state",
          "savepointTriggerNonce",
          "initialSavepointPath",
          "checkpointTriggerNonce",
          "upgradeMode",
          "allowNonRestoredState",
          "savepointRedeployNonce");

  private JsonNode spec;

  @BeforeEach
  void read() throws IOException {
    JsonNode manifest = ScheduleExamples.STRICT.readTree(Files.readString(MANIFEST));
    assertThat(manifest.path("apiVersion").asText(), is("flink.apache.org/v1beta1"));
    assertThat(manifest.path("kind").asText(), is("FlinkDeployment"));
    spec = manifest.path("spec");
  }

  @Test
  void hasTheFieldsOfTheOperator() {
    assertThat(names(spec), everyItem(is(in(SPEC))));
    assertThat(names(spec.path("job")), everyItem(is(in(JOB))));
    for (String process : List.of("jobManager", "taskManager")) {
      assertThat(names(spec.path(process)), everyItem(is(in(PROCESS))));
      assertThat(names(spec.path(process).path("resource")), everyItem(is(in(RESOURCE))));
    }
    assertThat(spec.path("flinkVersion").asText(), is("v1_19"));
    assertThat(spec.path("job").path("upgradeMode").asText(), is("stateless"));
    // The operator takes a map of texts.
    assertThat(
        StreamSupport.stream(spec.path("flinkConfiguration").spliterator(), false).toList(),
        everyItem(is(isText())));
  }

  @Test
  void handsThePasswordOverByReferenceToAllPods() throws IOException {
    Pod pod = ScheduleExamples.STRICT.treeToValue(spec.path("podTemplate"), Pod.class);
    String file = options().getJdbcPasswordFrom().replaceFirst("^file:", "");
    VolumeMount mount =
        pod.getSpec().getContainers().get(0).getVolumeMounts().stream()
            .filter(one -> file.startsWith(one.getMountPath() + "/"))
            .findFirst()
            .orElseThrow();

    assertThat(pod.getSpec().getContainers().get(0).getName(), is("flink-main-container"));
    assertThat(
        pod.getSpec().getVolumes().stream()
            .filter(volume -> volume.getName().equals(mount.getName()))
            .map(volume -> volume.getSecret().getSecretName())
            .toList(),
        is(List.of("iris-graph-indexer")));
  }

  @Test
  void runsTheProgramOfTheImage() throws IOException {
    IndexingOptions options = options();
    String dockerfile = Files.readString(DOCKERFILE);

    assertThat(spec.path("job").path("entryClass").asText(), is(Indexer.class.getName()));
    assertThat(
        spec.path("job").path("jarURI").asText(),
        is("local:///opt/flink/usrlib/" + BundledJar.NAME));
    assertThat(dockerfile, containsString("target/" + BundledJar.NAME + " /opt/flink/usrlib/"));
    assertThat(dockerfile, containsString("intersystems-jdbc-*.jar /opt/flink/lib/"));
    assertThat(options.getDictionary(), startsWith(INSTALLED));
    assertThat(
        Files.exists(Path.of(options.getDictionary().substring(INSTALLED.length()))), is(true));
    assertThat(options.getInput().size(), is(1));
    assertThat(RunnerKind.isFlink(options), is(true));
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    assertThat(flink.getParallelism(), is(spec.path("job").path("parallelism").asInt()));
    assertThat(flink.isStreaming(), is(true));
    // The restart strategy of the manifest is the one that counts.
    assertThat(flink.getNumberOfExecutionRetries(), is(-1));
    assertThat(names(spec.path("flinkConfiguration")), hasItem("restart-strategy.type"));
    assertThat(spec.toString(), not(containsString("_PASSWORD")));
  }

  /** As the program reads its arguments. */
  private IndexingOptions options() throws IOException {
    List<SettingsFile> files = new ArrayList<>();
    List<Setting> flags = new ArrayList<>();
    for (JsonNode argument : spec.path("job").path("args")) {
      String text = argument.asText();
      if (text.startsWith("--")) {
        String[] parts = text.substring(2).split("=", 2);
        flags.add(Setting.flag(parts[0], List.of(parts[1])));
      } else if (!text.equals("index")) {
        assertThat(text, startsWith(INSTALLED));
        files.add(SettingsFile.read(Path.of(text.substring(INSTALLED.length()))));
      }
    }
    return new Settings(new KnownOptions(), files, flags).toOptions();
  }

  private static org.hamcrest.Matcher<JsonNode> isText() {
    return new org.hamcrest.CustomTypeSafeMatcher<>("a text") {
      @Override
      protected boolean matchesSafely(JsonNode node) {
        return node.isTextual();
      }
    };
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    assertThat(names.isEmpty(), is(false));
    return names;
  }
}
