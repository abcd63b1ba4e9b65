package org.irisgraph.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What a run did not find, or found and did not store because of a limit.
 *
 * @param relationships pairs of entities beyond {@code maxRelationshipsPerSentence}
 * @param metadataKeys keys of metadata that did not fit their column
 * @param withoutEntities indexed documents in which no entity was found
 */
@JsonPropertyOrder({"relationships", "metadataKeys", "withoutEntities"})
public record LeftOut(long relationships, long metadataKeys, long withoutEntities) {}
