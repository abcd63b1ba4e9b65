package org.irisgraph.extract.llm;

/**
 * What an answer says that is not taken.
 *
 * @param invented entities that the text does not name
 * @param unusable entities and relationships of a wrong form: no name, one that is too long, a type
 *     that was not asked for
 * @param unlinked relationships without two different entities of the text at their ends
 */
public record DroppedItemCounts(int invented, int unusable, int unlinked) {}
