/**
 * Finds entities in a document's text and links them: extractors give mentions, mentions become
 * entities and relationships.
 *
 * <p>{@link org.irisgraph.extract.setup.Extractors} makes what the settings ask for, {@link
 * org.irisgraph.extract.GraphExtractor} uses it on a document. A new extractor is one class that
 * implements {@link org.irisgraph.extract.EntityExtractor}, and one line in {@code Extractors}.
 *
 * <p>Results depend on the text, the settings and the versions in the classes alone. Whoever
 * changes what a class answers raises its {@code VERSION}, so that documents are extracted again.
 */
package org.irisgraph.extract;
