package org.irisgraph.iris.spec;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.IrisHint;
import org.jspecify.annotations.Nullable;

/**
 * The kind of statements that store rows.
 *
 * @param hints the hints, in the order of {@link IrisHint}
 */
public record WriteStatements(WriteMode mode, Set<IrisHint> hints) implements Serializable {

  public static final WriteStatements UPSERTS = new WriteStatements(WriteMode.UPSERT, Set.of());

  public WriteStatements {
    EnumSet<IrisHint> ordered = EnumSet.noneOf(IrisHint.class);
    ordered.addAll(hints);
    hints = Collections.unmodifiableSet(ordered);
    if (mode != WriteMode.INSERT && !blind(hints).isEmpty()) {
      throw new IllegalArgumentException(
          "%s needs writeMode insert: an upsert has to find an existing row"
              .formatted(blind(hints)));
    }
  }

  /** The hints with which an existing row is not found and is stored a second time. */
  private static Set<IrisHint> blind(Set<IrisHint> hints) {
    EnumSet<IrisHint> blind = EnumSet.of(IrisHint.NOCHECK, IrisHint.NOINDEX);
    blind.retainAll(hints);
    return blind;
  }

  public boolean inserts() {
    return mode == WriteMode.INSERT;
  }

  /** Whether stored rows cannot be found before the indexes are built. */
  public boolean defersIndexes() {
    return hints.contains(IrisHint.NOINDEX);
  }

  /**
   * Checks the hints.
   *
   * @throws IllegalArgumentException if the database does not support them, or they need an outcome
   *     table that decides which elements are new
   */
  public void check(Dialect dialect, @Nullable OutcomeTable<?> outcomes) {
    if (!hints.isEmpty() && !dialect.hasHints()) {
      throw new IllegalArgumentException("hints are for IRIS, not for " + dialect.name());
    }
    if (!blind(hints).isEmpty() && outcomes == null) {
      throw new IllegalArgumentException(
          "%s needs withOutcomes: a batch that is written again would be stored twice"
              .formatted(blind(hints)));
    }
  }

  @Override
  public String toString() {
    return hints.isEmpty() ? mode.name() : mode + " " + hints;
  }

  /** The hints that an upsert may have. */
  public Set<IrisHint> hintsOfUpserts() {
    return hints.contains(IrisHint.NOLOCK) ? EnumSet.of(IrisHint.NOLOCK) : Set.of();
  }
}
