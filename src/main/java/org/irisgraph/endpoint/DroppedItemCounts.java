package org.irisgraph.endpoint;

/**
 * How many items of an answer were left out.
 *
 * @param invented entities that the text does not name
 * @param unusable entities and relationships that are malformed: without a name, with one that is
 *     too long, or of a type that was not requested
 * @param unlinked relationships that do not connect two different entities of the text
 */
public record DroppedItemCounts(int invented, int unusable, int unlinked) {}
