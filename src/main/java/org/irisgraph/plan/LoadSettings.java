package org.irisgraph.plan;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.jdbc.IrisHint;
import org.irisgraph.options.IndexingOptions;

/**
 * Which statements write the rows, from {@code writeMode}, {@code irisHints} and {@code
 * deferIndexes}.
 */
public record LoadSettings(WriteMode mode, Set<IrisHint> hints) {

  /** The values of {@code irisHints}. */
  private static final Map<String, IrisHint> HINTS =
      Map.of("nolock", IrisHint.NOLOCK, "nocheck", IrisHint.NOCHECK);

  public LoadSettings {
    hints = Set.copyOf(hints);
  }

  public static LoadSettings of(IndexingOptions options) {
    Set<IrisHint> hints = EnumSet.noneOf(IrisHint.class);
    for (String name : hintNames(options)) {
      hints.add(Objects.requireNonNull(HINTS.get(name), name));
    }
    if (options.isDeferIndexes()) {
      hints.add(IrisHint.NOINDEX);
    }
    return new LoadSettings(options.getWriteMode(), hints);
  }

  static List<String> hintNames(IndexingOptions options) {
    return Objects.requireNonNullElse(options.getIrisHints(), List.of());
  }

  static boolean isHint(String name) {
    return HINTS.containsKey(name);
  }

  public boolean defersIndexes() {
    return hints.contains(IrisHint.NOINDEX);
  }

  /** Whether existing rows would not be found, so that they would be stored a second time. */
  public boolean needsEmptyTables() {
    return defersIndexes() || hints.contains(IrisHint.NOCHECK);
  }

  /** The settings for tables that have rows. */
  public LoadSettings upserting() {
    return new LoadSettings(
        WriteMode.UPSERT, hints.contains(IrisHint.NOLOCK) ? Set.of(IrisHint.NOLOCK) : Set.of());
  }
}
