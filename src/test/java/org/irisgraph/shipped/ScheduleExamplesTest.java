package org.irisgraph.shipped;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.Settings;
import org.irisgraph.options.SettingsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of ways to run every night say what the program expects; an IT runs them. */
class ScheduleExamplesTest {

  private static final List<String> SETTINGS_FILES =
      List.of("pipelines/scheduled.yaml", "runner-configs/flink-local.yaml");

  private static final List<String> RUN =
      List.of("index", "pipelines/scheduled.yaml", "runner-configs/flink-local.yaml");

  /** A run that is asked to stop takes this long at most. */
  private static final long SECONDS_TO_STOP = 30;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "concurrencyPolicy: | concurencyPolicy: | Unrecognized field \"concurencyPolicy\"",
        "backoffLimit: | backOffLimit: | Unrecognized field \"backOffLimit\"",
        "operator: | op: | Unrecognized field \"op\"",
        "mountPath: | path: | Unrecognized field \"path\"",
        "secretName: | name: | Unrecognized field \"name\"",
        "drop: [ALL] | drops: [ALL] | Unrecognized field \"drops\"",
        "backoffLimit: 2 | backoffLimit: \"2\" | Cannot coerce",
        "status: \"True\" | status: True | Cannot coerce",
        "readOnly: true | readOnly: readOnly | Cannot coerce",
        "concurrencyPolicy: Forbid | schedule: Forbid | Duplicate field 'schedule'",
      })
  void aManifestWithAMistakeIsRefused(String right, String wrong, String reason)
      throws IOException {
    String manifest = Files.readString(ScheduleExamples.CRON_JOB);
    String broken = manifest.replace(right, wrong);

    assertThat(broken, is(not(manifest)));
    JsonProcessingException refusal =
        assertThrows(JsonProcessingException.class, () -> ScheduleExamples.cronJob(broken));
    assertThat(refusal.getMessage(), containsString(reason));
  }

  @Test
  void theCronJobRunsOneAtATime() throws IOException {
    CronJob manifest = ScheduleExamples.cronJob(Files.readString(ScheduleExamples.CRON_JOB));

    assertThat(manifest.getApiVersion(), is("batch/v1"));
    assertThat(manifest.getKind(), is("CronJob"));
    assertThat(cronJob().getConcurrencyPolicy(), is("Forbid"));
    // A run that hangs ends before the next one is due.
    assertThat(job().getActiveDeadlineSeconds(), is(lessThan(TimeUnit.DAYS.toSeconds(1))));
  }

  @Test
  void theCronJobTriesAgainOnlyWhatMayGoWell() throws IOException {
    List<PodFailurePolicyRule> rules = job().getPodFailurePolicy().getRules();

    assertThat(rules.get(0).getAction(), is("Ignore"));
    assertThat(rules.get(0).getOnPodConditions().get(0).getType(), is("DisruptionTarget"));
    assertThat(rules.get(1).getAction(), is("FailJob"));
    assertThat(rules.get(1).getOnExitCodes().getOperator(), is("In"));
    assertThat(rules.get(1).getOnExitCodes().getValues(), is(List.of(2, 3)));
    assertThat(rules.get(1).getOnExitCodes().getContainerName(), is(container().getName()));
    assertThat(job().getBackoffLimit(), is(2));
    // Kubernetes refuses a podFailurePolicy with any other.
    assertThat(pod().getRestartPolicy(), is("Never"));
    assertThat(pod().getTerminationGracePeriodSeconds(), is(greaterThan(SECONDS_TO_STOP)));
  }

  @Test
  void theCronJobHasThePasswordByReference() throws IOException {
    String file = settings().getJdbcPasswordFrom().replaceFirst("^file:", "");
    VolumeMount mount =
        container().getVolumeMounts().stream()
            .filter(one -> file.startsWith(one.getMountPath() + "/"))
            .findFirst()
            .orElseThrow();

    assertThat(
        pod().getVolumes().stream()
            .filter(volume -> volume.getName().equals(mount.getName()))
            .map(volume -> volume.getSecret().getSecretName())
            .toList(),
        is(List.of("iris-graph-indexer")));
    assertThat(container().getEnv(), is(empty()));
    assertThat(container().getArgs(), not(hasItem(containsString("assword"))));
  }

  @Test
  void theCronJobMountsWhatTheSettingsName() throws IOException {
    List<String> mounted =
        container().getVolumeMounts().stream().map(VolumeMount::getMountPath).toList();

    for (String path :
        List.of(
            settings().getInput().get(0), settings().getDeadLetters(), settings().getSummary())) {
      assertThat(mounted.stream().filter(mount -> path.startsWith(mount + "/")).count(), is(1L));
    }
    List<String> volumes = pod().getVolumes().stream().map(volume -> volume.getName()).toList();
    assertThat(
        container().getVolumeMounts().stream().map(VolumeMount::getName).toList(), is(volumes));
  }

  @Test
  void theImageHasWhatTheCronJobNames() throws IOException {
    List<String> files =
        container().getArgs().stream().filter(argument -> argument.endsWith(".yaml")).toList();
    List<String> copied =
        ScheduleExamples.instructions("COPY").stream()
            .filter(copy -> !copy.startsWith("--from") && !copy.startsWith(". "))
            .map(copy -> copy.replaceFirst(" .*", ""))
            .toList();

    assertThat(files, is(SETTINGS_FILES));
    assertThat(
        files.stream().map(file -> file.replaceFirst("/.*", "")).toList(),
        everyItem(is(in(copied))));
    for (String path : Stream.concat(files.stream(), copied.stream()).toList()) {
      assertThat(path, Files.exists(Path.of(path)), is(true));
    }
    assertThat(ScheduleExamples.entryPoint(), hasItem("target/iris-graph-indexer.jar"));
    PodSecurityContext user = pod().getSecurityContext();
    assertThat(
        ScheduleExamples.instructions("USER"),
        is(List.of(user.getRunAsUser() + ":" + user.getRunAsGroup())));
  }

  @Test
  void theServiceTriesAgainOnlyWhatMayGoWell() throws IOException {
    UnitFile service = UnitFile.read(ScheduleExamples.SERVICE);

    assertThat(service.get("SuccessExitStatus"), is("3 143"));
    assertThat(service.get("RestartPreventExitStatus"), is("2"));
    assertThat(service.get("Restart"), is("on-failure"));
    assertThat(service.get("StartLimitBurst"), is("3"));
    assertThat(Long.parseLong(service.get("TimeoutStopSec")), is(greaterThan(SECONDS_TO_STOP)));
  }

  @Test
  void theServiceHandsThePasswordOverAsACredential() throws IOException {
    UnitFile service = UnitFile.read(ScheduleExamples.SERVICE);

    assertThat(
        "file:" + service.get("LoadCredential").replaceFirst(".*:", ""),
        is(settings().getJdbcPasswordFrom()));
    assertThat(
        service.command(Map.of("CREDENTIALS_DIRECTORY", "/run/x")),
        hasItem("--jdbcPasswordFrom=file:/run/x/iris-password"));
  }

  @Test
  void aCloneAndAnInstalledProgramHaveTheLauncher() throws IOException {
    UnitFile service = UnitFile.read(ScheduleExamples.SERVICE);

    assertThat(
        service.command(Map.of()).get(0),
        is(service.get("WorkingDirectory") + "/bin/iris-graph-indexer"));
    assertThat(
        ScheduleExamples.cronFields().get(6), containsString(" bin/iris-graph-indexer index "));
  }

  @Test
  void theServiceMayWriteWhereTheSettingsWriteTo() throws IOException {
    UnitFile service = UnitFile.read(ScheduleExamples.SERVICE);
    String state = "/var/lib/" + service.get("StateDirectory") + "/";

    assertThat(settings().getDeadLetters(), startsWith(state));
    assertThat(settings().getSummary(), startsWith(state));
  }

  @Test
  void systemdKnowsAllThatTheUnitsSay() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd is not installed");
    Process verify =
        new ProcessBuilder(
                "/usr/bin/systemd-analyze",
                "verify",
                ScheduleExamples.SERVICE.toString(),
                ScheduleExamples.TIMER.toString())
            .redirectErrorStream(true)
            .start();
    List<String> output =
        verify
            .inputReader()
            .lines()
            .filter(line -> line.matches(".*(service|timer):\\d+:.*"))
            .toList();

    assertThat(output, is(empty()));
  }

  @Test
  void theTimerIsThatOfTheService() throws IOException {
    UnitFile timer = UnitFile.read(ScheduleExamples.TIMER);

    assertThat(
        ScheduleExamples.TIMER.toString().replace(".timer", ".service"),
        is(ScheduleExamples.SERVICE.toString()));
    assertThat(timer.get("Persistent"), is("true"));
    assertThat(timer.get("WantedBy"), is("timers.target"));
  }

  @Test
  void allWaysRunTheSameAtTheSameTime() throws IOException {
    List<String> cron = ScheduleExamples.cronFields();

    List<String> container = new ArrayList<>(ScheduleExamples.entryPoint());
    container.addAll(container().getArgs());

    for (List<String> command :
        List.of(
            UnitFile.read(ScheduleExamples.SERVICE).command(Map.of()),
            List.of(cron.get(6).split(" ", -1)),
            container)) {
      assertThat(command.toString(), Collections.indexOfSubList(command, RUN) > 0, is(true));
    }
    assertThat(cronJob().getSchedule(), is(String.join(" ", cron.subList(0, 5))));
    assertThat(cronJob().getSchedule(), is("30 3 * * *"));
    assertThat(UnitFile.read(ScheduleExamples.TIMER).get("OnCalendar"), is("*-*-* 03:30:00"));
    // In a crontab it ends the command.
    assertThat(cron.get(6), not(containsString("%")));
  }

  private static IndexingOptions settings() {
    return new Settings(
            new KnownOptions(), List.of(SettingsFile.read(ScheduleExamples.SETTINGS)), List.of())
        .toOptions();
  }

  private static CronJobSpec cronJob() throws IOException {
    return ScheduleExamples.cronJob(Files.readString(ScheduleExamples.CRON_JOB)).getSpec();
  }

  private static JobSpec job() throws IOException {
    return cronJob().getJobTemplate().getSpec();
  }

  private static PodSpec pod() throws IOException {
    return job().getTemplate().getSpec();
  }

  private static Container container() throws IOException {
    return pod().getContainers().get(0);
  }
}
