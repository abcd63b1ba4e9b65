package org.irisgraph.replay;

import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.DeadLetter;
import org.irisgraph.graphrag.LedgerReconciler;

/**
 * What dead letters name: documents by their place or, where lines have moved, by their id; and
 * whole sources, where a failure leaves open what stands behind it.
 */
final class ReplaySelection implements LedgerReconciler.Coverage, Serializable {

  private static final String STAGE_OF_READING = "read";

  private final Map<String, Named> sources = new HashMap<>();

  /** What is named of one source. */
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

  /** The ledger has a failure at this place, whether it is named or not. */
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

  /** The sources that are named; a folder stands for all files below it. */
  Set<String> sources() {
    return sources.keySet();
  }

  /** The ids that are named of a source; empty if something is named there that has none. */
  Optional<Set<String>> ids(String source) {
    Named named = sources.get(source);
    return named == null
        ? Optional.of(Set.of())
        : named.onlyIds && !named.whole ? Optional.of(Set.copyOf(named.ids)) : Optional.empty();
  }

  /** Whether a source, or a folder that it lies in, is named. */
  boolean isSelected(String source) {
    return sources.containsKey(source) || isInWholeFolder(source);
  }

  /** Whether a document is named, by its place or by its id. */
  boolean isNamed(String documentId, Origin origin) {
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

  /** What a folder that could not be entered holds is not known, so that all of it is new. */
  private boolean isInWholeFolder(String source) {
    for (int end = source.lastIndexOf('/'); end > 0; end = source.lastIndexOf('/', end - 1)) {
      Named named = sources.get(source.substring(0, end));
      if (named != null && named.whole) {
        return true;
      }
    }
    return false;
  }
}
