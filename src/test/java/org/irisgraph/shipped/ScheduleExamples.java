package org.irisgraph.shipped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The shipped examples of ways to run every night. */
final class ScheduleExamples {

  static final Path SETTINGS = Path.of("pipelines/scheduled.yaml");
  static final Path CRON_JOB = Path.of("runner-configs/kubernetes/cronjob.yaml");
  static final Path SERVICE = Path.of("runner-configs/systemd/iris-graph-indexer.service");
  static final Path TIMER = Path.of("runner-configs/systemd/iris-graph-indexer.timer");
  static final Path CRON = Path.of("runner-configs/cron/iris-graph-indexer");
  static final Path DOCKERFILE = Path.of("Dockerfile");

  /** As strict as an API server that validates: its models would keep unknown fields. */
  static final ObjectMapper STRICT =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              })
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
          .build();

  private ScheduleExamples() {}

  /**
   * A manifest of Kubernetes with nothing but a CronJob.
   *
   * @throws JsonProcessingException if it has a field that Kubernetes does not know, a field twice,
   *     or a value of another type
   */
  static CronJob cronJob(String manifest) throws IOException {
    try (MappingIterator<CronJob> objects = STRICT.readerFor(CronJob.class).readValues(manifest)) {
      List<CronJob> all = objects.readAll();
      if (all.size() != 1) {
        throw new IllegalArgumentException("not one object, but " + all.size());
      }
      return all.get(0);
    }
  }

  /** The command that the container is started with, before its arguments. */
  static List<String> entryPoint() throws IOException {
    String array = instructions("ENTRYPOINT").get(0);
    return List.of(new ObjectMapper().readValue(array, String[].class));
  }

  /** What follows a keyword in the Dockerfile, for each time it stands there. */
  static List<String> instructions(String keyword) throws IOException {
    return Files.readAllLines(DOCKERFILE).stream()
        .filter(line -> line.startsWith(keyword + " "))
        .map(line -> line.substring(keyword.length() + 1))
        .toList();
  }

  /** The one job of the crontab: the times in five fields, the user, the command. */
  static List<String> cronFields() throws IOException {
    String line =
        Files.readAllLines(CRON).stream()
            .filter(text -> text.matches("[0-9*].*"))
            .findFirst()
            .get();
    return List.of(line.split(" ", 7));
  }
}
