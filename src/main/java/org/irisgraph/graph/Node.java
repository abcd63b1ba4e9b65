package org.irisgraph.graph;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What entities of many documents have in common.
 *
 * @param key {@link NodeKeys}: readable, 1 to {@value NodeKeys#MAX_BYTES} bytes of UTF-8, without
 *     control characters; keys that differ only in case are different
 * @param concept the identifier in the dictionary's source, as the dictionary has it; null if there
 *     is none
 */
public record Node(String key, @Nullable String concept) {

  public Node {
    Objects.requireNonNull(key, "key");
  }
}
