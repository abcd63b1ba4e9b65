package org.irisgraph.ask;

import org.jspecify.annotations.Nullable;

/**
 * What entities of several documents have in common.
 *
 * @param key identifies it
 * @param name its most frequent spelling
 * @param type as in {@code DISEASE}
 * @param concept its identifier in the dictionary's source; null if unknown
 * @param documents how many mention it
 * @param mentions how often they do
 */
public record GraphNode(
    String key,
    String name,
    @Nullable String type,
    @Nullable String concept,
    long documents,
    long mentions) {}
