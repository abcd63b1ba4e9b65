package org.irisgraph.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.base.ErrorText;

/** The settings of a run: files from left to right, then flags; the last one wins. */
public final class Settings {

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
          ours.put(option.get(), OptionValue.parse(option.get(), setting));
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
        PipelineOptionsFactory.fromArgs(beams.values().toArray(String[]::new))
            .as(IndexingOptions.class);
    if (!files.isEmpty()) {
      options.setPipeline(files.get(0).baseName());
    }
    ours.forEach((option, value) -> option.set(options, value));
    return options;
  }

  private List<Setting> inOrder() {
    List<Setting> settings = new ArrayList<>();
    files.forEach(file -> settings.addAll(file.settings()));
    settings.addAll(flags);
    return settings;
  }
}
