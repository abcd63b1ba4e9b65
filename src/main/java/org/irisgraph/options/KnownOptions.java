package org.irisgraph.options;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Every option that can be set: ours, Beam's and those of the runners on the class path. */
public final class KnownOptions {

  private static final Pattern SECRET = Pattern.compile("password|passwd|pwd|secret");

  private final Map<String, OptionDeclaration> byName = new TreeMap<>();

  public KnownOptions() {
    PipelineOptionsFactory.register(IndexingOptions.class);
    for (Class<? extends PipelineOptions> registered :
        PipelineOptionsFactory.getRegisteredOptions()) {
      for (Method method : registered.getMethods()) {
        // What is not written as JSON cannot be given as text either.
        if (!method.isAnnotationPresent(JsonIgnore.class)) {
          OptionDeclaration.of(method).ifPresent(option -> byName.put(option.name(), option));
        }
      }
    }
  }

  /** All options, in the order of their names. */
  public List<OptionDeclaration> all() {
    return List.copyOf(byName.values());
  }

  /** The options of this project, in the order of their names. */
  public List<OptionDeclaration> ours() {
    return byName.values().stream().filter(OptionDeclaration::isOurs).toList();
  }

  public Optional<OptionDeclaration> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** What to say of a name that is no option: the nearest one that is. */
  public String unknown(String name) {
    if (SECRET.matcher(name.toLowerCase(Locale.ROOT)).find()) {
      return "there is no option \"%s\": give the password as jdbcPasswordFrom=env:NAME or file:PATH"
          .formatted(name);
    }
    JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
    String lower = name.toLowerCase(Locale.ROOT);
    OptionDeclaration nearest =
        byName.values().stream()
            .max(
                Comparator.comparing(
                        (OptionDeclaration option) ->
                            similarity.apply(lower, option.name().toLowerCase(Locale.ROOT)))
                    .thenComparing(OptionDeclaration::isOurs))
            .orElseThrow();
    return "unknown option \"%s\"; did you mean \"%s\"?".formatted(name, nearest.name());
  }
}
