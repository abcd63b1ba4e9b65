package org.irisgraph.options;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Every option that can be set: ours, Beam's and those of the runners on the class path. */
public final class KnownOptions {

  private static final Pattern SECRET = Pattern.compile("password|passwd|pwd|secret");

  private final Map<String, OptionDeclaration> byName = new TreeMap<>();

  public KnownOptions() {
    this(declared());
  }

  private KnownOptions(Collection<Class<? extends PipelineOptions>> interfaces) {
    for (Class<? extends PipelineOptions> declaring : interfaces) {
      for (Method method : declaring.getMethods()) {
        OptionDeclaration.of(method).ifPresent(option -> byName.put(option.name(), option));
      }
    }
  }

  /** The options that the help shows. Starts neither Beam nor a runner, which takes seconds. */
  public static KnownOptions forHelp() {
    return new KnownOptions(
        List.of(DirectOptions.class, FlinkPipelineOptions.class, IndexingOptions.class));
  }

  /** As Beam's factory finds them, but without its checks, which take a second. */
  private static Set<Class<? extends PipelineOptions>> declared() {
    Set<Class<? extends PipelineOptions>> declared = new LinkedHashSet<>();
    declared.add(PipelineOptions.class);
    for (PipelineOptionsRegistrar registrar : ServiceLoader.load(PipelineOptionsRegistrar.class)) {
      registrar.getPipelineOptions().forEach(declared::add);
    }
    declared.add(IndexingOptions.class);
    return declared;
  }

  /** All options, in the order of their names. */
  public List<OptionDeclaration> all() {
    return byName.values().stream().filter(KnownOptions::canBeSet).toList();
  }

  /**
   * Whether an option can be set as text, as those can that are written as JSON. Found out when it
   * matters: to read the annotations of all takes longer than a question to the database.
   */
  private static boolean canBeSet(OptionDeclaration option) {
    return !option.getter().isAnnotationPresent(JsonIgnore.class);
  }

  /** The options that arguments give as flags. */
  public List<OptionDeclaration> among(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> argument.startsWith("--"))
        .map(argument -> argument.substring(2).split("=", 2)[0])
        .distinct()
        .flatMap(name -> find(name).stream())
        .toList();
  }

  /** The options of this project, in the order of their names. */
  public List<OptionDeclaration> ours() {
    return byName.values().stream()
        .filter(OptionDeclaration::isOurs)
        .filter(KnownOptions::canBeSet)
        .toList();
  }

  /** The options of a group, in the order of their names. */
  public List<OptionDeclaration> in(OptionGroup group) {
    return all().stream()
        .filter(option -> option.group().filter(group::equals).isPresent())
        .toList();
  }

  public Optional<OptionDeclaration> find(String name) {
    return Optional.ofNullable(byName.get(name)).filter(KnownOptions::canBeSet);
  }

  /** The error message for a name that is not an option; it suggests the most similar option. */
  public String unknown(String name) {
    if (SECRET.matcher(name.toLowerCase(Locale.ROOT)).find()) {
      return "there is no option \"%s\": give the password as jdbcPasswordFrom=env:NAME or file:PATH"
          .formatted(name);
    }
    JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
    String lower = name.toLowerCase(Locale.ROOT);
    OptionDeclaration nearest =
        all().stream()
            .max(
                Comparator.comparing(
                        (OptionDeclaration option) ->
                            similarity.apply(lower, option.name().toLowerCase(Locale.ROOT)))
                    .thenComparing(OptionDeclaration::isOurs))
            .orElseThrow();
    return "unknown option \"%s\"; did you mean \"%s\"?".formatted(name, nearest.name());
  }
}
