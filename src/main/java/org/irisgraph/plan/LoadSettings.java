package org.irisgraph.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.irisgraph.iris.WriteMode;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.jdbc.IrisHint;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.RunnerKind;

/**
 * Which statements a run brings its rows into the tables with: {@code writeMode}, {@code irisHints}
 * and {@code deferIndexes} together.
 */
public record LoadSettings(WriteMode mode, Set<IrisHint> hints) {

  /** The values of {@code irisHints}. */
  private static final Map<String, IrisHint> NAMES =
      Map.of("nolock", IrisHint.NOLOCK, "nocheck", IrisHint.NOCHECK);

  public static LoadSettings of(IndexingOptions options) {
    EnumSet<IrisHint> hints = EnumSet.noneOf(IrisHint.class);
    for (String name : names(options)) {
      hints.add(Objects.requireNonNull(NAMES.get(name), name));
    }
    if (options.isDeferIndexes()) {
      hints.add(IrisHint.NOINDEX);
    }
    return new LoadSettings(options.getWriteMode(), Collections.unmodifiableSet(hints));
  }

  private static List<String> names(IndexingOptions options) {
    return Objects.requireNonNullElse(options.getIrisHints(), List.of());
  }

  /** What is wrong with the options, one line each. */
  static List<String> problems(IndexingOptions options) {
    List<String> problems = new ArrayList<>();
    List<String> names = names(options);
    for (String name : names) {
      if (!NAMES.containsKey(name)) {
        problems.add("irisHints must be of nolock, nocheck, not \"%s\"".formatted(name));
      }
    }
    boolean upserts = options.getWriteMode() == WriteMode.UPSERT;
    if (upserts && names.contains("nocheck")) {
      problems.add(
          "irisHints=nocheck needs writeMode=insert: it would turn off the update of an upsert");
    }
    if (upserts && options.isDeferIndexes()) {
      problems.add(
          "deferIndexes needs writeMode=insert: an upsert finds rows by the indexes that are left"
              + " out");
    }
    if (options.isDeferIndexes() && RunnerKind.isRemoteFlink(options)) {
      problems.add(
          "deferIndexes is for runs in this JVM: a job on a cluster may outlive the run that is to"
              + " build the indexes");
    }
    if (!knowsHints(options.getJdbcUrl())) {
      if (!names.isEmpty()) {
        problems.add("irisHints are for a jdbcUrl that begins with jdbc:IRIS:");
      }
      if (options.isDeferIndexes()) {
        problems.add("deferIndexes is for a jdbcUrl that begins with jdbc:IRIS:");
      }
    }
    return problems;
  }

  private static boolean knowsHints(String jdbcUrl) {
    // What is wrong with the URL itself is said elsewhere.
    return new DatabaseUrl(jdbcUrl).problem().isPresent() || Dialects.of(jdbcUrl).hasHints();
  }

  public boolean defersIndexes() {
    return hints.contains(IrisHint.NOINDEX);
  }

  /** Whether a row that is there already would not be found, and be stored a second time. */
  public boolean needsEmptyTables() {
    return defersIndexes() || hints.contains(IrisHint.NOCHECK);
  }

  /** What goes on once the tables have rows. */
  public LoadSettings upserting() {
    EnumSet<IrisHint> kept = EnumSet.noneOf(IrisHint.class);
    if (hints.contains(IrisHint.NOLOCK)) {
      kept.add(IrisHint.NOLOCK);
    }
    return new LoadSettings(WriteMode.UPSERT, Collections.unmodifiableSet(kept));
  }
}
