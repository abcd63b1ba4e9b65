package org.irisgraph.options;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.base.ErrorText;
import org.irisgraph.base.ProgramFile;

/** The settings of a run: files from left to right, then flags; the last one wins. */
public final class Settings {

  /** Groups of options that a runner's file may set beside the runner's own. */
  private static final Set<OptionGroup> OF_RUNNERS =
      Set.of(OptionGroup.STORING, OptionGroup.OUTPUT);

  private static final List<String> SHIPPED = List.of("direct", "flink-local", "flink-cluster");

  /** Options that may name what comes with the program. */
  private static final Set<String> OF_FILES =
      Set.of("input", "dictionary", "patterns", "relationPatterns");

  private final KnownOptions known;
  private final List<SettingsFile> files;
  private final List<Setting> flags;

  public Settings(KnownOptions known, List<SettingsFile> files, List<Setting> flags) {
    this.known = known;
    this.files = List.copyOf(files);
    this.flags = List.copyOf(flags);
  }

  /**
   * The options of the run.
   *
   * @throws UsageException with each unknown name and each value that is not of its option's type
   */
  public IndexingOptions toOptions() {
    return toOptions(true);
  }

  /**
   * The options of a command that starts no pipeline. Beam is started only for options of its own.
   *
   * @throws UsageException as {@link #toOptions()}
   */
  public IndexingOptions toOptionsWithoutPipeline() {
    return toOptions(false);
  }

  private IndexingOptions toOptions(boolean forPipeline) {
    List<String> problems = new ArrayList<>();
    Map<OptionDeclaration, Object> ours = new LinkedHashMap<>();
    Map<OptionDeclaration, String> beams = new LinkedHashMap<>();
    for (Setting setting : inOrder()) {
      Optional<OptionDeclaration> option = known.find(setting.name());
      try {
        if (option.isEmpty()) {
          throw new UsageException(known.unknown(setting.name()));
        }
        if (setting.shape() == Setting.Shape.EMPTY) {
          ours.remove(option.get());
          beams.remove(option.get());
        } else if (option.get().isOurs()) {
          Object value = OptionValue.parse(option.get(), setting);
          ours.put(option.get(), OF_FILES.contains(setting.name()) ? located(value) : value);
        } else {
          beams.put(option.get(), OptionValue.beamArgument(option.get(), setting));
        }
      } catch (UsageException e) {
        problems.add(setting.problem(ErrorText.of(e)));
      }
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    IndexingOptions options =
        forPipeline || !beams.isEmpty()
            ? ofBeam(beams.values())
            : PlainOptions.as(IndexingOptions.class);
    Optional<SettingsFile> naming = files.stream().filter(file -> !isOfRunner(file)).findFirst();
    naming.ifPresent(file -> options.setPipeline(file.baseName()));
    ours.forEach((option, value) -> option.set(options, value));
    List<String> names =
        inOrder().stream()
            .filter(setting -> setting.shape() != Setting.Shape.EMPTY)
            .map(Setting::name)
            .distinct()
            .toList();
    GivenSettings given = options.as(GivenSettings.class);
    given.setGivenNames(names);
    if (naming.isEmpty() && !names.contains("pipeline")) {
      given.setFormerPipelines(formerNames());
    }
    return options;
  }

  /**
   * Lets Beam's factory of options check all options that there are, which takes a second, while
   * the caller does something else. If that fails, {@link #toOptions()} fails in the same way.
   */
  public static void prepare() {
    Thread thread = new Thread(() -> ofBeam(List.of()), "options");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((failed, failure) -> {});
    thread.start();
  }

  private static IndexingOptions ofBeam(Collection<String> arguments) {
    PipelineOptionsFactory.register(IndexingOptions.class);
    return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new))
        .as(IndexingOptions.class);
  }

  /** Paths, of which those that come with the program are found wherever it is started. */
  private static Object located(Object value) {
    return value instanceof List<?> paths
        ? paths.stream().map(path -> ProgramFile.find(path.toString())).toList()
        : ProgramFile.find(value.toString());
  }

  /** Whether a file says where and how to run, not what to index. */
  private boolean isOfRunner(SettingsFile file) {
    List<OptionDeclaration> options =
        file.settings().stream().flatMap(setting -> known.find(setting.name()).stream()).toList();
    return options.stream().anyMatch(option -> !option.isOurs())
        && options.stream()
            .allMatch(
                option ->
                    !option.isOurs() || option.group().filter(OF_RUNNERS::contains).isPresent());
  }

  /** The names that earlier versions took from a runner's file: any given one, and the shipped. */
  private List<String> formerNames() {
    return Stream.concat(files.stream().map(SettingsFile::baseName), SHIPPED.stream())
        .distinct()
        .toList();
  }

  private List<Setting> inOrder() {
    List<Setting> settings = new ArrayList<>();
    files.forEach(file -> settings.addAll(file.settings()));
    settings.addAll(flags);
    return settings;
  }
}
