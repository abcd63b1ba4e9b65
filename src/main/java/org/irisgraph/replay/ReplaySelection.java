package org.irisgraph.replay;

import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.SourceFile;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.ledger.DeadLetter;
import org.irisgraph.ledger.LedgerReconciler;
import org.jspecify.annotations.Nullable;

/**
 * The documents that dead letters name, by their place or, where lines have moved, by their id; and
 * whole sources, where a failure hides the rest of a source.
 */
final class ReplaySelection implements LedgerReconciler.Coverage, Serializable {

  private static final String STAGE_OF_READING = "read";

  private final Map<String, Named> sources = new HashMap<>();

  /** The selected documents of one source. */
  private static final class Named implements Serializable {
    private final Set<Long> positions = new HashSet<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<Long> knownFailures = new HashSet<>();
    private boolean whole;
    private boolean onlyIds = true;
  }

  /**
   * Names the document of a dead letter.
   *
   * @param positionsAreIndependent see {@link ReadFailure#breaksOff}
   */
  void add(DeadLetter letter, boolean positionsAreIndependent) {
    Named named = sources.computeIfAbsent(letter.source(), source -> new Named());
    named.positions.add(letter.position());
    if (letter.documentId() != null) {
      named.ids.add(letter.documentId());
    }
    named.onlyIds &= letter.documentId() != null;
    if (STAGE_OF_READING.equals(letter.stage()) && letter.code() != null) {
      Failure failure = new Failure(Failure.Stage.READ, letter.code(), "" + letter.message());
      named.whole |= ReadFailure.breaksOff(failure, letter.position(), positionsAreIndependent);
    }
  }

  /** Adds a place that has failed according to the ledger, whether or not it is selected. */
  void addKnownFailure(String source, long position) {
    Named named = sources.get(source);
    if (named != null) {
      named.knownFailures.add(position);
    }
  }

  boolean isKnownFailure(Origin origin) {
    Named named = sources.get(origin.source());
    return named != null && named.knownFailures.contains(origin.position());
  }

  /** The selected sources; a folder stands for all files below it. */
  Set<String> sources() {
    return sources.keySet();
  }

  /** The selected ids of a source; empty if a document without an id is selected. */
  Optional<Set<String>> ids(String source) {
    Named named = sources.get(source);
    return named == null
        ? Optional.of(Set.of())
        : named.onlyIds && !named.whole ? Optional.of(Set.copyOf(named.ids)) : Optional.empty();
  }

  /** Whether a source, or a folder above it, is selected. */
  boolean isSelected(String source) {
    return sources.containsKey(source) || isInWholeFolder(source);
  }

  /** Whether a document is selected by its place or by its id. */
  boolean isNamed(@Nullable String documentId, Origin origin) {
    Named named = sources.get(origin.source());
    return named != null
        && (named.positions.contains(origin.position())
            || (documentId != null && named.ids.contains(documentId)));
  }

  @Override
  public boolean isWhole(String source) {
    Named named = sources.get(source);
    return (named != null && named.whole) || isInWholeFolder(source);
  }

  @Override
  public boolean isPlace(String source, long position) {
    Named named = sources.get(source);
    return isWhole(source) || (named != null && named.positions.contains(position));
  }

  /** Whether a source is in an unreadable folder, all of whose files are selected. */
  private boolean isInWholeFolder(String source) {
    Named archive = sources.get(SourceFile.container(source));
    if (archive != null && archive.whole) {
      return true;
    }
    for (int end = source.lastIndexOf('/'); end > 0; end = source.lastIndexOf('/', end - 1)) {
      Named named = sources.get(source.substring(0, end));
      if (named != null && named.whole) {
        return true;
      }
    }
    return false;
  }
}
